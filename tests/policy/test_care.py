"""Elders on the roll: one visit after another, by class, age, situation and outcome."""

from dataclasses import replace

import pytest

from app.policy.care import group_of
from app.policy.facts import Situation
from app.policy.plan import plan
from app.policy.rulebook import RULES, Rulebook
from tests.policy.casework import case, correction, day, done, due, on, opens, planned, record, said

OPENED = on(1, "09:00")


def elder(reason="lone", opened_at=OPENED, **told):
    return case("elder", reason, opened_at, **told)


def visit(at, outcome="well", **fields):
    return record("visit", at, outcome, **({"way": "door"} | fields))


def next_visit(facts, *records, now=None):
    made = planned(facts, *records, now=now or on(20))
    assert len(made.due) == 1
    return made.due[0].step


@pytest.mark.parametrize(
    ("reason", "age", "high_risk", "group"),
    [
        ("lone", 83, False, "high"),
        ("lone", 79, False, "key"),
        ("lone", None, False, "key"),
        ("empty_nest", 90, False, "key"),
        ("empty_nest", 66, True, "high"),
        ("aged", 88, False, "general"),
    ],
)
def test_the_group_follows_class_age_and_the_directors_mark(reason, age, high_risk, group):
    assert group_of(elder(reason, age=age, high_risk=high_risk), RULES) == group


def test_the_first_visit_is_due_some_days_after_the_opening():
    made = planned(elder(age=83), now=OPENED)
    assert due(made) == {"visit:2022-10-04": on(4, "23:59").replace(second=59)}
    assert opens(made) == {"visit:2022-10-04": on(4, "00:00")}
    assert made.stage == "on_roll"


def test_under_silent_management_the_first_visit_is_due_the_same_day():
    facts = elder(age=83, situations=(Situation("silent", day(1)),))
    assert next_visit(facts) == "visit:2022-10-01"


def test_the_next_visit_counts_from_the_contact_not_from_the_due_day():
    facts = elder(age=83)
    early, late = visit(on(2, "10:00")), visit(on(12, "10:00"))
    assert next_visit(facts, early) == "visit:2022-10-09"
    assert next_visit(facts, early, late) == "visit:2022-10-19"
    made = planned(facts, early, late, now=on(12))
    assert [(step.step, step.late) for step in made.done] == [
        ("visit:2022-10-04", False),
        ("visit:2022-10-09", True),
    ]


def test_a_second_contact_on_the_same_day_completes_nothing_more():
    facts = elder(age=83)
    made = planned(facts, visit(on(2, "10:00")), visit(on(2, "16:00")), now=on(2))
    assert done(made) == ["visit:2022-10-04"]
    assert list(due(made)) == ["visit:2022-10-09"]


def test_nobody_seen_leaves_the_visit_due():
    not_seen = visit(on(3), "not_seen")
    attempt = record("attempt", on(3), of="visit", way="door")
    assert next_visit(elder(age=83), not_seen, attempt) == "visit:2022-10-04"


def test_a_phone_call_counts():
    assert next_visit(elder(age=83), visit(on(2), way="phone")) == "visit:2022-10-09"


def test_a_phone_call_does_not_count_where_the_rule_names_other_ways():
    door_only = [
        replace(rule, params=replace(rule.params, ways=("door",))) if rule.kind == "visit" else rule
        for rule in RULES.entries
    ]
    rules = Rulebook(RULES.editions, tuple(door_only))
    called, knocked = visit(on(2), way="phone"), visit(on(3), way="door")
    assert plan(elder(age=83), [called], rules, on(3)).due[0].step == "visit:2022-10-04"
    assert plan(elder(age=83), [called, knocked], rules, on(3)).due[0].step == "visit:2022-10-10"


@pytest.mark.parametrize(
    ("outcome", "step"),
    [
        ("well", "visit:2022-11-01"),
        ("needs", "visit:2022-10-05"),
        ("unwell", "visit:2022-10-03"),
        ("hospital", "visit:2022-10-03"),
    ],
)
def test_an_outcome_that_is_not_well_asks_for_the_next_visit_sooner(outcome, step):
    made = planned(elder(age=70), visit(on(2), outcome), now=on(2))
    assert list(due(made)) == [step]
    assert made.stage == ("on_roll" if outcome == "well" else "watched")


def test_a_situation_brings_the_next_visit_forward():
    facts = elder(age=70)
    called = visit(on(2))
    assert next_visit(facts, called) == "visit:2022-11-01"
    silent = replace(facts, situations=(Situation("silent", day(6)),))
    assert next_visit(silent, called) == "visit:2022-10-07"


def test_a_situation_that_has_ended_asks_for_nothing_more():
    facts = elder(age=70, situations=(Situation("silent", day(6), day(8)),))
    daily = [visit(on(n)) for n in (6, 7, 8)]
    assert next_visit(facts, *daily) == "visit:2022-11-07"


def test_a_visit_missed_in_a_situation_stays_due_after_it():
    facts = elder(age=70, situations=(Situation("silent", day(6), day(8)),))
    assert next_visit(facts, visit(on(2)), now=on(12)) == "visit:2022-10-07"


def test_after_a_storm_of_one_day_a_contact_is_due_the_day_after():
    facts = elder(age=70, situations=(Situation("storm", day(6), day(6)),))
    assert next_visit(facts, visit(on(2))) == "visit:2022-10-07"
    assert next_visit(facts, visit(on(2)), visit(on(7))) == "visit:2022-11-06"


def test_the_strictest_of_two_situations_counts():
    cold, silent = Situation("cold", day(3)), Situation("silent", day(5))
    facts = elder(age=70, situations=(cold, silent))
    assert next_visit(facts, visit(on(3))) == "visit:2022-10-06"


def test_heat_asks_for_two_contacts_a_day():
    facts = elder(age=83, situations=(Situation("heat", day(6)),))
    told = [visit(on(5))]
    assert next_visit(facts, *told) == "visit:2022-10-06:am"
    told.append(visit(on(6, "09:00")))
    assert next_visit(facts, *told) == "visit:2022-10-06:pm"
    told.append(visit(on(6, "11:30")))
    assert next_visit(facts, *told) == "visit:2022-10-06:pm"
    told.append(visit(on(6, "16:00")))
    assert next_visit(facts, *told) == "visit:2022-10-07:am"
    told.append(visit(on(7, "15:00")))
    made = planned(facts, *told, now=on(7, "16:00"))
    assert list(due(made)) == ["visit:2022-10-08:am"]
    assert made.done[-1].late


def test_a_late_upload_of_an_older_visit_moves_nothing():
    facts = elder(age=83)
    known = visit(on(10))
    uploaded_late = replace(visit(on(8), "unwell"), received_at=on(12))
    assert next_visit(facts, known, uploaded_late) == next_visit(facts, known)


def test_a_corrected_visit_is_planned_as_if_it_had_been_right():
    wrong = visit(on(2), "unwell")
    right = correction(wrong, fields={"outcome": "well", "way": "door"})
    made = planned(elder(age=83), wrong, right, now=on(4))
    assert list(due(made)) == ["visit:2022-10-09"]
    assert made.stage == "on_roll"


def test_two_steps_for_one_day_have_two_names():
    told = [visit(on(12), "unwell"), visit(on(13), "needs"), visit(on(14), "needs")]
    made = planned(elder("aged", on(3), age=85), *told, now=on(14))
    assert list(due(made)) == ["visit:2022-10-21"]
    again = [*told, visit(on(15)), visit(on(16), "needs")]
    steps = done(planned(elder("aged", on(3), age=85), *again, now=on(16)))
    assert len(steps) == len(set(steps))


def test_the_quarterly_rhythm_becomes_monthly_in_2026():
    opened = on(1, year=2025)
    assert next_visit(elder("aged", opened), visit(on(2, year=2025))) == "visit:2025-12-31"
    seen = visit(on(3, month=1, year=2026))
    assert next_visit(elder("aged", opened), seen, now=on(4, month=1, year=2026)) == (
        "visit:2026-02-02"
    )


def test_the_end_is_the_next_yearly_review():
    facts = elder(age=83)
    assert planned(facts, now=on(2)).ends_on == OPENED.date().replace(year=2023)
    later = on(2, year=2024)
    assert planned(facts, now=later).ends_on == OPENED.date().replace(year=2025)


def test_care_may_end_at_any_time_with_a_reason_and_asks_for_nothing_then():
    assert planned(elder(), now=on(2)).may_close
    closed = record("release", on(3), "moved_to_children")
    made = planned(elder(), closed, now=on(3))
    assert (made.stage, made.due) == ("closed", ())
    assert said(made.why)


def test_care_goes_on_under_class_b():
    facts = elder(opened_at=on(1, year=2024), edition="class-B", age=83)
    assert next_visit(facts, now=on(2, year=2024)) == "visit:2024-10-04"
