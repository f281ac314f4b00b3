"""Receiving entries: a receipt for each, in the transaction of its record.

1. An entry seen before is answered as it was (``already``); the same id with
   another body is held, both kept. What was refused or returned may be mended: it
   comes again under its id and is judged anew. 2. An entry is tried inside a
   savepoint, so that a bad one never undoes its neighbours. 3. Refused and held
   entries are kept whole, sealed, until somebody mends or decides them; so is one
   that we fail at by a fault of our own. Nothing is answered before the commit.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.exc import IntegrityError, OperationalError

from app.domain import photos
from app.domain.events import happened
from app.domain.people import User
from app.domain.receipts import Receipt
from app.domain.records import Record
from app.intake.accept import Accepted, Entry, accept_and_tell
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Held, Refused
from app.lib.words import Say, say
from app.sync.body import fingerprint, packed

log = logging.getLogger(__name__)
# Receipts that nothing was kept for: the author may send the entry again, mended.
MENDABLE = ("refused", "returned")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one entry; a kept one has words where its author should know something."""

    id: UUID
    state: str  # kept | already | refused | held | returned
    why: Say | None = None
    fields: dict[str, list[Any]] | None = None
    record: Record | None = None


def receive(entries: Iterable[Entry], *, by: User) -> list[Answer]:
    """Judge entries one by one, in their order, and commit them together."""
    answers = [_judge(entry, by=by, at=clock.now()) for entry in entries]
    session.commit()
    return answers


def _judge(entry: Entry, *, by: User, at: datetime) -> Answer:
    seen = session.get(Receipt, entry.id)
    if seen is None:
        return _try(entry, None, by=by, at=at)
    if seen.user_id == by.id and seen.fingerprint == fingerprint(entry):
        return _as_before(seen, entry.id)
    if seen.user_id == by.id and seen.state in MENDABLE:
        return _try(entry, seen, by=by, at=at)
    return _hold_conflict(entry, by=by, at=at)


def _try(entry: Entry, seen: Receipt | None, *, by: User, at: datetime) -> Answer:
    """Keep the entry, or say why not; `seen` is the receipt of what it mends."""
    try:
        with session.begin_nested():
            if seen:
                photos.forget(seen.entry_id)
            accepted = accept_and_tell(entry, by=by, at=at)
            note(entry, "kept", by=by, at=at, seen=seen, accepted=accepted)
        return Answer(entry.id, "kept", accepted.notice, record=accepted.record)
    except Held as held:
        return _hold(entry, held.why, by=by, at=at, seen=seen)
    except Refused as refused:
        if entry.via != "page":  # a page keeps what was typed in the form itself
            note(entry, "refused", by=by, at=at, seen=seen, refused=refused)
        return Answer(entry.id, "refused", refused.why, refused.fields)
    except IntegrityError:
        return _lost_race(entry, by=by, at=at, seen=seen)
    except OperationalError:
        raise  # the database is not there: nothing is answered, the phone comes again
    except Exception:
        log.exception("an entry of kind %r could not be judged", entry.kind)
        why = say("系统没能处理这条登记，内容已原样保留，等社区负责人定夺。")
        return _hold(entry, why, by=by, at=at, seen=seen)


def _as_before(seen: Receipt, entry_id: UUID) -> Answer:
    """The answer that was given the first time, or that somebody has given since."""
    why = Say.from_json(seen.why) if seen.why else None
    if seen.state == "kept":
        return Answer(entry_id, "already", why, record=session.get(Record, seen.record_id))
    return Answer(entry_id, seen.state, why, seen.field_errors)


def _hold(entry: Entry, why: Say, *, by: User, at: datetime, seen: Receipt | None = None) -> Answer:
    note(entry, "held", by=by, at=at, seen=seen, why=why)
    happened("entry_held", by=by, at=at, community_id=_community_id(by))
    return Answer(entry.id, "held", why)


def _hold_conflict(entry: Entry, *, by: User, at: datetime) -> Answer:
    """Another body under a known id: kept under an id of its own, once however often it comes."""
    own_id = uuid5(entry.id, f"{by.id}:{fingerprint(entry)}")
    seen = session.get(Receipt, own_id)
    if seen is not None:
        return _as_before(seen, entry.id)
    why = say("同一编号送来两份不同的内容，两份都已保留，等社区负责人定夺。")
    note(entry, "held", by=by, at=at, seen=Receipt(entry_id=own_id), why=why)
    happened("entry_held", by=by, at=at, community_id=_community_id(by))
    return Answer(entry.id, "held", why)


def _lost_race(entry: Entry, *, by: User, at: datetime, seen: Receipt | None) -> Answer:
    """Somebody wrote the same row in the same moment: a double tap, or a second open case."""
    if seen is None and session.get(Receipt, entry.id, populate_existing=True):
        return _judge(entry, by=by, at=at)
    why = say("刚才有人同时登记了同一件事，请刷新后看看再存。")
    if entry.via != "page":
        note(entry, "refused", by=by, at=at, seen=seen, refused=Refused(why))
    return Answer(entry.id, "refused", why)


def note(
    entry: Entry,
    state: str,
    *,
    by: User,
    at: datetime,
    seen: Receipt | None = None,
    accepted: Accepted | None = None,
    refused: Refused | None = None,
    why: Say | None = None,
) -> Receipt:
    """Write down what an entry was answered; only what was not kept stays with its whole body."""
    receipt = seen or Receipt(entry_id=entry.id)
    why = why or (accepted and accepted.notice) or (refused and refused.why)
    receipt.user_id, receipt.community_id = by.id, _community_id(by)
    receipt.kind, receipt.state, receipt.fingerprint = entry.kind[:24], state, fingerprint(entry)
    receipt.received_at, receipt.recorded_at = at, entry.recorded_at
    receipt.record_id = accepted.record.id if accepted else None
    receipt.why = why.as_json() if why else None
    receipt.field_errors = _as_json(refused.fields) if refused else None
    receipt.body = packed(entry) if state != "kept" else None
    session.add(receipt)
    if not accepted and (entry.photos or seen):
        photos.name(receipt.entry_id, entry.photos, by=by)
    return receipt


def _as_json(fields: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {
        name: [word.as_json() if isinstance(word, Say) else word for word in words]
        for name, words in fields.items()
    }


def _community_id(by: User) -> int | None:
    return by.community.id if by.community else None
