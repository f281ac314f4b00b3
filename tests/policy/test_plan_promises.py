"""What `plan` promises of every case, whatever was recorded of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.policy.facts import CaseFacts, RecordFact, Situation
from app.policy.plan import STAGES, TASKS, Plan, plan
from app.policy.rulebook import RULES
from tests.policy.casework import YINGZE, on, withdrawal

OPENED = {
    "ninth": on(6, "10:20"),
    "twenty": on(15, "10:20", month=11),
    "ten": on(8, "10:20", month=12),
    "class-B": on(6, "10:20", month=10, year=2025),
}
PLACES = (YINGZE, "320102", "CN")
EVERY_REASON = sorted(
    {
        (kind, edition, place, reason.key)
        for kind in ("yellow", "returnee", "elder")
        for edition, opened_at in OPENED.items()
        for place in PLACES
        for reason in RULES.reasons(kind, edition, place, opened_at.date())
    }
)
OUTCOMES = {
    "code_check": ("confirmed",) * 5 + ("elsewhere", "unreachable", "not_ours", "wrong"),
    "arrival_check": ("confirmed",) * 5 + ("elsewhere", "unreachable", "not_ours"),
    "test": ("sampled",) * 5 + ("negative",) * 5 + ("positive", "missed"),
    "monitor": ("normal", "normal", "abnormal"),
    "visit": ("well", "well", "needs", "unwell", "hospital", "not_seen"),
    "attempt": ("",),
    "arrival": ("",),
    "decode_application": ("applied",),
    "decode_result": ("green", "returned"),
    "release": ("ended",),
}
OF_CASE = {
    "yellow": ("code_check", "test", "test", "monitor", "decode_application", "decode_result"),
    "returnee": ("arrival", "arrival_check", "test", "test", "monitor"),
    "elder": ("visit",),
}
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Mostly a few hours or days after the opening, on the hour; sometimes any minute.
minutes = st.integers(-4, 30).map(lambda n: n * 4 * 60) | st.integers(-2880, 16 * 1440)


@st.composite
def situations(draw, opened_on: date) -> Situation:
    begins = opened_on + timedelta(days=draw(st.integers(-10, 12)))
    lasts = draw(st.none() | st.integers(0, 8))
    ends = None if lasts is None else begins + timedelta(days=lasts)
    return Situation(draw(st.sampled_from(["silent", "heat", "storm", "cold"])), begins, ends)


@st.composite
def cases(draw) -> CaseFacts:
    kind, edition, place, reason = draw(st.sampled_from(EVERY_REASON))
    opened_at = OPENED[edition]
    earlier = draw(st.none() | st.integers(-48, 72))
    of_elder = st.lists(situations(opened_at.date()), max_size=3).map(tuple)
    return CaseFacts(
        kind,
        opened_at,
        reason,
        edition,
        place,
        anchor=None if earlier is None else opened_at + timedelta(hours=earlier),
        age=draw(st.none() | st.integers(60, 99)),
        high_risk=draw(st.booleans()),
        situations=draw(of_elder) if kind == "elder" else (),
        end_override=draw(st.none() | st.just(opened_at.date() + timedelta(days=5))),
    )


@st.composite
def records(draw, facts: CaseFacts, number: int) -> RecordFact:
    rare = draw(st.integers(0, 19)) == 0
    kind = draw(st.sampled_from(("attempt", "release") if rare else OF_CASE[facts.kind]))
    at = facts.opened_at + timedelta(minutes=draw(minutes))
    received_at = at + timedelta(minutes=draw(st.integers(0, 5 * 24 * 60)))
    fields = {"outcome": draw(st.sampled_from(OUTCOMES[kind])), **draw(_details(kind, at))}
    return RecordFact(f"record-{number}", kind, at, received_at, fields)


def _details(kind: str, at: datetime) -> st.SearchStrategy:
    """What else a record may tell, a few hours before it was made at most."""
    moment = st.integers(0, 30).map(lambda hours: (at - timedelta(hours=hours)).isoformat())
    nothing = st.just({})
    told = {
        "test": moment.map(lambda m: {"sampled_at": m})
        | st.sampled_from([{"of": "test:1"}, {"of": "test:2"}]),
        "arrival": moment.map(lambda m: {"arrived_at": m}),
        "monitor": st.sampled_from([{"temperature": 36.5}, {"temperature": 38.2}]),
        "visit": st.sampled_from([{"way": "door"}, {"way": "phone"}]),
    }
    return nothing | nothing | told[kind] if kind in told else nothing


@st.composite
def stories(draw, most: int = 12) -> tuple[CaseFacts, list[RecordFact]]:
    facts = draw(cases())
    number = draw(st.integers(0, most))
    return facts, [draw(records(facts, n)) for n in range(number)]


def ask(facts: CaseFacts, told: list[RecordFact], days: int = 9) -> Plan:
    return plan(facts, told, RULES, facts.opened_at + timedelta(days=days))


def due_times(made: Plan) -> dict:
    return {step.step: step.due_at for step in made.due}


def without_ids(made: Plan) -> Plan:
    return replace(made, done=tuple(replace(step, record="") for step in made.done))


@UNHURRIED
@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_records_never_matters(story, random):
    facts, told = story
    shuffled = random.sample(told, len(told))
    assert ask(facts, shuffled) == ask(facts, told)


@UNHURRIED
@given(stories(), st.data())
def test_a_resend_changes_nothing(story, data):
    facts, told = story
    if not told:
        return
    resent = data.draw(st.sampled_from(told))
    again = replace(resent, received_at=resent.received_at + timedelta(hours=30))
    assert ask(facts, [again, *told]) == ask(facts, told)


@UNHURRIED
@given(stories(), st.data())
def test_a_correction_equals_never_having_made_the_mistake(story, data):
    facts, told = story
    mistake = data.draw(records(facts, 98))
    right = replace(mistake, id="record-99", at=mistake.at - timedelta(hours=5))
    right = replace(right, fields={"outcome": data.draw(st.sampled_from(OUTCOMES[right.kind]))})
    corrected = [*told, mistake, replace(right, supersedes=mistake.id)]
    assert without_ids(ask(facts, corrected)) == without_ids(ask(facts, [*told, right]))


@UNHURRIED
@given(stories(), st.data())
def test_a_withdrawal_equals_never_having_made_the_record(story, data):
    facts, told = story
    mistake = data.draw(records(facts, 99))
    assert ask(facts, [*told, mistake, withdrawal(mistake)]) == ask(facts, told)


@UNHURRIED
@given(stories(), st.data(), st.integers(0, 18))
def test_a_late_upload_never_moves_a_due_time_earlier(story, data, days):
    facts, told = story
    late = data.draw(records(facts, 99))
    latest = max([late.received_at, *(record.received_at for record in told)])
    late = replace(late, received_at=latest + timedelta(minutes=1))
    before, after = due_times(ask(facts, told, days)), due_times(ask(facts, [*told, late], days))
    moved = {step: (before[step], after[step]) for step in before.keys() & after.keys()}
    assert all(now >= was for was, now in moved.values()), moved


@UNHURRIED
@given(stories(), st.integers(0, 25))
def test_an_open_case_has_a_next_step_or_a_stated_reason(story, days):
    facts, told = story
    made = ask(facts, told, days)
    assert made.due or made.may_close or made.waits_for
    assert made.may_close or made.due or made.why


@UNHURRIED
@given(stories(), st.integers(0, 25))
def test_every_plan_is_well_formed(story, days):
    facts, told = story
    made = ask(facts, told, days)
    steps = [step.step for step in (*made.due, *made.done)]
    assert len(steps) == len(set(steps))
    assert all(step.opens_at <= step.due_at for step in (*made.due, *made.done))
    assert all(step.task in TASKS and RULES.by_id(step.rule) for step in (*made.due, *made.done))
    assert made.stage in STAGES[facts.kind]
    assert made.ends_on is not None
    assert all(len(step) <= 40 for step in steps)
    assert {step.record for step in made.done} <= {record.id for record in told}


@pytest.mark.parametrize(("kind", "edition", "place", "reason"), EVERY_REASON)
def test_every_reason_of_every_edition_opens_with_something_due(kind, edition, place, reason):
    made = ask(CaseFacts(kind, OPENED[edition], reason, edition, place), [], days=0)
    assert made.due
    assert made.ends_on
