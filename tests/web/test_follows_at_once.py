"""Pages that ask anew by themselves: only a part is sent, and nothing while nothing happens."""

import pytest
from bs4 import BeautifulSoup

from app.domain.events import happened
from app.domain.tasks import Task, give
from app.lib import clock
from app.lib.db import session
from tests.lived_day import report
from tests.web.pages import HTMX, soup

FOLLOWING = [
    ("director", "/board", "panels"),
    ("director", "/incidents", "panel"),
    ("director", "/incidents?stage=reported", "panel"),
    ("director", "/checklist", "panel"),
    ("director", "/checklist?day=2022-10-05", "panel"),
    ("worker", "/today", "fresh"),
]


def poll(client, page: BeautifulSoup, part: str, **more: str):
    """What htmx does at its time, with the address that stands on the page."""
    headers = HTMX | {"HX-Target": part} | more
    return client.get(page.select_one(f"#{part}")["hx-get"], headers=headers)


@pytest.mark.parametrize(("who", "address", "part"), FOLLOWING)
def test_a_part_is_sent_and_nothing_until_something_happens(client_of, lived, who, address, part):
    client = client_of(getattr(lived, who))
    page = soup(client.get(address))
    first = poll(client, page, part)
    inner = BeautifulSoup(first.text, "lxml")
    assert inner.body.find(True, recursive=False)["id"] == part
    assert "<html" not in first.text
    assert inner.select_one(f"#{part}")["hx-trigger"] == page.select_one(f"#{part}")["hx-trigger"]
    same = {"If-None-Match": first.headers["ETag"]}
    again = poll(client, page, part, **same)
    assert (again.status_code, again.data) == (304, b"")
    for answer in (first, again):  # follow.js knows what it shows; the disk knows nothing
        assert answer.headers["Cache-Control"] == "private, no-store"
    happened("feedback_given", by=lived.worker, at=clock.now(), community_id=lived.home.id)
    session.commit()
    assert poll(client, page, part, **same).status_code == 200


def test_the_part_says_what_the_page_says(client_of, lived):
    client = client_of(lived.director)
    for address, part in (("/incidents", "panel"), ("/checklist?day=2022-10-05", "panel")):
        page = soup(client.get(address))
        sent = BeautifulSoup(poll(client, page, part).text, "lxml")
        assert sent.select_one(f"#{part}").text == page.select_one(f"#{part}").text


def test_a_new_incident_stands_in_the_next_answer(client_of, lived):
    client = client_of(lived.director)
    page = soup(client.get("/incidents"))
    report(lived, "fire", lived.grid2, 10)
    session.commit()
    sent = BeautifulSoup(poll(client, page, "panel").text, "lxml")
    assert len(sent.select("a.brief")) == len(page.select("a.brief")) + 1


def test_more_incidents_than_the_board_has_lines_for_lead_to_their_list(client_of, lived):
    for hour in range(1, 9):
        report(lived, "medical", lived.grid1, hour)
    session.commit()
    needs = soup(client_of(lived.director).get("/board")).select(".need")
    (more,) = [need for need in needs if "另有" in need.text]
    assert more.select_one("a.btn")["href"] == "/incidents"
    assert not more.select("[data-count]")


def told_of_more(client, page: BeautifulSoup) -> bool:
    return "有新的任务" in poll(client, page, "fresh").text


def test_the_list_stays_still_and_a_line_says_that_a_task_came(client_of, cast):
    client = client_of(cast.worker)
    page = soup(client.get("/today"))
    assert not told_of_more(client, page)
    question("二单元的灯修好了吗？", cast)
    answer = poll(client, page, "fresh")
    assert "有新的任务" in answer.text
    assert "二单元的灯修好了吗？" not in answer.text
    again = soup(client.get("/today"))
    assert "二单元的灯修好了吗？" in again.text
    assert not told_of_more(client, again)


def test_the_line_stays_until_she_opens_the_list_anew(client_of, cast):
    client = client_of(cast.worker)
    page = soup(client.get("/today"))
    question("二单元的灯修好了吗？", cast)
    swapped = BeautifulSoup(poll(client, page, "fresh").text, "lxml")
    assert told_of_more(client, swapped)


def test_what_is_asked_for_again_or_given_to_her_counts_as_new(client_of, cast):
    task = session.query(Task).filter_by(resident_id=cast.yellow.id, kind="verify").one()
    mine, hers = client_of(cast.worker), client_of(cast.colleague)
    my_page, her_page = soup(mine.get("/today")), soup(hers.get("/today"))
    task.remind(by=cast.director, at=clock.now())
    session.commit()
    assert told_of_more(mine, my_page)
    assert not told_of_more(hers, her_page)
    task.reassign(cast.colleague, by=cast.director, at=clock.now())
    session.commit()
    assert told_of_more(hers, her_page)


def test_what_she_does_herself_moves_the_count_and_brings_no_line(client_of, cast):
    client = client_of(cast.worker)
    task = session.query(Task).filter_by(resident_id=cast.elder.id, kind="visit").one()
    page = soup(client.get("/today"))
    client.post(f"/tasks/{task.id}/completion")
    answer = BeautifulSoup(poll(client, page, "fresh").text, "lxml")
    assert "有新的任务" not in answer.text
    assert answer.select_one("#day").text != page.select_one("#day").text


@pytest.mark.parametrize("seen", ["x", "1-2", "1-2-3-4", "²-1-1", "9" * 40 + "-1-1", "-1-1-1"])
def test_a_mark_that_is_none_is_no_mark(client_of, cast, seen):
    answer = client_of(cast.worker).get(f"/today?seen={seen}", headers=HTMX)
    assert answer.status_code == 200
    assert "有新的任务" not in answer.text


def question(words: str, cast) -> None:
    give(
        "answer", words, by=cast.director, at=clock.now(),
        due_at=clock.end_of(clock.today()), community_id=cast.home.id, assignee=cast.worker,
    )  # fmt: skip
    session.commit()
