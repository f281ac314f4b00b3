"""Every number on a dashboard leads to exactly the rows it counts: each one is followed."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

DIRECTORS_PAGES = (
    "/board",
    "/checklist",
    "/checklist?day=2022-10-05",
    "/ledgers/yellow",
    "/ledgers/returnee",
    "/ledgers/elder",
    "/ledgers/task",
    "/ledgers/record",
    "/ledgers/resident",
    "/ledgers/incident",
    "/uploads",
)
OFFICIALS_PAGES = ("/areas", "/areas/140106001", "/areas/140106001002", "/areas/1401060010020001")


@pytest.mark.parametrize("page", DIRECTORS_PAGES)
def test_a_directors_numbers_are_their_rows(client_of, lived, page):
    assert numbers_off(client_of(lived.director), page) == []


@pytest.mark.parametrize("page", OFFICIALS_PAGES)
def test_an_officials_numbers_are_their_rows(client_of, lived, page):
    assert numbers_off(client_of(lived.city_official), page) == []


@pytest.mark.parametrize("page", ["/board", "/areas"])
def test_no_number_of_a_lived_day_is_untold(client_of, lived, page):
    who = lived.director if page == "/board" else lived.city_official
    shown = [count for count, _url in counted(client_of(who).get(page).text)]
    assert len(shown) > 20
    assert sum(1 for count in shown if count) > len(shown) / 2


def test_a_neighbours_board_counts_nothing_of_ours(client_of, lived):
    shown = counted(client_of(lived.next_director).get("/board").text)
    assert {count for count, _url in shown} == {0}


def numbers_off(client: FlaskClient, page: str) -> list[str]:
    """The numbers of a page whose list holds another number of rows, as sentences."""
    found = list(counted(client.get(page).text))
    assert found, f"{page} has no numbers"
    wrong = []
    for count, url in dict.fromkeys(found):
        rows = rows_on(client, url)
        if rows != count:
            wrong.append(f"{page} says {count}, {url} lists {rows}")
    return wrong


def counted(html: str) -> Iterator[tuple[int, str]]:
    """Each number of a page that counts rows, with the list it leads to."""
    for link in BeautifulSoup(html, "lxml").select("a[data-count]"):
        yield int(link["data-count"]), link["href"]


def rows_on(client: FlaskClient, url: str) -> int | None:
    """How many rows the list at an address says it has, and shows if it is one page."""
    answer = client.get(url)
    found = BeautifulSoup(answer.text, "lxml").select_one("[data-rows]")
    return int(found["data-rows"]) if found else None
