"""However many processes: one is on duty, a line of the timetable is done once for each time."""

from datetime import timedelta

from app import jobs
from app.domain import shifts
from app.domain.shifts import DUTY
from app.jobs import Job
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from tests.cast import MORNING

ME, OTHER = new_id(), new_id()
A_SECOND = timedelta(seconds=1)
done = []


def sweep() -> int:
    done.append(clock.now())
    return 1


EVERY_TEN = Job("*/10 * * * *", sweep, late=timedelta(minutes=5))


def take(holder, at) -> bool:
    taken = shifts.take_shift("timetable", holder, at=at)
    session.commit()
    return taken


def due(at) -> object:
    return EVERY_TEN.last_time(shifts.times_done().get("sweep"), at)


def do(at) -> int:
    with clock.stopped_at(at):
        result = jobs.do(EVERY_TEN, due(at)) if due(at) else 0
    session.commit()
    return result


def test_one_is_on_duty_until_it_falls_silent(app):
    assert take(ME, MORNING) and not take(OTHER, MORNING + A_SECOND)
    assert take(ME, MORNING + DUTY - A_SECOND)
    assert not take(OTHER, MORNING + DUTY)
    assert take(OTHER, MORNING + 2 * DUTY)
    assert not take(ME, MORNING + 2 * DUTY + A_SECOND)


def test_whoever_goes_off_duty_leaves_it_to_the_next_at_once(app):
    take(ME, MORNING)
    shifts.end_shift("timetable", ME)
    session.commit()
    assert take(OTHER, MORNING + A_SECOND)


def test_a_duty_noted_by_a_clock_that_was_ahead_holds_nobody_up(app):
    take(ME, MORNING + timedelta(days=3))
    assert take(OTHER, MORNING)


def test_a_line_is_done_once_for_each_of_its_times(app):
    done.clear()
    assert [do(MORNING + timedelta(minutes=n)) for n in (0, 1, 9, 10, 11)] == [1, 0, 0, 1, 0]
    assert len(done) == 2


def test_a_line_whose_time_is_long_past_is_let_be(app):
    done.clear()
    do(MORNING)
    assert do(MORNING + timedelta(hours=3, minutes=8)) == 0
    assert do(MORNING + timedelta(hours=3, minutes=10)) == 1


def test_a_clock_set_forward_and_back_stops_no_line_for_long(app):
    done.clear()
    do(MORNING + timedelta(days=30))
    with clock.stopped_at(MORNING):
        assert jobs.go_on_duty(ME)
    session.commit()
    assert do(MORNING + A_SECOND) == 0
    assert do(MORNING + timedelta(minutes=10)) == 1


def test_a_line_that_fails_is_not_noted_as_done(app):
    def fail() -> int:
        raise RuntimeError("no")

    line = Job("*/10 * * * *", fail)
    try:
        jobs.do(line, MORNING)
    except RuntimeError:
        session.rollback()
    assert shifts.times_done() == {}
