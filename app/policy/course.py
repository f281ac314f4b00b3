"""The course of a control on a person: tests, monitoring and days, under one rule.

Yellow codes and returnees go through the same course; what begins it and what ends
it differs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.lib.words import Say, say
from app.policy.calendar import day_of, days_after, start_of
from app.policy.facts import CaseFacts, RecordFact
from app.policy.monitoring import Watch, watch
from app.policy.params import Control
from app.policy.rule import Rule
from app.policy.rulebook import Rulebook
from app.policy.samples import Sample
from app.policy.steps import Done, Due, fulfilled
from app.policy.testing import Series, first_day, series
from app.policy.verification import deadline


@dataclass(frozen=True, slots=True)
class Course:
    """How far a control has come. `ends_due` is the end date that due times are counted from."""

    tests: Series
    watch: Watch
    results: Rule
    ends_on: date
    ends_due: date
    must_wait: bool
    now: datetime

    @property
    def period_is_over(self) -> bool:
        return not self.must_wait or day_of(self.now) >= self.ends_on

    @property
    def is_complete(self) -> bool:
        """Whether nothing of the control is left to do or to wait for."""
        return self.period_is_over and self.tests.is_complete and not self.watch.is_abnormal

    @property
    def has_begun(self) -> bool:
        return bool(self.tests.filled or self.watch.done)

    @property
    def due(self) -> list[Due]:
        test = self.tests.next_test()
        pending = [_result_step(sample, self.results) for sample in self.tests.pending]
        return [*([test] if test else []), *pending, *self.watch.due]

    @property
    def done(self) -> list[Done]:
        seen = [_result_done(s, self.results) for s in self.tests.samples if s.outcome]
        return [*self.tests.tests_done(), *filter(None, seen), *self.watch.done]

    def complete_at(self, checked_at: datetime) -> datetime:
        """When the last of what had to happen has happened: check, tests, period."""
        over = start_of(self.ends_due) if self.must_wait else None
        moments = (checked_at, over, self.tests.told_at, self.watch.settled_at)
        return max(moment for moment in moments if moment)

    def wanting(self) -> tuple[Say, ...]:
        """What of the control is still wanting."""
        found = []
        if self.tests.missing:
            found.append(say("还差 %(n)s 次检测阴性结果。", n=self.tests.missing))
        if not self.period_is_over:
            found.append(say("管控期未满，到 %(day)s 为止。", day=self.ends_on.isoformat()))
        if self.watch.is_abnormal:
            found.append(say("最近一次健康监测异常，要再测一次正常才能解除。"))
        if self.watch.missed:
            found.append(say("健康监测漏登 %(n)s 次。", n=self.watch.missed))
        return tuple(found)

    def waits_for(self) -> tuple[Say, ...]:
        """What the case waits for that nobody here can hurry."""
        found = []
        if pending := len(self.tests.pending):
            found.append(say("等待 %(n)s 次检测的结果。", n=pending))
        if not self.period_is_over:
            found.append(say("等待管控期满：%(day)s。", day=self.ends_on.isoformat()))
        return tuple(found)


def course(
    facts: CaseFacts,
    records: Sequence[RecordFact],
    rules: Rulebook,
    now: datetime,
    *,
    start: datetime,
    due_starts: Sequence[datetime],
) -> Course:
    """The control of a case counted from `start`.

    Due times are counted from the latest of `due_starts`.
    """
    rule = control_rule(facts, rules)
    ends_on = end_of_control(facts, rule.params, start)
    stay = stay_rule(facts, rules)
    return Course(
        tests=series(rule, records, start=start, due_starts=due_starts),
        watch=watch(stay, records, start=start, ends_on=ends_on, now=now),
        results=deadline(facts, "result", rules),
        ends_on=ends_on,
        ends_due=end_of_control(facts, rule.params, max(due_starts)),
        must_wait=rule.params.whole_period or facts.end_override is not None,
        now=now,
    )


def control_rule(facts: CaseFacts, rules: Rulebook) -> Rule:
    """The rule of the case's reason, as it stood when the case was opened; raises NoRule."""
    return _rule(facts, facts.kind, facts.reason, rules)


def stay_rule(facts: CaseFacts, rules: Rulebook) -> Rule:
    """The rule of daily life under the control: what is watched, and what counts as fever."""
    return _rule(facts, "isolation", control_rule(facts, rules).params.stay, rules)


def end_of_control(facts: CaseFacts, control: Control, start: datetime) -> date:
    """The day of release: the first day after the last full day of the control."""
    return facts.end_override or days_after(first_day(control, start), control.days)


def closing_step(name: str, task: str, rule: Rule, ready_at: datetime) -> Due:
    """The deed that ends a control, due some hours after all is ready for it."""
    opens_at = ready_at + timedelta(hours=rule.params.opens_h)
    return Due(name, task, opens_at, ready_at + timedelta(hours=rule.params.due_h), rule.id)


def _rule(facts: CaseFacts, kind: str, key: str, rules: Rulebook) -> Rule:
    return rules.rule(kind, key, facts.edition, facts.jurisdiction, day_of(facts.opened_at))


def _result_step(sample: Sample, rule: Rule) -> Due:
    name = f"result:{sample.at:%Y%m%dT%H%M%S}"
    opens_at = sample.at + timedelta(hours=rule.params.opens_h)
    return Due(name, "result", opens_at, sample.at + timedelta(hours=rule.params.due_h), rule.id)


def _result_done(sample: Sample, rule: Rule) -> Done | None:
    """The result as a step of its own; None where one record told sample and result."""
    if sample.result == sample.record:
        return None
    step = _result_step(sample, rule)
    return fulfilled(step, record=sample.result, at=sample.told_at)
