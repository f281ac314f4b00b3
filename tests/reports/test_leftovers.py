"""What a day leaves undone: the reason that the facts speak for."""

from datetime import timedelta

from app.domain.tasks import Task
from app.lib import clock
from app.reports.leftovers import carried_with, left_of_day, proposed_why
from tests.intake.telling import tell
from tests.lived_day import at


def task(**known) -> Task:
    told = {"kind": "visit", "attempts": 0, "due_at": clock.now() - timedelta(hours=1)} | known
    return Task(**told)


def test_facts_speak_for_a_reason(app):
    now = clock.now()
    assert proposed_why(task(attempts=2), set(), now) == "not_reached"
    assert proposed_why(task(kind="result"), set(), now) == "waiting"
    assert proposed_why(task(due_at=clock.end_of(clock.today())), set(), now) == "not_due"
    assert proposed_why(task(grid_id=7), {7}, now) == "other_priority"
    assert proposed_why(task(grid_id=7), {8}, now) == "short_of_hands"


def test_what_is_done_is_not_left(cast):
    def left() -> int:
        return sum(len(group.tasks) for group in left_of_day(cast.home, clock.today()))

    before = left()
    tell("code_check", cast.yellow, by=cast.worker, outcome="confirmed", at_home="y", explained="y")
    assert left() < before


def test_a_chosen_reason_goes_to_its_whole_group(cast):
    with clock.stopped_at(at(6, 23)):
        groups = left_of_day(cast.home, clock.today())
        first = groups[0]
        carried = carried_with(groups, {f"why-{first.key}": "away"})
    assert {why for task, why in carried if task in first.tasks} == {"away"}
    assert len(carried) == sum(len(group.tasks) for group in groups)
