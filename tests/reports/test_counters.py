"""What the numbers mean, and that a number and its list are the same rows."""

from datetime import timedelta

import pytest

from app.domain.cases import Case
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.reports.counters import COUNTERS, asked, count, rows, tally, tasks_behind
from tests.cast import MORNING, resident
from tests.lived_day import OCTOBER, at, tell

DAYS = [None, OCTOBER[5], OCTOBER[4]]


def names(rows_of_cases) -> set[str]:
    return {case.resident.name for case in session.scalars(rows_of_cases)}


@pytest.mark.parametrize("day", DAYS)
def test_every_number_is_the_length_of_its_list(lived, day):
    where = asked(lived.home, day)
    counted = tally([(where, COUNTERS)])
    for name in COUNTERS:
        listed = len(session.scalars(rows(name, where)).all())
        assert counted.total(name, where.day) == count(name, where) == listed, name


@pytest.mark.parametrize("day", DAYS)
def test_the_grids_and_what_lies_in_none_add_up_to_the_community(lived, day):
    whole, unplaced = asked(lived.home, day), asked(lived.home, day, unplaced=True)
    grids = [asked(lived.grid1, day), asked(lived.grid2, day)]
    for name in COUNTERS:
        assert count(name, whole) == sum(count(name, part) for part in (*grids, unplaced)), name


def test_the_communities_add_up_to_the_city(lived):
    names = [name for name in COUNTERS if name != "yellow_applied_long"]
    counted = tally([(asked(lived.city), names)], by="community_id")
    here = tally([(asked(lived.home), names), (asked(lived.next_door), names)])
    day = clock.today()
    assert {name: counted.at(lived.home.id, name, day) for name in names} == {
        name: count(name, asked(lived.home)) for name in names
    }
    assert here.total("yellow_open", day) == counted.total("yellow_open", day) == 5


def test_open_yellow_codes_today_and_as_they_were_yesterday(lived):
    today = asked(lived.home)
    assert names(rows("yellow_open", today)) == {"王建国", "孙五", "孙六", "孙七", "孙九"}
    yesterday = names(rows("yellow_open", today.the_day_before()))
    assert yesterday == {"王建国", "孙五", "孙六", "孙七", "孙八"}


def test_yellow_codes_by_what_they_wait_for(lived):
    here = asked(lived.home)
    assert names(rows("yellow_new_today", here)) == {"孙九"}
    assert names(rows("yellow_unverified_24h", here)) == {"王建国", "孙五"}
    assert names(rows("yellow_unverified_48h", here)) == {"孙五"}
    assert names(rows("yellow_unverified_72h", here)) == set()
    assert names(rows("yellow_ready", here)) == {"孙六"}
    assert names(rows("yellow_applied", here)) == {"孙七"}
    assert names(rows("yellow_closed_today", here)) == {"孙八"}


def test_an_application_is_long_unanswered_after_the_hours_of_the_rule(lived):
    applied_at = at(4, 9)
    with clock.stopped_at(applied_at + timedelta(hours=47)):
        assert count("yellow_applied_long", asked(lived.home)) == 0
    with clock.stopped_at(applied_at + timedelta(hours=49)):
        assert names(rows("yellow_applied_long", asked(lived.home))) == {"孙七"}


def test_returnees_by_where_they_came_from(lived):
    here = asked(lived.home)
    assert names(rows("returnee_other_province", here)) == {"孙一"}
    assert names(rows("returnee_abroad", here)) == {"孙二"}
    assert names(rows("returnee_arrived_today", here)) == {"孙二", "孙三"}
    assert names(rows("returnee_open", here)) == {"张晓", "孙一", "孙二", "孙三"}


def test_an_elder_is_seen_by_whoever_reached_her_and_not_by_an_attempt(lived):
    here = asked(lived.home)
    assert names(rows("elder_seen_today", here)) == {"孙二"}
    assert names(rows("elder_needs_today", here)) == {"孙二"}
    assert names(rows("elder_seen_today", here.the_day_before())) == {"孙一"}


def test_an_elder_is_to_be_seen_on_the_day_her_visit_is_due(lived):
    due = open_task_of(lived.elder, "visit")
    due.set_window(due.opens_at, MORNING + timedelta(hours=8))
    session.flush()
    here = asked(lived.home)
    assert names(rows("elder_unseen_today", here)) == {"刘福"}
    assert names(rows("elder_to_see_today", here)) == {"刘福", "孙二"}
    tell("visit", lived.elder, lived.worker, MORNING, outcome="well", way="door")
    assert names(rows("elder_unseen_today", here)) == set()
    assert names(rows("elder_to_see_today", here)) == {"刘福", "孙二"}


def test_a_record_for_yesterday_changes_yesterdays_numbers_and_says_it_was_late(lived):
    yesterday = asked(lived.home).the_day_before()
    seen, late = count("elder_seen_today", yesterday), count("late_records", yesterday)
    tell("visit", lived.elder, lived.worker, at(5, 18), heard=MORNING, outcome="well", way="door")
    assert count("elder_seen_today", yesterday) == seen + 1
    assert count("late_records", yesterday) == late + 1


def test_a_task_is_on_the_list_until_it_is_done_and_late_from_its_deadline_on(cast):
    person = resident(cast.grid1, "冯来", "1", OCTOBER[1].replace(year=1990), room="1901")
    tell("code_push", person, cast.director, at(4, 8), reason="missed_round", source="pushed")
    task = open_task_of(person, "verify")

    def stands(day: int) -> dict[str, bool]:
        where = asked(cast.home, OCTOBER[day])
        told = ("tasks_due_today", "tasks_done_today", "tasks_left_today", "tasks_late")
        return {name: task in session.scalars(rows(name, where)).all() for name in told}

    def story(*true: str) -> dict[str, bool]:
        return {name: name in true for name in stands(4)}

    assert clock.local_day(task.due_at) == OCTOBER[5]  # and on the list from the day it came up
    assert stands(4) == story("tasks_due_today", "tasks_left_today")
    assert stands(5) == story("tasks_due_today", "tasks_left_today", "tasks_late")
    confirmed = {"outcome": "confirmed", "at_home": "y", "explained": "y"}
    tell("code_check", person, cast.worker, at(6, 9), **confirmed)
    assert stands(5) == story("tasks_due_today", "tasks_left_today", "tasks_late")
    assert stands(6) == story("tasks_due_today", "tasks_done_today")
    assert task in session.scalars(rows("tasks_done_late_today", asked(cast.home))).all()


def test_what_the_director_does_herself_is_not_on_the_workers_list(lived):
    mine = session.query(Task).filter_by(kind="decode", state="open").one()
    assert mine not in session.scalars(rows("tasks_left_today", asked(lived.home))).all()


def test_the_oldest_of_a_number_says_since_when(lived):
    here = asked(lived.home)
    counted = tally([(here, ["yellow_applied", "incidents_open", "held"])])
    assert counted.since("yellow_applied", here.day) == at(4, 9)
    assert counted.since("incidents_open", here.day) == at(6, 7)
    assert counted.since("incidents_open", here.day, lived.grid1.id) == at(6, 10)


def test_behind_unverified_codes_stand_the_tasks_to_verify_them(lived):
    behind = session.scalars(tasks_behind("yellow_unverified_24h", asked(lived.home)))
    assert {(task.kind, task.resident.name) for task in behind} == {
        ("verify", "王建国"),
        ("verify", "孙五"),
    }


def test_behind_late_tasks_stand_only_those_still_open(lived):
    behind = session.scalars(tasks_behind("tasks_late", asked(lived.home))).all()
    assert behind
    assert {task.state for task in behind} == {"open"}


def test_nothing_is_reminded_of_behind_records(lived):
    with pytest.raises(LookupError):
        tasks_behind("records_today", asked(lived.home))


def test_somebody_of_a_grid_that_was_given_up_has_no_grid(lived):
    gone = session.scalars(rows("no_grid", asked(lived.home))).all()
    assert {person.name for person in gone} == {"周无门", "周无格"}


def test_nothing_of_another_community_is_counted(lived):
    there = asked(lived.next_door)
    assert {name: count(name, there) for name in COUNTERS} == dict.fromkeys(COUNTERS, 0)


def open_task_of(person, kind: str) -> Task:
    cases = session.query(Case.id).filter_by(resident_id=person.id)
    return session.query(Task).filter(Task.case_id.in_(cases), Task.kind == kind).one()
