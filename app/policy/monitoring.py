"""Temperature and symptoms, recorded so often a day as the measure asks.

A record fills the part of the day it was taken in. One that was never made lapses
after a while and is counted as missed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise

from app.policy.calendar import Slot, day_of, days_after, end_of, slot_of
from app.policy.facts import RecordFact
from app.policy.rule import Rule
from app.policy.steps import Done, Due, fulfilled


@dataclass(frozen=True, slots=True)
class Watch:
    """The monitoring of one case: what is due and done, how many lapsed, the last one's state.

    `settled_at`: the latest record, where any was abnormal.
    """

    due: tuple[Due, ...]
    done: tuple[Done, ...]
    missed: int
    is_abnormal: bool
    settled_at: datetime | None


def watch(
    rule: Rule, records: Iterable[RecordFact], *, start: datetime, ends_on: date, now: datetime
) -> Watch:
    """The monitoring under an isolation rule from `start` up to the day of release."""
    monitored = [record for record in records if record.kind == "monitor"]
    told, steps = _by_step(rule, monitored), list(_steps(rule, start, ends_on))
    done = [_done(step, told[step.step]) for step in steps if step.step in told]
    left = [step for step in steps if step.step not in told]
    due = [step for step in left if not _lapsed(rule, step, now)]
    missed = len(left) - len(due)
    done += _done_again(rule, monitored, {step.step for step in steps})
    abnormal = bool(monitored) and _is_abnormal(rule, monitored[-1])
    if abnormal and not any(step.due_at > monitored[-1].at for step in due):
        due.append(_again(rule, monitored[-1]))
    ever_abnormal = any(_is_abnormal(rule, record) for record in monitored)
    settled_at = monitored[-1].at if ever_abnormal else None
    return Watch(tuple(due), tuple(done), missed, abnormal, settled_at)


def _steps(rule: Rule, start: datetime, ends_on: date) -> Iterator[Due]:
    day = day_of(start)
    while day < ends_on:
        for slot in rule.params.slots:
            if slot.closes(day) >= start:
                yield Due(_name(day, slot), "monitor", slot.opens(day), slot.closes(day), rule.id)
        day = days_after(day, 1)


def _by_step(rule: Rule, monitored: list[RecordFact]) -> dict[str, RecordFact]:
    """The first record of each slot."""
    told: dict[str, RecordFact] = {}
    for record in monitored:
        if name := _slot_name(rule, record):
            told.setdefault(name, record)
    return told


def _slot_name(rule: Rule, record: RecordFact) -> str | None:
    slot = slot_of(record.at, rule.params.slots)
    return _name(day_of(record.at), slot) if slot else None


def _name(day: date, slot: Slot) -> str:
    return f"monitor:{day}:{slot.name}"


def _lapsed(rule: Rule, step: Due, now: datetime) -> bool:
    return now > end_of(days_after(day_of(step.due_at), rule.params.keep_days))


def _is_abnormal(rule: Rule, record: RecordFact) -> bool:
    told = record.fields
    fever = float(told.get("temperature") or 0) >= rule.params.fever_c
    return fever or bool(told.get("symptoms")) or record.outcome == "abnormal"


def _done_again(rule: Rule, monitored: list[RecordFact], planned: set[str]) -> list[Done]:
    """Records made after an abnormal one when no part of a day was left to fill."""
    done = {}
    for before, record in pairwise(monitored):
        step = _again(rule, before)
        unplanned = _slot_name(rule, record) not in planned
        if _is_abnormal(rule, before) and unplanned and step != _again(rule, record):
            done.setdefault(step.step, _done(step, record))
    return list(done.values())


def _done(step: Due, record: RecordFact) -> Done:
    return fulfilled(step, record=record.id, at=record.at)


def _again(rule: Rule, abnormal: RecordFact) -> Due:
    day = day_of(abnormal.at)
    due_at = end_of(days_after(day, rule.params.again_days))
    name = f"monitor:again:{abnormal.at.astimezone(UTC):%Y%m%dT%H%M%S}"
    return Due(name, "monitor", abnormal.at, due_at, rule.id)
