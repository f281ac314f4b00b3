"""A closed day: its report stands, and what comes later is shown beside it, never silently."""

from datetime import date

import pytest

from app.domain.days import closing_of
from app.intake.accept import Entry
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.sync import inbox
from tests.lived_day import live
from tests.web.pages import queries, soup

THURSDAY, FRIDAY = date(2022, 10, 6), date(2022, 10, 7)
URL = "/days/2022-10-06"


@pytest.fixture
def closed(client_of, cast):
    """Thursday, closed at five past six; the director's browser."""
    live(cast)
    client = client_of(cast.director)
    with clock.stopped_at(clock.at(THURSDAY, 18, 5)):
        client.post("/day-close", data={})
    return client


def from_the_phone(cast, hour: int):
    """A visit of Thursday that had no signal until Friday morning."""
    written = clock.at(THURSDAY, hour)
    entry = Entry(
        new_id(), "visit", written, {"resident_id": cast.elder.id}, {"outcome": "well"}, "phone"
    )
    return inbox.receive([entry], by=cast.worker)[0]


def test_the_report_can_be_copied_and_printed(closed, cast):
    page = soup(closed.get(URL))
    assert page.select_one("#report h2").text == "【南内环街二社区日报】2022年10月6日 星期四"
    assert page.select_one("[data-copy=report]")
    assert page.select_one("[data-print]")
    assert "日结后补录" not in page.select_one("main").text


def test_a_late_record_changes_the_days_sums_and_says_so(closed, client_of, cast):
    seen = closing_of(cast.home.id, THURSDAY).sums["elder_seen_today"]
    with clock.stopped_at(clock.at(FRIDAY, 8)):
        assert from_the_phone(cast, 16).state == "kept"
        director = client_of(cast.director)
        day = soup(director.get(URL))
        late = day.select_one("#late")
        assert (day.select_one("main a[data-count]")["data-count"], late["data-rows"]) == ("1", "1")
        assert "刘大爷" in late.text
        assert "迟报 1 天" in late.text
        was = day.select_one("#changes").find("dt", string="已探访老人").find_next("dd").text
        assert was == f"{seen} → {seen + 1}"
        checklist = soup(director.get("/checklist"))
        assert "日结后又补录 1 条" in checklist.select_one(f"a[href='{URL}']").text
        listed = soup(director.get("/checklist/all?day=2022-10-06&show=late_records"))
        assert listed.select_one("#rows")["data-rows"] == "1"
    assert closing_of(cast.home.id, THURSDAY).late_records == 1


def test_the_report_itself_stays_as_it_was_written(closed, client_of, cast):
    before = closing_of(cast.home.id, THURSDAY).report
    with clock.stopped_at(clock.at(FRIDAY, 8)):
        from_the_phone(cast, 16)
        shown = soup(client_of(cast.director).get(URL)).select("#report > *")
    assert [line.text for line in shown] == before.splitlines()


def test_a_record_of_the_same_evening_counts_as_late_too(closed, cast):
    with clock.stopped_at(clock.at(THURSDAY, 20)):
        from_the_phone(cast, 19)
        assert "日结后补录 1 条" in closed.get(URL).text


def test_the_days_closed_before_are_listed(closed, cast):
    closed.post("/day-close", data={"day": "2022-10-05"})
    page = soup(closed.get("/days/2022-10-05"))
    listed = [link["href"] for link in page.select(".cells a")]
    assert listed == [URL, "/days/2022-10-05"]


def test_a_day_not_closed_leads_to_its_closing(client_of, cast):
    page = soup(client_of(cast.director).get(URL))
    assert "这一天还没有日结" in page.text
    assert page.select_one("a[href='/day-close?day=2022-10-06']")


def test_days_that_are_none_do_not_exist(closed):
    for wrong in ("2022-10-32", "2022-10-07", "x"):
        assert closed.get(f"/days/{wrong}").status_code == 404


def test_the_next_community_has_days_of_its_own(closed, client_of, cast):
    assert "还没有日结" in client_of(cast.next_director).get(URL).text


def test_it_costs_few_queries(closed, cast):
    session.commit()
    with queries() as sent:
        closed.get(URL)
    assert len(sent) <= 20
