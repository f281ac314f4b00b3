"""The plan of a returnee: reported → arrived → verified → monitored → releasable → released.

The label of the journey decides the tests, the measure and the days, counted from
the arrival. An arrival that was only announced starts nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.lib.words import Say, say
from app.policy.calendar import day_of, moment_of
from app.policy.course import Course, closing_step, control_rule, course, end_of_control
from app.policy.facts import CaseFacts, RecordFact
from app.policy.rule import Rule
from app.policy.rulebook import Rulebook
from app.policy.steps import Done, Due, Plan, as_happened, by_due, fulfilled
from app.policy.verification import Verification, deadline, verification


@dataclass(frozen=True, slots=True)
class Return:
    """A return with all that was recorded of it. `course` is there once he has arrived."""

    facts: CaseFacts
    check: Verification
    course: Course | None
    release_rule: Rule
    release: RecordFact | None
    is_positive: bool

    @property
    def is_releasable(self) -> bool:
        return bool(self.check.checks and self.course and self.course.is_complete)

    @property
    def due(self) -> list[Due]:
        if self.course is None:
            return [*self.check.due, *([self._arrival()] if self.check.checks else [])]
        freed = [self._release()] if self.is_releasable else []
        return [*self.check.due, *self.course.due, *freed]

    @property
    def done(self) -> list[Done]:
        done = [*self.check.done, *(self.course.done if self.course else [])]
        if self.release and self.course and self.check.checks:
            step = self._release()
            done.append(fulfilled(step, record=self.release.id, at=self.release.at))
        return done

    def _release(self) -> Due:
        ready_at = self.course.complete_at(self.check.at)
        return closing_step("release", "release", self.release_rule, ready_at)

    def _arrival(self) -> Due:
        """He is there, but nobody has told since when: the days cannot be counted."""
        begin = max(self.check.at, self.facts.counted_from)
        due_at = begin + timedelta(hours=self.release_rule.params.due_h)
        return Due("arrival", "arrival", self.check.at, due_at, self.check.step.rule)


def plan(facts: CaseFacts, records: Sequence[RecordFact], rules: Rulebook, now: datetime) -> Plan:
    """Where a return stands; `records` are effective ones, in order."""
    case = _read(facts, records, rules, now)
    ends_on = case.course.ends_on if case.course else _expected_end(facts, rules)
    done = as_happened(case.done)
    if ended := _ended(case):
        stage, why = ended
        return Plan(stage, done=done, ends_on=ends_on, may_close=True, why=(why,))
    if case.is_positive:
        why = (say("检测结果阳性，不能解除。"),)
        waits_for = (say("等待专班转运和流调的结果。"),)
        return Plan("positive", done=done, ends_on=ends_on, why=why, waits_for=waits_for)
    return Plan(_stage(case), by_due(case.due), done, ends_on, case.is_releasable, *_standing(case))


def _read(
    facts: CaseFacts, records: Sequence[RecordFact], rules: Rulebook, now: datetime
) -> Return:
    check = verification(facts, records, rules)
    return Return(
        facts=facts,
        check=check,
        course=_course(facts, records, rules, now, is_checked=bool(check.checks)),
        release_rule=deadline(facts, "release", rules),
        release=next((r for r in records if r.kind == "release"), None),
        is_positive=any(r.kind == "test" and r.outcome == "positive" for r in records),
    )


def _course(
    facts: CaseFacts,
    records: Sequence[RecordFact],
    rules: Rulebook,
    now: datetime,
    *,
    is_checked: bool,
) -> Course | None:
    """The control since the arrival; None before it.

    Of several arrivals the one told last counts. Due times are counted from the latest
    of all, so that nobody becomes late because an earlier arrival comes to be known.
    """
    arrivals = [_arrival_time(r) for r in records if _is_arrival(r)]
    told = [facts.anchor] if facts.anchor else []
    if arrivals:
        start = arrivals[-1]
    elif told and (facts.anchor <= facts.opened_at or (is_checked and facts.anchor <= now)):
        start = facts.anchor
    else:
        return None
    return course(facts, records, rules, now, start=start, due_starts=arrivals + told)


def _is_arrival(record: RecordFact) -> bool:
    """Whether a record tells of an arrival that has happened, not of one to come."""
    if record.kind != "arrival" or record.outcome == "announced":
        return False
    return day_of(_arrival_time(record)) <= day_of(record.at)


def _arrival_time(record: RecordFact) -> datetime:
    told = record.fields.get("arrived_at")
    return moment_of(told) if told else record.at


def _expected_end(facts: CaseFacts, rules: Rulebook) -> date:
    return end_of_control(facts, control_rule(facts, rules).params, facts.counted_from)


def _ended(case: Return) -> tuple[str, Say] | None:
    if case.release:
        return "released", say("已解除管控。")
    if case.check.lives_elsewhere and not case.is_positive:
        return "transferred", case.check.lives_elsewhere
    return None


def _stage(case: Return) -> str:
    if case.course is None:
        return "reported"
    if not case.check.checks:
        return "arrived"
    if case.is_releasable:
        return "releasable"
    return "monitored" if case.course.has_begun else "verified"


def _standing(case: Return) -> tuple[tuple[Say, ...], tuple[Say, ...]]:
    """Why it may or may not be closed, and what it waits for."""
    unverified = () if case.check.checks else (say("还没有核实。"),)
    if case.course is None:
        return (*unverified, say("还没有抵达登记。")), (_announced(case.facts),)
    met = (say("监测期满，检测齐全，可以解除。"),) if case.is_releasable else ()
    return (*unverified, *case.course.wanting(), *met), case.course.waits_for()


def _announced(facts: CaseFacts) -> Say:
    if facts.anchor is None:
        return say("等待本人抵达。")
    return say("等待本人抵达，预计 %(day)s。", day=day_of(facts.anchor).isoformat())
