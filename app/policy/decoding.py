"""Applying for a code to be turned green, and what the city answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.policy.course import closing_step
from app.policy.facts import RecordFact
from app.policy.rule import Rule
from app.policy.steps import Done, Due, fulfilled


@dataclass(frozen=True, slots=True)
class Decoding:
    """The applications and answers of a case, in the order they happened."""

    applications: tuple[RecordFact, ...]
    answers: tuple[RecordFact, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether an application has no answer yet."""
        if not self.applications:
            return False
        return not self.answers or self.answers[-1].at < self.applications[-1].at

    @property
    def is_green(self) -> bool:
        return bool(self.answers) and self.answers[-1].outcome == "green" and not self.is_waiting

    @property
    def is_returned(self) -> bool:
        return bool(self.answers) and not self.is_green and not self.is_waiting

    @property
    def answered_at(self) -> datetime | None:
        return self.answers[-1].at if self.answers else None

    def next_step(self, rule: Rule, ready_at: datetime, *, is_appeal: bool) -> Due:
        """Apply, or apply again, within the hours of the rule."""
        name = "decode:appeal" if is_appeal else "decode"
        begin = max(ready_at, self.answered_at or ready_at)
        return closing_step(f"{name}:{len(self.applications) + 1}", "decode", rule, begin)

    def done(self, rule: Rule) -> list[Done]:
        return [_applied(n, one, rule) for n, one in enumerate(self.applications, start=1)]


def decoding(records: Iterable[RecordFact]) -> Decoding:
    """The applications and answers among effective records, in order."""
    records = list(records)
    return Decoding(
        tuple(record for record in records if record.kind == "decode_application"),
        tuple(record for record in records if record.kind == "decode_result"),
    )


def _applied(n: int, application: RecordFact, rule: Rule) -> Done:
    step = Due(f"decode:{n}", "decode", application.at, application.at, rule.id)
    return fulfilled(step, record=application.id, at=application.at)
