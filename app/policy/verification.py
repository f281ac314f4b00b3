"""The first verification: by when, what it found, and how to go on when nobody is reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.lib.words import N_, Say, say
from app.policy.calendar import day_of
from app.policy.facts import CaseFacts, RecordFact
from app.policy.params import Try
from app.policy.rule import Rule
from app.policy.rulebook import Rulebook
from app.policy.steps import Done, Due, fulfilled

# The record kind that verifies a case of a kind.
CHECKS = {"yellow": "code_check", "returnee": "arrival_check"}
NOT_REACHED = "unreachable"
ELSEWHERE = {
    "elsewhere": N_("核实结果：本人现住别处，转出后可以结档。"),
    "not_ours": N_("核实结果：不是本社区居民，转出后可以结档。"),
}


@dataclass(frozen=True, slots=True)
class Verification:
    """The step of verifying and the checks that reached somebody, in the order they happened."""

    step: Due
    checks: tuple[RecordFact, ...]

    @property
    def outcome(self) -> str:
        """What the latest check found; empty before the first."""
        return self.checks[-1].outcome if self.checks else ""

    @property
    def at(self) -> datetime | None:
        """When the latest check was made."""
        return self.checks[-1].at if self.checks else None

    @property
    def due(self) -> list[Due]:
        return [] if self.checks else [self.step]

    @property
    def done(self) -> list[Done]:
        first = self.checks[:1]
        return [fulfilled(self.step, record=check.id, at=check.at) for check in first]

    @property
    def lives_elsewhere(self) -> Say | None:
        """Why the case is not ours, if it is not."""
        return say(ELSEWHERE[self.outcome]) if self.outcome in ELSEWHERE else None


def verification(facts: CaseFacts, records: Iterable[RecordFact], rules: Rulebook) -> Verification:
    """How far the verification of a case has come; `records` are effective ones, in order."""
    rule = deadline(facts, f"verify_{facts.kind}", rules)
    begin = max(facts.opened_at, facts.counted_from)
    due_at = begin + timedelta(hours=rule.params.due_h)
    step = Due("verify", "verify", facts.opened_at, due_at, rule.id)
    checks = (record for record in records if record.kind == CHECKS[facts.kind])
    return Verification(step, tuple(check for check in checks if check.outcome != NOT_REACHED))


def next_try(attempts: int, ladder: Rule) -> Try:
    """What to do after so many attempts that reached nobody: the ladder's next rung."""
    tries = ladder.params.tries
    return tries[min(attempts, len(tries) - 1)]


def deadline(facts: CaseFacts, key: str, rules: Rulebook) -> Rule:
    """A rule of kind "deadline" for a case."""
    day = day_of(facts.opened_at)
    return rules.rule("deadline", key, facts.edition, facts.jurisdiction, day)
