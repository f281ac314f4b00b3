"""The plan of a yellow code: reported → verified → tests → ready → applied → green or returned.

The community never colours anybody. It verifies what was pushed or reported, sees
the rule of the reason through, and applies to the city for the code to be turned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.lib.words import Say, say
from app.policy.calendar import day_of
from app.policy.course import Course, control_rule, course
from app.policy.decoding import Decoding, decoding
from app.policy.facts import CaseFacts, RecordFact
from app.policy.rule import Rule
from app.policy.rulebook import Rulebook
from app.policy.steps import Done, Due, Plan, as_happened, by_due
from app.policy.verification import Verification, deadline, verification

WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Yellow:
    """A yellow code with all that was recorded of it."""

    check: Verification
    course: Course
    decoding: Decoding
    apply_rule: Rule
    appeal_rule: Rule
    closing: RecordFact | None
    positive_at: datetime | None
    now: datetime

    @property
    def free_again_at(self) -> datetime | None:
        """From when on an application without an answer may be made again."""
        if not self.decoding.is_waiting:
            return None
        hours = self.appeal_rule.params.answer_h
        return self.decoding.applications[-1].at + timedelta(hours=hours)

    @property
    def is_unanswered(self) -> bool:
        return self.free_again_at is not None and self.now >= self.free_again_at

    @property
    def is_wrong(self) -> bool:
        """Whether the check found that the colour itself was a mistake."""
        return self.check.outcome == WRONG

    @property
    def is_ready(self) -> bool:
        return bool(self.check.checks) and (self.is_wrong or self.course.is_complete)

    @property
    def is_positive(self) -> bool:
        """Whether a positive result stands that no later green answer has settled."""
        settled = self.decoding.is_green and self.decoding.answered_at
        return self.positive_at is not None and not (settled and settled > self.positive_at)

    @property
    def done(self) -> list[Done]:
        applied = self.decoding.done(self.apply_rule)
        return [*self.check.done, *self.course.done, *applied]

    @property
    def due(self) -> list[Due]:
        begun = [] if self.is_wrong else self.course.due
        return [*self.check.due, *begun, *([self._apply()] if self.is_ready else [])]

    def _apply(self) -> Due:
        ready_at = self.check.at if self.is_wrong else self.course.complete_at(self.check.at)
        begin = max(ready_at, self.free_again_at or ready_at)
        return self.decoding.next_step(self.apply_rule, begin, is_appeal=self.is_wrong)


def plan(facts: CaseFacts, records: Sequence[RecordFact], rules: Rulebook, now: datetime) -> Plan:
    """Where a yellow code stands; `records` are effective ones, in order."""
    case = _read(facts, records, rules, now)
    if ended := _ended(case):
        stage, why = ended
        return _closable(case, stage, why)
    if case.is_positive:
        return _positive(case)
    if lives_elsewhere := case.check.lives_elsewhere:
        return _closable(case, "transferred", lives_elsewhere)
    if case.decoding.is_waiting and not case.is_unanswered:
        return _applied(case)
    return _under_way(case)


def _read(
    facts: CaseFacts, records: Sequence[RecordFact], rules: Rulebook, now: datetime
) -> Yellow:
    start = facts.counted_from
    by_opening = control_rule(facts, rules).params.clock == "opened"
    due_start = max(start, facts.opened_at) if by_opening else start
    positive = [r.at for r in records if r.kind == "test" and r.outcome == "positive"]
    return Yellow(
        check=verification(facts, records, rules),
        course=course(facts, records, rules, now, start=start, due_starts=[due_start]),
        decoding=decoding(records),
        apply_rule=deadline(facts, "decode", rules),
        appeal_rule=rules.appeal(facts.edition, facts.jurisdiction, day_of(facts.opened_at)),
        closing=next((r for r in records if r.kind == "release"), None),
        positive_at=max(positive, default=None),
        now=now,
    )


def _ended(case: Yellow) -> tuple[str, Say] | None:
    if case.closing:
        return "closed", say("已结档。")
    if case.decoding.is_green and not case.is_positive:
        return "green", say("已转绿码，可以结档。")
    return None


def _closable(case: Yellow, stage: str, why: Say) -> Plan:
    done, ends_on = as_happened(case.done), case.course.ends_on
    return Plan(stage, done=done, ends_on=ends_on, may_close=True, why=(why,))


def _positive(case: Yellow) -> Plan:
    return Plan(
        "positive",
        done=as_happened(case.done),
        ends_on=case.course.ends_on,
        why=(say("检测结果阳性，不能解码。"),),
        waits_for=(say("等待专班转运和流调的结果。"),),
    )


def _applied(case: Yellow) -> Plan:
    hours = case.appeal_rule.params.answer_h
    waiting = say("已申报解码，等待上级答复；%(hours)s 小时未答复可再次申报。", hours=hours)
    return Plan(
        "applied",
        done=as_happened(case.done),
        ends_on=case.course.ends_on,
        why=(say("上级还没有答复。"),),
        waits_for=(waiting,),
    )


def _under_way(case: Yellow) -> Plan:
    return Plan(
        _stage(case),
        due=by_due(case.due),
        done=as_happened(case.done),
        ends_on=case.course.ends_on,
        why=_why_not(case),
        waits_for=() if case.is_wrong else case.course.waits_for(),
    )


def _stage(case: Yellow) -> str:
    if not case.check.checks:
        return "reported"
    if case.is_ready:
        return "returned" if case.decoding.is_returned else "ready"
    return "testing" if case.course.has_begun else "verified"


def _why_not(case: Yellow) -> tuple[Say, ...]:
    returned = [_returned(case.decoding)] if case.decoding.is_returned else []
    unverified = [] if case.check.checks else [say("还没有核实。")]
    if case.is_wrong:
        wanting: tuple[Say, ...] = (say("核实为误赋码，等待申诉解码。"),)
    else:
        wanting = case.course.wanting()
    hours = case.appeal_rule.params.answer_h
    unheard = [say("上次申报 %(hours)s 小时没有答复，可以再次申报。", hours=hours)]
    returned = unheard if case.is_unanswered else returned
    ready = [say("已满足解码条件，等待申报。")] if case.is_ready and not case.is_wrong else []
    return (*returned, *unverified, *wanting, *ready)


def _returned(course: Decoding) -> Say:
    reason = course.answers[-1].fields.get("reason") or ""
    return say("申报被退回：%(reason)s", reason=reason) if reason else say("申报被退回。")
