"""Reading what a phone sent: entries out of JSON, each told apart from what can be none.

A phone's clock may be wrong. `sent_at` says what it showed when it sent, so that the
times of its entries can be set right by the same span.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from app.domain.photos import MOST_PHOTOS
from app.intake.accept import Entry
from app.intake.kind import clean
from app.lib.ids import read_id
from app.lib.refusal import Refused
from app.lib.words import say

MOST_ENTRIES = 500
# A difference that the way of the message explains, not the clock.
FINE = timedelta(minutes=2)
HASH = re.compile(r"[0-9a-f]{64}")
# No phone has written anything before: a clock that was never set.
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)


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
    ahead = _ahead(whole.get("sent_at"), at)
    return [_read(entry, ahead=ahead, at=at) for entry in entries]


def _ahead(sent_at: Any, now: datetime) -> timedelta:
    """How far the phone's clock is ahead of ours; nothing where it is near enough or unknown."""
    showed = _instant(sent_at)
    ahead = showed - now if showed else timedelta(0)
    return ahead if abs(ahead) > FINE else timedelta(0)


def _read(told: Any, *, ahead: timedelta, at: datetime) -> Entry | Unreadable:
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
        recorded_at=_set_right(recorded_at, ahead, at),
        subject={clean(name): value for name, value in subject.items()},
        fields={clean(name): value for name, value in fields.items()},
        via="phone",
        photos=hashes(told.get("photos")),
    )


def hashes(told: Any) -> tuple[str, ...]:
    """The photos that are named, each once; what is no hash names none."""
    listed = told if isinstance(told, list) else []
    named = [one for one in listed if isinstance(one, str) and HASH.fullmatch(one)]
    return tuple(dict.fromkeys(named))[:MOST_PHOTOS]


def _set_right(recorded_at: datetime, ahead: timedelta, at: datetime) -> datetime:
    """When it was by our clock; never later than now, and now where the phone cannot know."""
    try:
        right = recorded_at - ahead
    except OverflowError:
        return at
    return at if right < EARLIEST else min(right, at)


def _id(text: Any) -> UUID | None:
    return read_id(text) if isinstance(text, str) else None


def _instant(text: Any) -> datetime | None:
    """An ISO 8601 time with its zone."""
    try:
        instant = datetime.fromisoformat(text) if isinstance(text, str) else None
        return instant.astimezone(UTC) if instant and instant.tzinfo else None
    except (ValueError, OverflowError):
        return None
