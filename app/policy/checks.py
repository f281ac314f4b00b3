"""Lists that are pushed down for people to be checked: by when, what is found, when to try again.

A sender's deadline passes several levels, and each keeps some hours for itself. Every step
of it is told (`Clock.leads`), so that whoever works by the last one sees where the time went.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.policy.calendar import Slot, day_of, days_after, slot_of
from app.policy.params import Answer, Comeback
from app.policy.rule import NoRule, Rule
from app.policy.rulebook import Rulebook

# From the top down to who does the work.
LEVELS = ("province", "city", "district", "subdistrict", "community")
# An office whose name tells no level is the one right above us.
NEAREST = "subdistrict"
PHONE, DOOR = "phone", "door"


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when rules are asked for: the edition in force, the area's code, the day."""

    edition: str
    jurisdiction: str
    rules: Rulebook

    def rule(self, kind: str, key: str, at: datetime) -> Rule:
        return self.rules.rule(kind, key, self.edition, self.jurisdiction, day_of(at))


@dataclass(frozen=True, slots=True)
class Lead:
    """One level's share: its hours, and what is left of the deadline after it."""

    words: str
    hours: int
    until: datetime
    rule: str


@dataclass(frozen=True, slots=True)
class Clock:
    """By when a list is worked through, and how that came about."""

    received_at: datetime
    deadline_at: datetime | None
    leads: tuple[Lead, ...]
    due_at: datetime
    alarms: tuple[tuple[int, datetime], ...]
    rule: str

    @property
    def rings(self) -> tuple[tuple[str, datetime], ...]:
        """Every time at which people are told that it is not done, by name, each moment once."""
        own = {self.due_at: "due", self.deadline_at: "deadline"} if self.deadline_at else {}
        rings = own | {at: f"{hours}h" for hours, at in self.alarms}
        return tuple((name, at) for at, name in sorted(rings.items()))

    def rang(self, now: datetime) -> int:
        """The hours of the last alarm that has passed; 0 before the first."""
        return max((hours for hours, at in self.alarms if at <= now), default=0)


def level_of(sender: str, place: Place, at: datetime) -> str:
    """The level of an office by its name: the smallest that is named counts."""
    leads = {level: place.rule("lead", level, at).params for level in LEVELS}
    named = re.sub("|".join(leads["community"].signs), "", sender)
    levels = reversed(LEVELS[:-1])
    known = (one for one in levels if any(sign in named for sign in leads[one].signs))
    return next(known, NEAREST)


def clock_of(
    received_at: datetime, deadline_at: datetime | None, sender: str, place: Place
) -> Clock:
    """The hours of the rule from the receipt, or what the levels leave of the sender's deadline."""
    rule = place.rule("deadline", "check", received_at)
    due_at = received_at + timedelta(hours=rule.params.due_h)
    leads = _leads(received_at, deadline_at, sender, place) if deadline_at else ()
    alarms = tuple((h, received_at + timedelta(hours=h)) for h in rule.params.alarms_h)
    last = leads[-1].until if leads else deadline_at
    if last and last < due_at:
        return Clock(received_at, deadline_at, leads, last, alarms, rule.id)
    return Clock(received_at, deadline_at, leads, due_at, alarms, rule.id)


def next_try(tries: list[str], answer: Answer, at: datetime, place: Place) -> "Try | None":
    """When and how to try again; None where all that is foreseen was tried.

    `tries`: the ways by which nobody was reached, the one just made among them.
    """
    rule: Comeback = place.rule("comeback", "check", at).params
    calls, visits = tries.count(PHONE), tries.count(DOOR)
    if not visits and not answer.way and calls < rule.calls:
        return Try(PHONE, _another_slot(at, rule.slots))
    if visits < rule.visits:
        return Try(DOOR, _another_slot(at, rule.slots) if visits else at)
    return None


@dataclass(frozen=True, slots=True)
class Try:
    way: str
    at: datetime


def answers(place: Place, at: datetime) -> tuple[Rule, ...]:
    """What can be found, in the order of the data."""
    day = day_of(at)
    reasons = place.rules.reasons("answer", place.edition, place.jurisdiction, day)
    return tuple(place.rules.by_id(reason.rule) for reason in reasons)


def answer(key: str, place: Place, at: datetime) -> Rule | None:
    """One of them; None where there is no such answer."""
    try:
        return place.rule("answer", key, at)
    except NoRule:
        return None


def _leads(
    received_at: datetime, deadline_at: datetime, sender: str, place: Place
) -> tuple[Lead, ...]:
    until, found = deadline_at, []
    below = LEVELS[LEVELS.index(level_of(sender, place, received_at)) + 1 :]
    for one in below:
        rule = place.rule("lead", one, received_at)
        least = received_at + timedelta(hours=rule.params.least_h)
        floor = min(deadline_at, least)
        until = max(min(until, until - timedelta(hours=rule.params.hours)), floor)
        found.append(Lead(rule.words, rule.params.hours, until, rule.id))
    return tuple(found)


def _another_slot(at: datetime, slots: tuple[Slot, ...]) -> datetime:
    """When the next part of the day begins that is not the one of `at`."""
    day, now = day_of(at), slot_of(at, slots)
    later = [slot.opens(day) for slot in slots if slot is not now and slot.opens(day) > at]
    return min(later, default=slots[0].opens(days_after(day, 1)))
