"""Cases and records for the tests of the rules, told in local time of October 2022."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

from app.lib.clock import LOCAL
from app.policy.facts import CaseFacts, RecordFact
from app.policy.plan import Plan, plan
from app.policy.rulebook import RULES

YINGZE = "140106"
_numbers = count(1)


def on(day: int, clock: str = "09:00", month: int = 10, year: int = 2022) -> datetime:
    """A local wall-clock time, in October 2022 unless told otherwise."""
    hour, minute = map(int, clock.split(":"))
    return datetime(year, month, day, hour, minute, tzinfo=LOCAL)


def day(number: int, month: int = 10) -> date:
    return date(2022, month, number)


def case(kind: str, reason: str, opened_at: datetime, **told) -> CaseFacts:
    told = {"edition": RULES.edition_on(opened_at.date()), "jurisdiction": YINGZE} | told
    return CaseFacts(kind, opened_at, reason, **told)


def record(kind: str, at: datetime, outcome: str = "", **fields) -> RecordFact:
    """A record that reached us ten minutes after it happened."""
    fields = {"outcome": outcome, **fields}
    return RecordFact(f"record-{next(_numbers)}", kind, at, at + timedelta(minutes=10), fields)


def correction(wrong: RecordFact, **changed) -> RecordFact:
    """The right version of a record, told a day later."""
    received_at = wrong.received_at + timedelta(days=1)
    id = f"{wrong.id}-corrected"
    return replace(wrong, id=id, received_at=received_at, supersedes=wrong.id, **changed)


def withdrawal(wrong: RecordFact) -> RecordFact:
    received_at = wrong.received_at + timedelta(days=1)
    return RecordFact(
        f"{wrong.id}-withdrawn", "withdrawal", wrong.at, received_at, supersedes=wrong.id
    )


def planned(facts: CaseFacts, *records: RecordFact, now: datetime) -> Plan:
    return plan(facts, records, RULES, now)


def due(made: Plan) -> dict[str, datetime]:
    """By when each open step is due, in local time."""
    return {step.step: step.due_at.astimezone(LOCAL) for step in made.due}


def opens(made: Plan) -> dict[str, datetime]:
    return {step.step: step.opens_at.astimezone(LOCAL) for step in made.due}


def done(made: Plan) -> list[str]:
    return [step.step for step in made.done]


def said(sentences) -> str:
    return " ".join(str(sentence) for sentence in sentences)
