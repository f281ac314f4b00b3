"""What recurs is given by itself on its days, once, to whoever it is for on that day."""

from datetime import date, datetime, timedelta

import pytest

from app.domain.assignment_templates import AssignmentTemplate, give_recurring, keep_template
from app.domain.assignments import Assignment
from app.domain.receivers import To
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session

THURSDAY = date(2022, 10, 6)


def template(cast, to: To | None = None, **more) -> AssignmentTemplate:
    more = {"asks": "tick", "due_clock": "18:00"} | more
    return keep_template(
        "早巡", "把楼道走一遍", to or To("role", ["worker"]), cast.home,
        by=cast.director, at=clock.now(), **more,
    )  # fmt: skip


def given() -> list[Assignment]:
    return session.query(Assignment).order_by(Assignment.id).all()


@pytest.mark.parametrize(
    ("rhythm", "days", "falling"),
    [
        ("", [], []),
        ("daily", [], [6, 7, 8, 9, 10]),
        ("weekdays", [], [8, 9, 10]),  # the week of 1 October is off, its weekend is worked
        ("week", [3, 6], [6, 9]),
        ("dates", ["2022-10-08", "2022-10-10"], [8, 10]),
    ],
)
def test_it_falls_on_its_days(cast, rhythm, days, falling):
    one = template(cast, rhythm=rhythm, days=days)
    october = [date(2022, 10, day) for day in range(6, 11)]
    assert [day.day for day in october if one.falls_on(day)] == falling


def test_it_ends(cast):
    one = template(cast, rhythm="daily", until=THURSDAY)
    assert one.falls_on(THURSDAY)
    assert not one.falls_on(THURSDAY + timedelta(days=1))
    one.end(at=clock.now())
    assert give_recurring(at=clock.now()) == 0


def test_it_is_given_once_a_day_however_often_the_job_runs(cast):
    template(cast, rhythm="daily")
    assert (give_recurring(at=clock.now()), give_recurring(at=clock.now())) == (1, 0)
    (one,) = given()
    assert [share.task.assignee for share in one.shares] == [cast.worker, cast.colleague]
    assert clock.local(one.due_at) == datetime(2022, 10, 6, 18, tzinfo=clock.LOCAL)
    tomorrow = clock.now() + timedelta(days=1)
    with clock.stopped_at(tomorrow):
        assert give_recurring(at=tomorrow) == 1


def test_two_runners_at_once_give_it_once(cast):
    """The database holds the second one back: one assignment for a template and a day."""
    one = template(cast, rhythm="daily")
    give_recurring(at=clock.now())
    session.add(
        Assignment(
            community_id=one.community_id, by_id=one.by_id, at=clock.now(), how="role",
            asks="tick", due_at=clock.now(), template_id=one.id, for_day=THURSDAY,
        )
    )  # fmt: skip
    with pytest.raises(Exception, match="(?i)unique"), session.begin_nested():
        session.flush()


def test_begun_after_its_hour_it_still_leaves_a_minute(cast):
    template(cast, rhythm="daily", due_clock="08:00")
    give_recurring(at=clock.now())
    assert given()[0].due_at > clock.now()


def test_the_grids_worker_of_the_day_gets_it(cast):
    template(cast, To("grids", [cast.grid1.id]), rhythm="daily")
    give_recurring(at=clock.now())
    task = session.query(Task).filter_by(kind="assignment").one()
    assert (task.assignee_id, task.grid_id) == (None, cast.grid1.id)


def test_where_the_director_who_made_it_has_left_another_one_gives_it(cast):
    template(cast, rhythm="daily")
    cast.director.active = False
    session.flush()
    assert give_recurring(at=clock.now()) == 1
    assert given()[0].by == cast.secretary


def test_where_nobody_is_there_nothing_is_given_and_nothing_breaks(cast):
    template(cast, To("people", [cast.colleague.id]), rhythm="daily")
    template(cast, rhythm="daily")
    cast.colleague.active = False
    session.flush()
    assert give_recurring(at=clock.now()) == 1
    assert len(given()) == 1
