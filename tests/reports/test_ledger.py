"""A ledger lists what was asked for: filtered, sorted, paged, and nobody dropped."""

import pytest

from app.domain.residents import Resident
from app.lib.db import session
from app.reports.ledger import PER_PAGE, Wanted, ledger_page, picks
from app.reports.ledger_kinds import LEDGERS
from tests.lived_day import OCTOBER, at


def wanted(cast, kind: str, **asked) -> Wanted:
    return Wanted(LEDGERS[kind], cast.home, **asked)


def listed(cast, kind: str, **asked) -> list[str]:
    return [case.resident.name for case in ledger_page(wanted(cast, kind, **asked)).rows]


def test_open_cases_the_oldest_first(lived):
    assert listed(lived, "yellow") == ["孙七", "孙五", "孙六", "王建国", "孙九"]
    assert listed(lived, "yellow", sort="-since")[0] == "孙九"


def test_ended_ones_and_all(lived):
    assert listed(lived, "yellow", state="ended") == ["孙八"]
    assert len(listed(lived, "yellow", state="every")) == 6


def test_by_stage_grid_reason_and_label(lived):
    assert listed(lived, "yellow", chosen={"stage": "ready"}) == ["孙六"]
    assert listed(lived, "yellow", grid=lived.grid2) == ["孙六"]
    assert listed(lived, "returnee", chosen={"reason": "overseas"}) == ["孙二"]
    assert len(listed(lived, "returnee", chosen={"label": "green"})) == 1


def test_only_those_past_their_time(lived):
    assert "孙九" not in listed(lived, "yellow", late=True)
    assert "孙五" in listed(lived, "yellow", late=True)


@pytest.mark.parametrize("typed", ["孙九", "sunjiu", "sj", " SunJiu "])
def test_by_name_pinyin_or_initials(lived, typed):
    assert listed(lived, "yellow", name=typed) == ["孙九"]


def test_a_name_finds_nobody_elsewhere(lived):
    assert listed(lived, "yellow", name="王%") == []
    assert ledger_page(wanted(lived, "resident", name="钱外人")).total == 0


def test_the_rows_of_a_counter_on_a_past_day(lived):
    assert listed(lived, "elder", counter="elder_seen_today", day=OCTOBER[5]) == ["孙一"]


def test_the_task_due_next_and_the_last_contact_stand_beside(lived):
    yellow = ledger_page(wanted(lived, "yellow", chosen={"stage": "ready"}))
    assert [task.kind for task in yellow.next_tasks.values()] == ["decode"]
    elders = ledger_page(wanted(lived, "elder"))
    contact = {row.resident.name: elders.contacts.get(row.id) for row in elders.rows}
    assert contact["孙二"] == at(6, 9)
    assert contact["孙三"] is None


def test_whoever_has_no_grid_or_no_known_door_is_listed_like_everybody(lived):
    names = {row.name for row in ledger_page(wanted(lived, "resident")).rows}
    assert {"周无门", "周无格"} <= names
    unplaced = ledger_page(wanted(lived, "resident", unplaced=True))
    assert {row.name for row in unplaced.rows} == {"周无门", "周无格"}


def test_a_long_list_comes_in_pages_that_hold_everybody_once(lived):
    for n in range(2 * PER_PAGE):
        person = Resident(community_id=lived.home.id, grid_id=lived.grid1.id, sex="2")
        person.set_name(f"众人{n}")
        session.add(person)
    session.flush()
    first = ledger_page(wanted(lived, "resident"))
    pages = [ledger_page(wanted(lived, "resident", page=n + 1)) for n in range(first.pages)]
    ids = [row.id for one in pages for row in one.rows]
    assert first.pages == 3
    assert len(ids) == len(set(ids)) == first.total
    assert [one.first for one in pages] == [1, 51, 101]
    assert ledger_page(wanted(lived, "resident", page=9)).first == 0


@pytest.mark.parametrize("kind", LEDGERS)
def test_every_ledger_sorts_by_each_of_its_columns(lived, kind):
    for sort in LEDGERS[kind].sorts:
        for way in (sort, f"-{sort}"):
            page = ledger_page(wanted(lived, kind, sort=way))
            assert page.total == ledger_page(wanted(lived, kind)).total


@pytest.mark.parametrize("kind", LEDGERS)
def test_the_numbers_offered_are_those_of_the_lists(lived, kind):
    for name, n in picks(wanted(lived, kind)):
        assert ledger_page(wanted(lived, kind, counter=name)).total == n, name


def test_nothing_of_the_next_community(lived):
    there = Wanted(LEDGERS["resident"], lived.next_door)
    assert [row.name for row in ledger_page(there).rows] == ["钱外人"]
