"""The plan of an elder on the roll: one contact after another, as long as the case is open.

One visit is due at a time. A contact on a new day fulfils it, early or late, and
the next is counted from that contact.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import count

from app.lib.words import say
from app.policy.calendar import day_of
from app.policy.facts import CaseFacts, RecordFact
from app.policy.rulebook import Rulebook
from app.policy.steps import Done, Due, Plan, as_happened, fulfilled
from app.policy.visits import NOT_SEEN, Contact, Rhythm, Target

WATCHED = ("needs", "unwell", "hospital")


def plan(facts: CaseFacts, records: Sequence[RecordFact], rules: Rulebook, now: datetime) -> Plan:
    """Where the care for an elder stands; `records` are effective ones, in order."""
    due, done, last = _visits(
        Rhythm(facts, group_of(facts, rules), rules), _contacts(facts, records)
    )
    ends_on = facts.end_override or _next_review(facts, rules, day_of(now))
    if any(record.kind == "release" for record in records):
        why = (say("已结档。"),)
        return Plan("closed", done=as_happened(done), ends_on=ends_on, may_close=True, why=why)
    return Plan(
        "watched" if last in WATCHED else "on_roll",
        due=(due,),
        done=as_happened(done),
        ends_on=ends_on,
        may_close=True,
        why=(say("迁出、去世或已有人照料时，写明原因可以结档。"),),
    )


def group_of(facts: CaseFacts, rules: Rulebook) -> str:
    """The visiting group of an elder: by class, by age, by what the director marked."""
    day = day_of(facts.opened_at)
    of_class = rules.rule("elder", facts.reason, facts.edition, facts.jurisdiction, day).params
    is_old = bool(of_class.high_from_age) and (facts.age or 0) >= of_class.high_from_age
    return "high" if facts.high_risk or is_old else of_class.group


def _contacts(facts: CaseFacts, records: Sequence[RecordFact]) -> Iterator[RecordFact]:
    """Visits that met the elder since the case began."""
    first = day_of(min(facts.opened_at, facts.counted_from))
    for record in records:
        if record.kind == "visit" and record.outcome != NOT_SEEN and day_of(record.at) >= first:
            yield record


def _visits(rhythm: Rhythm, contacts: Iterator[RecordFact]) -> tuple[Due, list[Done], str | None]:
    """The visit due now, those done, and the outcome of the last contact."""
    base, done, names = Contact(day_of(rhythm.facts.opened_at)), [], set()
    for record in contacts:
        target = rhythm.next_after(base, seen_on=day_of(record.at))
        if not _counts(record, target):
            continue
        unit = rhythm.unit_of(record)
        if base.is_opening or (unit.day, unit.slot) != (base.day, base.slot):
            step = _named(target, names)
            done.append(fulfilled(step, record=record.id, at=record.at))
            names.add(step.step)
        base = unit
    return _named(rhythm.next_after(base), names), done, base.outcome


def _counts(record: RecordFact, target: Target) -> bool:
    ways = target.rule.params.ways
    return not ways or record.fields.get("way") in ways


def _named(target: Target, names: set[str]) -> Due:
    """The step of a target; a second one for the same day is numbered."""
    due, n = target.as_due(), 1
    while due.step in names:
        n += 1
        due = replace(due, step=f"{target.as_due().step}:{n}")
    return due


def _next_review(facts: CaseFacts, rules: Rulebook, today: date) -> date:
    opened = day_of(facts.opened_at)
    months = rules.rule("review", "yearly", facts.edition, facts.jurisdiction, today).params.months
    reviews = (_months_after(opened, months * n) for n in count(1))
    return next(review for review in reviews if review >= today)


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
