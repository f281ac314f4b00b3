"""What became of one entry: answered to its author, and written down as its receipt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.domain import photos
from app.domain.people import User
from app.domain.receipts import Receipt
from app.domain.records import Record
from app.intake.accept import Accepted, Entry
from app.lib.db import session
from app.lib.words import Say, say
from app.sync.body import fingerprint, packed


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one entry; a kept one has words where its author should know something."""

    id: UUID
    state: str  # kept | already | refused | held | returned
    why: Say | None = None
    fields: dict[str, list[Any]] | None = None
    record_id: UUID | None = None
    resident_id: int | None = None
    # Whose director decides on what is held.
    community_id: int | None = None

    @property
    def record(self) -> Record | None:
        return session.get(Record, self.record_id) if self.record_id else None


def kept(entry: Entry, accepted: Accepted) -> Answer:
    record = accepted.record
    return Answer(
        entry.id,
        "kept",
        accepted.notice,
        record_id=record.id,
        resident_id=record.resident_id,
        community_id=record.community_id,
    )


def as_before(seen: Receipt, entry_id: UUID) -> Answer:
    """The answer that was given the first time, or that somebody has given since."""
    why = Say.from_json(seen.why) if seen.why else None
    if seen.state == "withdrawn":
        return Answer(entry_id, "already", say("您已经撤回了这条登记。"))
    if seen.state == "kept":
        return Answer(entry_id, "already", why, record_id=seen.record_id)
    return Answer(entry_id, seen.state, why, seen.field_errors, community_id=seen.community_id)


def receipts_of(entry_ids: Iterable[UUID]) -> dict[UUID, Receipt]:
    """The receipts of entries that have come before, as they are now, by id."""
    wanted = select(Receipt).where(Receipt.entry_id.in_(list(entry_ids)))
    rows = session.scalars(wanted.execution_options(populate_existing=True))
    return {receipt.entry_id: receipt for receipt in rows}


def note(
    entry: Entry, answer: Answer, *, by: User, at: datetime, seen: Receipt | None = None
) -> Receipt:
    """Write down what an entry was answered; only what was not kept stays with its whole body.

    `seen` is the receipt that is written anew, because its entry was mended.
    """
    receipt = seen or Receipt(entry_id=entry.id)
    receipt.user_id, receipt.community_id = by.id, answer.community_id
    receipt.kind, receipt.state = entry.kind[:24], answer.state
    receipt.fingerprint = fingerprint(entry)
    receipt.received_at, receipt.recorded_at = at, entry.recorded_at
    receipt.record_id = answer.record_id
    receipt.decided_by_id = receipt.decided_at = None
    receipt.why = answer.why.as_json() if answer.why else None
    receipt.field_errors = _as_json(answer.fields) if answer.fields else None
    receipt.body = packed(entry) if answer.state != "kept" else None
    session.add(receipt)
    if answer.state != "kept" and (entry.photos or seen):
        photos.name(receipt.entry_id, entry.photos, by=by)
    return receipt


def _as_json(fields: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {
        name: [word.as_json() if isinstance(word, Say) else word for word in words]
        for name, words in fields.items()
    }
