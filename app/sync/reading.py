"""Reading what a phone sent: entries out of JSON, each told apart from what can be none.

The times are set right on the way (app/sync/clocks.py): a phone's clock may be wrong.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.domain.photos import MOST_PHOTOS
from app.intake.accept import Entry
from app.intake.kind import clean
from app.lib.ids import read_id
from app.lib.refusal import Refused
from app.lib.words import say
from app.sync import clocks

MOST_ENTRIES = 500
HASH = re.compile(r"[0-9a-f]{64}")
PRINT = re.compile(r"[0-9a-f]{1,64}")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something in the list that is no entry; `id` as it came, to answer it by."""

    id: Any


def read_batch(whole: Any, *, at: datetime) -> list[Entry | Unreadable]:
    """The entries of a message in their order; Refused where it is no message at all."""
    entries = whole.get("entries") if isinstance(whole, Mapping) else None
    if not isinstance(entries, list):
        raise Refused(say("没有看懂手机送来的内容，请更新后再试。"))
    if len(entries) > MOST_ENTRIES:
        raise Refused(say("一次最多送 %(most)s 条，请分几次送。", most=MOST_ENTRIES))
    read = [_read(entry) for entry in entries]
    shown = [
        clocks.Shown(entry.recorded_at, _after(told.get("after"), at))
        for entry, told in zip(read, entries, strict=True)
        if isinstance(entry, Entry)
    ]
    times = iter(clocks.set_right(shown, clocks.ahead(_sent_at(whole), at), at))
    return [
        replace(entry, recorded_at=next(times)) if isinstance(entry, Entry) else entry
        for entry in read
    ]


def clock_off(whole: Any, *, at: datetime) -> int | None:
    """By how many seconds the phone's clock is ahead, if its owner should be told."""
    off = clocks.ahead(_sent_at(whole), at)
    return round(off.total_seconds()) if abs(off) > clocks.WORTH_TELLING else None


def _sent_at(whole: Mapping[str, Any]) -> datetime | None:
    return _instant(whole.get("sent_at"))


def _after(told: Any, at: datetime) -> datetime | None:
    """When the phone had last heard from us; what cannot be says nothing."""
    after = _instant(told)
    return after if after and clocks.EARLIEST <= after <= at else None


def _read(told: Any) -> Entry | Unreadable:
    """An entry with the time that the phone's clock showed."""
    if not isinstance(told, Mapping):
        return Unreadable(None)
    entry_id, recorded_at = _id(told.get("id")), _instant(told.get("recorded_at"))
    subject, fields = told.get("subject") or {}, told.get("fields") or {}
    shaped = isinstance(subject, Mapping) and isinstance(fields, Mapping)
    if entry_id is None or recorded_at is None or not shaped:
        return Unreadable(told.get("id"))
    return Entry(
        id=entry_id,
        kind=clean(told.get("kind")),
        recorded_at=recorded_at,
        subject={clean(name): value for name, value in subject.items()},
        fields={clean(name): value for name, value in fields.items()},
        via="phone",
        form=_print(told.get("form")),
        photos=hashes(told.get("photos")),
    )


def _print(told: Any) -> str:
    """The print of the form it was written on (`Kind.form_print`); empty where none is told."""
    return told if isinstance(told, str) and PRINT.fullmatch(told) else ""


def hashes(told: Any) -> tuple[str, ...]:
    """The photos that are named, each once; what is no hash names none."""
    listed = told if isinstance(told, list) else []
    named = [one for one in listed if isinstance(one, str) and HASH.fullmatch(one)]
    return tuple(dict.fromkeys(named))[:MOST_PHOTOS]


def _id(text: Any) -> UUID | None:
    return read_id(text) if isinstance(text, str) else None


def _instant(text: Any) -> datetime | None:
    """An ISO 8601 time with its zone."""
    try:
        instant = datetime.fromisoformat(text) if isinstance(text, str) else None
        return instant.astimezone(UTC) if instant and instant.tzinfo else None
    except (ValueError, OverflowError):
        return None
