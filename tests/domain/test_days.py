"""A day is closed once; what is left goes on with a reason; what comes later is counted."""

import pytest

from app.domain import days
from app.domain.tasks import Task
from app.lib.db import session
from app.lib.refusal import Refused
from tests.intake.telling import tell
from tests.lived_day import OCTOBER, at


def close(cast, day=OCTOBER[5], carry=()):
    return days.close_day(
        cast.home.id, day, sums={}, report="", carry=carry, by=cast.director, at=at(6, 8)
    )


def test_what_is_left_goes_on_with_its_reason_and_keeps_its_deadline(cast):
    task = session.query(Task).filter_by(state="open").first()
    due = task.due_at
    assert close(cast, carry=[(task, "away")]).carried == 1
    assert (task.carried_from, task.carried_why, task.due_at) == (OCTOBER[5], "away", due)


def test_a_reason_outside_the_list_is_refused(cast):
    task = session.query(Task).filter_by(state="open").first()
    with pytest.raises(Refused):
        close(cast, carry=[(task, "tired")])


def test_not_twice_and_not_before_it_has_begun(cast):
    close(cast)
    session.flush()
    with pytest.raises(Refused, match="已经日结"):
        close(cast)
    with pytest.raises(Refused, match="还没到"):
        close(cast, OCTOBER[7])


def test_a_record_of_the_closed_day_is_counted_by_the_day(cast):
    closing = close(cast)
    session.flush()
    tell("visit", cast.elder, by=cast.worker, at=at(5, 17), outcome="well")
    tell("visit", cast.elder, by=cast.worker, outcome="well")
    assert closing.late_records == 1
