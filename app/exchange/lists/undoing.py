"""Taking a whole list back: what nobody has worked on, and those it put on the roll."""

from datetime import datetime

from sqlalchemy import func, select

from app.domain import lists
from app.domain.cases import Case
from app.domain.checks import Check
from app.domain.lists import Undone
from app.domain.people import User
from app.domain.pushed import ListRow, PushedList
from app.domain.shops import Shop
from app.lib import clock
from app.lib.db import session


def undo(kept: PushedList, *, by: User, at: datetime) -> Undone:
    """Take it back row by row, and say what stays and why."""
    added = [row for row in _rows(kept) if row.understood.get("added")]
    undone = lists.undo(kept, by=by, at=at)
    session.flush()
    for row in added:
        if row.state == "undone":
            _forget(row, kept, at)
    return undone


def _rows(kept: PushedList) -> list[ListRow]:
    rows = select(ListRow).where(ListRow.list_id == kept.id, ListRow.state != "undone")
    return list(session.scalars(rows))


def _forget(row: ListRow, kept: PushedList, at: datetime) -> None:
    """Whoever came with this list only leaves the roll again; so does a shop nobody changed."""
    if row.resident and not _is_needed(row, kept):
        row.resident.left_on = clock.local_day(at)
    shop = session.get(Shop, row.understood.get("shop_id") or 0)
    if shop is not None and shop.changed_at == shop.created_at:
        session.delete(shop)


def _is_needed(row: ListRow, kept: PushedList) -> bool:
    """Whether another list, an open case or a check is about the same person."""
    others = select(func.count(ListRow.id)).where(
        ListRow.resident_id == row.resident_id,
        ListRow.list_id != kept.id,
        ListRow.state.in_(("work", "joined")),
    )
    cases = select(func.count(Case.id)).where(
        Case.resident_id == row.resident_id, Case.closed_at.is_(None)
    )
    checks = select(func.count(Check.id)).where(
        Check.resident_id == row.resident_id, Check.state == "open"
    )
    return any(session.scalar(count) for count in (others, cases, checks))
