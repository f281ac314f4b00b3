"""The ladder for when nobody is reached."""

import pytest

from app.policy.rulebook import RULES
from app.policy.verification import next_try
from tests.policy.casework import YINGZE, day

LADDER = RULES.rule("ladder", "not_reached", "ninth", YINGZE, day(6))


@pytest.mark.parametrize(
    ("attempts", "way"),
    [(0, "phone"), (1, "door"), (2, "neighbour"), (3, "family"), (4, "police"), (9, "police")],
)
def test_each_attempt_that_reached_nobody_leads_one_rung_up(attempts, way):
    assert next_try(attempts, LADDER).way == way


def test_every_rung_says_what_to_do_and_when():
    assert all(rung.words for rung in LADDER.params.tries)
    assert [rung.after_min for rung in LADDER.params.tries] == [0, 30, 15, 15, 30]


def test_an_unverified_case_raises_alarms_after_one_two_and_three_days():
    for kind in ("yellow", "returnee"):
        rule = RULES.rule("deadline", f"verify_{kind}", "ninth", YINGZE, day(6))
        assert (rule.params.due_h, rule.params.alarms_h) == (24, (24, 48, 72))
