"""Working through a list, slice by slice (working.py says what becomes of a row).

Whoever opens the list again goes on where it was left, for a row without a state is one
still to be done; so does `flask work`. One at a time is at a list (app/domain/shifts.py).
"""

from datetime import datetime, timedelta
from math import inf
from time import monotonic, sleep
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from app.domain import shifts
from app.domain.people import User
from app.domain.pushed import ListRow, PushedList
from app.exchange.batches import Slices, done_with_batch
from app.exchange.lists.row import next_of
from app.exchange.lists.working import Work
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id

# Lists that are looked after by themselves; seconds between two looks while others are at one.
LATELY, WAIT = timedelta(days=7), 0.5


def go_on(list_id: int, *, by: User, at: datetime, seconds: float | None = None) -> int:
    """Work through what is left of a list, for at most so many seconds; how many rows are left.

    Commits slice by slice: the caller must have nothing pending. While somebody else is at
    the list nothing is done; who has no end set waits for what is left.
    """
    by_id, me, over = by.id, new_id(), monotonic() + (seconds or inf)
    session.rollback()
    while not _go_round(list_id, me, over, by_id=by_id, at=at) and not seconds and left_of(list_id):
        session.rollback()
        sleep(WAIT)
    return left_of(list_id)


def in_hand(*, at: datetime) -> list[int]:
    """The lists of the last days of which rows are left."""
    left = select(ListRow.id).where(ListRow.list_id == PushedList.id, ListRow.state == "")
    rows = select(PushedList.id).where(PushedList.received_at > at - LATELY, left.exists())
    return list(session.scalars(rows.order_by(PushedList.id)))


def _go_round(list_id: int, me: UUID, over: float, *, by_id: int, at: datetime) -> bool:
    """Slice by slice until nothing is left or the time is over; False where others are at it."""
    slices, rows, name = Slices(), True, f"list {list_id}"
    while rows and monotonic() < over:
        with slices.one():
            if not shifts.take_shift(name, me, at=clock.now()):
                return False
            kept = _kept(list_id)
            if rows := next_of(kept, slices.size):
                Work(kept, by=session.get(User, by_id), at=at).do(rows)
    shifts.end_shift(name, me)
    done_with_batch()
    return True


def left_of(list_id: int) -> int:
    """How many rows nobody has worked on yet."""
    rows = select(func.count(ListRow.id)).where(ListRow.list_id == list_id, ListRow.state == "")
    return session.scalar(rows) or 0


def _kept(list_id: int) -> PushedList:
    """The list without its file: it may be megabytes, and nobody reads it here."""
    return session.get(PushedList, list_id, options=[defer(PushedList.file_sealed)])
