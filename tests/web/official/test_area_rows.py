"""The rows behind a number: what, where and since when, but not who."""

import pytest

from app.reports.sums import SHOWN
from tests.web.pages import queries, soup


@pytest.mark.parametrize("counter", SHOWN)
def test_every_number_has_its_rows_and_none_a_name(client_of, lived, counter):
    client = client_of(lived.official)
    with queries() as sent:
        answer = client.get(f"/areas/140106001/rows/{counter}")
    assert len(sent) <= 20
    page = soup(answer)
    shown = len(page.select(".rows tbody tr"))
    assert shown == int(page.select_one("[data-rows]")["data-rows"])
    for person in (lived.elder, lived.yellow, lived.returnee, lived.sibling):
        assert person.name not in answer.text
        assert person.masked_name not in answer.text


def test_a_case_offers_its_name_for_a_reason(client_of, lived):
    page = soup(client_of(lived.official).get("/areas/140106001/rows/yellow_open"))
    assert f"/areas/cases/{lived.yellow_case.id}/name" in {
        a["href"] for a in page.select(".rows a")
    }


def test_of_a_past_day(client_of, lived):
    page = soup(client_of(lived.official).get("/areas/140106001/rows/yellow_open?day=2022-10-03"))
    assert page.select_one("[data-rows]")["data-rows"] == "2"


@pytest.mark.parametrize(
    "address",
    [
        "/areas/140100/rows/yellow_open",
        "/areas/140106001/rows/held",
        "/areas/140106001/rows/no_grid",
        "/areas/140106001/rows/nothing",
        "/areas/140106001/rows/yellow_open?day=x",
    ],
)
def test_nothing_else(client_of, lived, address):
    assert client_of(lived.official).get(address).status_code == 404
