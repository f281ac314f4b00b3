"""Series of tests: windows, gaps, which sample stands for which test, results."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.policy.effective import effective
from app.policy.rulebook import RULES, Rule
from app.policy.testing import Series, series
from tests.policy.casework import YINGZE, day, on, record

START = on(6, "10:00")
WITH_TESTS = sorted(
    {rule.id for rule in RULES.entries if getattr(rule.params, "tests", ())},
)


def read(rule: Rule, *records) -> Series:
    return series(rule, effective(records), start=START, due_starts=[START])


def rule(kind: str, key: str) -> Rule:
    return RULES.rule(kind, key, "ninth", YINGZE, day(6))


def sampled(hours: float, **fields):
    return record("test", START + timedelta(hours=hours), "sampled", **fields)


def negative(hours: float, **fields):
    return record("test", START + timedelta(hours=hours), "negative", **fields)


def due_after(made: Series) -> tuple[str, float, float]:
    """The next test: its step, and the hours after the start when it opens and is due."""
    step = made.next_test()
    hour = timedelta(hours=1)
    return step.step, (step.opens_at - START) / hour, (step.due_at - START) / hour


def test_the_second_test_opens_a_day_after_the_first_sample():
    made = read(rule("returnee", "blue1"), sampled(2))
    assert due_after(made) == ("test:2", 26, 48)


def test_a_second_sample_too_soon_counts_for_nothing():
    made = read(rule("returnee", "blue1"), sampled(2), sampled(20))
    assert len(made.filled) == 1
    assert due_after(made) == ("test:2", 26, 48)


def test_a_test_pushed_past_its_window_gets_time_to_be_made_up():
    made = read(rule("returnee", "blue1"), sampled(30))
    assert due_after(made) == ("test:2", 54, 78)


def test_the_landing_sample_serves_for_the_first_day_when_taken_on_it():
    made = read(rule("returnee", "yellow"), sampled(3))
    assert len(made.filled) == 2
    assert made.next_test().step == "test:3"


def test_a_landing_sample_of_the_next_day_does_not_serve_for_the_first():
    made = read(rule("returnee", "yellow"), sampled(16))
    assert len(made.filled) == 1
    assert made.next_test().step == "test:2"


def test_a_sample_on_the_way_home_counts_from_the_morning_of_the_day():
    made = read(rule("returnee", "blue1"), sampled(-3))
    assert len(made.filled) == 1


def test_a_sample_of_the_day_before_does_not_count():
    assert not read(rule("returnee", "blue1"), sampled(-12)).filled


def test_a_result_names_its_sample_by_the_time_it_was_taken():
    first, second = sampled(2), sampled(28)
    told = negative(40, sampled_at=second.at.isoformat())
    made = read(rule("returnee", "blue1"), first, second, told)
    assert [sample.outcome for sample in made.filled] == ["", "negative"]
    assert made.missing == 2


def test_a_result_names_its_sample_by_the_step():
    made = read(rule("returnee", "blue1"), sampled(2), sampled(28), negative(40, of="test:2"))
    assert [sample.outcome for sample in made.filled] == ["", "negative"]


def test_a_result_that_names_nothing_belongs_to_the_earliest_sample_without_one():
    made = read(rule("returnee", "blue1"), sampled(2), sampled(28), negative(40))
    assert [sample.outcome for sample in made.filled] == ["negative", ""]


def test_a_negative_result_without_a_sample_is_both():
    made = read(rule("returnee", "blue1"), negative(2), negative(27), negative(52))
    assert made.is_complete


def test_a_missed_test_changes_nothing():
    missed = record("test", START + timedelta(hours=3), "missed")
    assert read(rule("returnee", "blue1"), missed) == read(rule("returnee", "blue1"))


def test_a_positive_result_is_not_undone_by_a_negative_one():
    taken = sampled(2)
    positive = record("test", START + timedelta(hours=9), "positive", of="test:1")
    made = read(rule("returnee", "blue1"), taken, positive, negative(10, of="test:1"))
    assert made.filled[0].outcome == "positive"


def test_pending_results_are_only_those_that_are_wanted():
    made = read(rule("yellow", "missed_round"), negative(2), sampled(30))
    assert made.is_complete
    assert made.pending == ()


hours = st.integers(0, 200).map(lambda n: n / 2)
tests = st.lists(st.tuples(hours, st.sampled_from(["sampled", "negative"])), max_size=8)


@pytest.mark.parametrize("rule_id", WITH_TESTS)
@settings(deadline=None)
@given(told=tests, late=st.tuples(hours, st.sampled_from(["sampled", "negative"])))
def test_one_more_sample_uploaded_late_never_brings_a_test_forward(rule_id, told, late):
    chosen = RULES.by_id(rule_id)
    records = [record("test", START + timedelta(hours=h), outcome) for h, outcome in told]
    added = record("test", START + timedelta(hours=late[0]), late[1])
    added = replace(added, received_at=START + timedelta(days=30))
    before, after = read(chosen, *records), read(chosen, *records, added)
    was, now = before.next_test(), after.next_test()
    if was and now and was.step == now.step:
        assert now.due_at >= was.due_at
