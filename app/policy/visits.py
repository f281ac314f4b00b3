"""When an elder is to be contacted next: by group, situation and what the last contact found.

The next contact is due on a local day, or in a part of it where a situation asks for
several a day. The earliest of what the ordinary days, the situations and the last
outcome ask for counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app.policy.calendar import Slot, day_of, days_after, end_of, slot_of, start_of
from app.policy.facts import CaseFacts, RecordFact, Situation
from app.policy.rule import Rule
from app.policy.rulebook import Rulebook
from app.policy.steps import Due

ORDINARY = "ordinary"
NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class Contact:
    """What the next due day is counted from: the opening, or a contact with its outcome."""

    day: date
    slot: str = ""
    outcome: str | None = None

    @property
    def is_opening(self) -> bool:
        return self.outcome is None


@dataclass(frozen=True, slots=True)
class Target:
    """A day, or a slot of it, by which a rule asks for a contact."""

    day: date
    slot: Slot | None
    rule: Rule

    @property
    def due_at(self) -> datetime:
        return self.slot.closes(self.day) if self.slot else end_of(self.day)

    def as_due(self) -> Due:
        name = f"visit:{self.day}"
        if self.slot:
            opens_at = self.slot.opens(self.day)
            return Due(f"{name}:{self.slot.name}", "visit", opens_at, self.due_at, self.rule.id)
        return Due(name, "visit", start_of(self.day), self.due_at, self.rule.id)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The rules for one elder's group, by situation and day."""

    facts: CaseFacts
    group: str
    rules: Rulebook

    def next_after(self, contact: Contact, seen_on: date | None = None) -> Target:
        """The contact that is due next; `seen_on`: the day it was then made, if it was.

        A situation that began only then does not rename what had been due before it.
        """
        targets = self._targets(contact, seen_on)
        return min(targets, key=lambda target: (target.due_at, not target.slot))

    def unit_of(self, record: RecordFact) -> Contact:
        """The day, or slot of a day, that a visit counts for."""
        day = day_of(record.at)
        slot = slot_of(record.at, self._slots_on(day))
        return Contact(day, slot.name if slot else "", record.outcome)

    def _targets(self, contact: Contact, seen_on: date | None) -> Iterator[Target]:
        ordinary = self._rule(ORDINARY, contact.day)
        yield Target(days_after(contact.day, _interval(ordinary, contact)), None, ordinary)
        for situation in self.facts.situations:
            rule = self._rule(situation.kind, max(contact.day, situation.begins))
            target = _in_situation(situation, rule, contact)
            known = seen_on is None or situation.begins < seen_on or target.day <= seen_on
            if known and _reaches(situation, rule, target.day):
                yield target

    def _slots_on(self, day: date) -> tuple[Slot, ...]:
        """The finest division of a day that a situation asks for."""
        slots = [
            rule.params.slots
            for situation in self.facts.situations
            if situation.begins <= day
            and _reaches(situation, rule := self._rule(situation.kind, day), day)
        ]
        return max(slots, key=len, default=())

    def _rule(self, situation: str, day: date) -> Rule:
        key = f"{self.group}/{situation}"
        return self.rules.rule("visit", key, self.facts.edition, self.facts.jurisdiction, day)


def _in_situation(situation: Situation, rule: Rule, contact: Contact) -> Target:
    """What a situation asks for: from its first day on, whatever came before."""
    if rule.params.slots:
        return _next_slot(situation, rule, contact)
    if contact.day < situation.begins and not contact.is_opening:
        return Target(days_after(situation.begins, rule.params.interval_days), None, rule)
    begin = max(contact.day, situation.begins)
    return Target(days_after(begin, _interval(rule, contact)), None, rule)


def _next_slot(situation: Situation, rule: Rule, contact: Contact) -> Target:
    slots = rule.params.slots
    if contact.day < situation.begins:
        return Target(situation.begins, slots[0], rule)
    if contact.is_opening:
        return Target(days_after(contact.day, rule.params.first_days), slots[-1], rule)
    names = [slot.name for slot in slots]
    following = names.index(contact.slot) + 1 if contact.slot in names else 0
    if following < len(slots) and contact.slot:
        return Target(contact.day, slots[following], rule)
    return Target(days_after(contact.day, 1), slots[0], rule)


def _interval(rule: Rule, contact: Contact) -> int:
    """Days from the opening or a contact to the next one; an outcome may ask for it sooner."""
    if contact.is_opening:
        return rule.params.first_days
    follow_up = {
        "needs": rule.params.needs_days,
        "unwell": rule.params.unwell_days,
        "hospital": rule.params.hospital_days,
    }
    usual = rule.params.interval_days
    return min(usual, follow_up.get(contact.outcome, usual))


def _reaches(situation: Situation, rule: Rule, day: date) -> bool:
    """Whether a situation still counts on a day."""
    return situation.ends is None or day <= days_after(situation.ends, rule.params.after_days)
