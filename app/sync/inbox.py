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
from datetime import datetime
from uuid import uuid5

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError

from app.domain import photos
from app.domain.events import happened
from app.domain.people import User
from app.domain.receipts import Receipt
from app.domain.records import Record
from app.intake.accept import Entry, accept_and_tell
from app.intake.sight import Sight
from app.intake.subject import whose
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Held, Refused
from app.lib.words import Say, say
from app.sync.body import fingerprint
from app.sync.held import take_back
from app.sync.receipt import Answer, as_before, kept, note, receipts_of

log = logging.getLogger(__name__)
# Receipts that nothing was kept for: the author may send the entry again, mended.
MENDABLE = ("refused", "returned")
JUDGED_ANEW = (*MENDABLE, "withdrawn")
# The database is not there, or full: nothing is answered, the phone comes again.
NO_DATABASE = (OperationalError, InterfaceError)


def receive(entries: Iterable[Entry], *, by: User) -> list[Answer]:
    """Judge entries one by one, in their order, and commit them together."""
    delivery = Delivery(list(entries), by)
    answers = [delivery.judge(entry) for entry in delivery.entries]
    session.commit()
    return answers


class Delivery:
    """Entries that came together from one person, and the receipts of those seen before."""

    def __init__(self, entries: list[Entry], by: User):
        self.entries, self.by = entries, by
        _one_at_a_time(by)
        self.seen = receipts_of(entry.id for entry in entries)
        self.sight = Sight(by)
        new = [entry for entry in entries if entry.id not in self.seen]
        if len(new) > 1:
            self.sight.look_ahead((entry.subject, entry.recorded_at) for entry in new)

    def judge(self, entry: Entry) -> Answer:
        at, seen = clock.now(), self.seen.get(entry.id)
        if seen is None:
            return self._try(entry, at=at)
        if seen.user_id == self.by.id and seen.fingerprint == fingerprint(entry):
            return as_before(seen, entry.id)
        if seen.user_id == self.by.id and seen.state in JUDGED_ANEW:
            return self._try(entry, at=at, seen=seen)
        return self._conflict(entry, at=at)

    def _try(
        self, entry: Entry, *, at: datetime, seen: Receipt | None = None, again: bool = False
    ) -> Answer:
        """Keep the entry, or say why not; `seen` is the receipt of what it mends."""
        try:
            with session.begin_nested():
                if seen:
                    photos.forget(seen.entry_id)
                answer = self._take_in(entry, at=at)
                receipt = note(entry, answer, by=self.by, at=at, seen=seen)
            self.seen[entry.id] = receipt
            return answer
        except Held as held:
            return self._hold(entry, held.why, held.community_id, at=at, seen=seen)
        except Refused as refused:
            return self._refuse(entry, refused, at=at, seen=seen)
        except IntegrityError:
            return self._lost_race(entry, at=at, seen=seen, again=again)
        except NO_DATABASE:
            raise
        except Exception:
            log.exception("an entry of kind %r could not be judged", entry.kind)
            why = say("系统没能处理这条登记，内容已原样保留，等社区负责人定夺。")
            return self._hold(entry, why, at=at, seen=seen)

    def _take_in(self, entry: Entry, *, at: datetime) -> Answer:
        if take_back(entry, by=self.by, at=at):
            return Answer(entry.id, "kept")
        return kept(entry, accept_and_tell(entry, by=self.by, at=at, sight=self.sight))

    def _refuse(
        self, entry: Entry, refused: Refused, *, at: datetime, seen: Receipt | None
    ) -> Answer:
        community = self.sight.community
        answer = Answer(
            entry.id,
            "refused",
            refused.why,
            refused.fields,
            community_id=community.id if community else None,
        )
        if entry.via != "page":  # a page keeps what was typed in the form itself
            self.seen[entry.id] = note(entry, answer, by=self.by, at=at, seen=seen)
        return answer

    def _hold(
        self,
        entry: Entry,
        why: Say,
        community_id: int | None = None,
        *,
        at: datetime,
        seen: Receipt | None = None,
    ) -> Answer:
        """Keep it whole for a director; where there is none to decide, for its author."""
        community_id = community_id or self._whose(entry)
        if community_id is None:
            return self._refuse(entry, Refused(why), at=at, seen=seen)
        answer = Answer(entry.id, "held", why, community_id=community_id)
        receipt = note(entry, answer, by=self.by, at=at, seen=seen)
        self.seen[receipt.entry_id] = receipt
        happened("entry_held", by=self.by, at=at, community_id=community_id)
        return answer

    def _conflict(self, entry: Entry, *, at: datetime) -> Answer:
        """Another body under a known id: kept under an id of its own, once and no more."""
        own_id = uuid5(entry.id, f"{self.by.id}:{fingerprint(entry)}")
        seen = session.get(Receipt, own_id)
        if seen is not None:
            return as_before(seen, entry.id)
        why = say("同一编号送来两份不同的内容，两份都已保留，等社区负责人定夺。")
        return self._hold(entry, why, at=at, seen=Receipt(entry_id=own_id))

    def _lost_race(
        self, entry: Entry, *, at: datetime, seen: Receipt | None, again: bool
    ) -> Answer:
        """Somebody wrote the same row in the same moment: a double tap, or a second open case."""
        self.seen |= receipts_of([entry.id])
        if seen is None and entry.id in self.seen:
            return self.judge(entry)
        if record := session.get(Record, entry.id):  # older than receipts are kept
            return self._old(entry, record, at=at)
        if not again:
            return self._try(entry, at=at, seen=seen, again=True)
        why = say("刚才有人同时登记了同一件事，请刷新后看看再存。")
        return self._refuse(entry, Refused(why), at=at, seen=seen)

    def _old(self, entry: Entry, record: Record, *, at: datetime) -> Answer:
        """It is recorded, and its receipt was cleared away."""
        if record.by_id == self.by.id and record.kind == entry.kind:
            return Answer(entry.id, "already", record_id=record.id)
        return self._conflict(entry, at=at)

    def _whose(self, entry: Entry) -> int | None:
        """The community whose director decides, also where the entry is a fault of ours."""
        try:
            with session.begin_nested():
                return whose(entry.subject, sight=self.sight, at=entry.recorded_at)
        except NO_DATABASE:
            raise
        except Exception:
            log.exception("an entry of kind %r names what cannot be looked up", entry.kind)
            return self.sight.community.id if self.sight.community else None


def _one_at_a_time(by: User) -> None:
    """What one person sends at once over two ways is judged one after the other.

    SQLite has one writer anyhow; PostgreSQL locks the author's row.
    """
    session.execute(select(User.id).where(User.id == by.id).with_for_update(key_share=True))
