"""What the clock says: the morning's list, deadlines, the evening, the open day, elders."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain import days, tasks
from app.domain.messages import Message
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.notify import hours
from tests.notify.street import read_everything

TODAY = date(2022, 10, 6)
HALF_PAST_SEVEN = clock.at(TODAY, 7, 30)


@pytest.fixture
def told(cast):
    """Whom the clock tells what from here on: `told(hours.tell_…, at)`."""
    read_everything()

    def by_the_clock(say, at) -> list[tuple[str, str, int]]:
        known = set(session.scalars(select(Message.id)))
        with clock.stopped_at(at):
            for _again in range(2):
                say(at=at)
                session.commit()
        found = session.scalars(select(Message).order_by(Message.person_id, Message.id))
        return [(one.person.name, one.kind, one.n) for one in found if one.id not in known]

    return by_the_clock


def open_today(cast) -> int:
    wanted = select(Task).where(Task.state == "open", Task.due_day <= TODAY)
    return len(session.scalars(wanted.where(Task.grid_id == cast.grid1.id)).all())


def test_in_the_morning_every_worker_hears_how_much_there_is(cast, told):
    n = open_today(cast)
    assert n and told(hours.tell_the_morning, HALF_PAST_SEVEN) == [("李娜", "morning", n)]


def test_who_was_given_something_by_name_hears_of_it_and_nobody_else(cast, told):
    n = open_today(cast)
    now = clock.now()
    about = {"community_id": cast.home.id, "grid_id": cast.grid1.id, "assignee": cast.colleague}
    tasks.give("visit", "", by=cast.director, at=now, due_at=clock.end_of(TODAY), **about)
    session.commit()
    told_of = told(hours.tell_the_evening, clock.at(TODAY, 17))
    assert told_of == [("李娜", "evening", n), ("周强", "evening", 1)]


def test_an_hour_before_a_deadline_its_worker_is_reminded(cast, told):
    about = {"community_id": cast.home.id, "grid_id": cast.grid2.id}
    due = clock.at(TODAY, 15)
    tasks.give("visit", "", by=cast.director, at=clock.now(), due_at=due, **about)
    session.commit()
    before = told(hours.tell_what_is_due, due - timedelta(minutes=61))
    assert [one for one in before if one[0] == "周强"] == []
    after = told(hours.tell_what_is_due, due - timedelta(minutes=59))
    assert [one for one in after if one[0] == "周强"] == [("周强", "task_due", 1)]


def test_what_is_due_by_midnight_is_left_to_the_evening(cast, told):
    tasks.give(
        "visit", "", by=cast.director, at=clock.now(), due_at=clock.end_of(TODAY),
        community_id=cast.home.id, grid_id=cast.grid2.id,
    )  # fmt: skip
    session.commit()
    assert told(hours.tell_what_is_due, clock.at(TODAY, 23, 30)) == []


def test_an_elder_nobody_has_reached_by_five_is_told_to_her_worker_and_the_directors(cast, told):
    visit = session.scalars(select(Task).where(Task.kind == "visit", Task.state == "open")).one()
    visit.set_window(clock.at(TODAY), clock.end_of(TODAY))
    session.commit()
    assert told(hours.tell_of_elders, clock.at(TODAY, 16, 59)) == []
    alarm = told(hours.tell_of_elders, clock.at(TODAY, 17))
    assert alarm == [(who, "elder_unreached", 1) for who in ("李娜", "张敏", "郭玉兰")]


def test_an_elder_who_was_visited_is_no_alarm(cast, told):
    visit = session.scalars(select(Task).where(Task.kind == "visit", Task.state == "open")).one()
    visit.set_window(clock.at(TODAY), clock.end_of(TODAY))
    visit.finish(None, by_id=cast.worker.id, at=clock.now())
    session.commit()
    assert told(hours.tell_of_elders, clock.at(TODAY, 18)) == []


def test_a_day_that_is_not_closed_is_told_to_the_directors_and_a_closed_one_to_nobody(cast, told):
    end = clock.at(TODAY, 17, 45)
    about = {"community_id": cast.home.id, "grid_id": cast.grid1.id}
    tasks.give("visit", "", by=cast.director, at=clock.now(), due_at=clock.end_of(TODAY), **about)
    session.commit()
    assert told(hours.tell_day_open, end) == [("张敏", "day_open", 1), ("郭玉兰", "day_open", 1)]
    days.close_day(cast.home.id, TODAY, sums={}, report="", by=cast.director, at=clock.now())
    session.execute(Message.__table__.delete())
    session.commit()
    assert told(hours.tell_day_open, end) == []
