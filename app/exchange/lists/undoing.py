"""Taking a list back, as a whole or one row: what nobody has worked on since.

What a row wrote is written back: whom it put on the roll leaves it again, what it
changed is as it was. Where somebody has changed it since, the row stays and says why.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from app.domain import lists
from app.domain.cases import Case
from app.domain.checks import Check
from app.domain.lists import Undone
from app.domain.people import User
from app.domain.pushed import ListRow, PushedList
from app.domain.records import Record, standing
from app.domain.shops import Shop
from app.exchange.roll import restoring
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import N_, Say, say

NEEDED = N_("这位居民已有别的登记或在办的事")
SHOP_CHANGED = N_("这家门店后来又改过")
NOT_DONE = N_("这一行没有办成什么，不用撤回")
UNDONE = N_("这一行已经撤回")
DID_SOMETHING = ("work", "joined", "added", "updated", "known")


def undo(kept: PushedList, *, by: User, at: datetime) -> Undone:
    """Take it back row by row, the last first, and say what stays and why."""
    rows = select(ListRow).where(ListRow.list_id == kept.id, ListRow.state != "undone")
    found = list(session.scalars(lists.with_work(rows).order_by(ListRow.id.desc())))
    return _undo(kept, found, by=by, at=at)


def undo_row(row: ListRow, *, by: User, at: datetime) -> None:
    """Take back one row and what it opened; Refused with the reason where it stays."""
    if why := why_stays(row):
        raise Refused(why)
    _undo(row.list, [row], by=by, at=at)


def why_stays(row: ListRow) -> Say | None:
    """Why a row cannot be taken back (any more)."""
    if row.state == "undone":
        return say(UNDONE)
    if row.state not in DID_SOMETHING:
        return say(NOT_DONE)
    return _why_work_stays(row)


def _why_work_stays(row: ListRow) -> Say | None:
    changed = restoring.why_stays(row) if row.list.kind == "resident" else _why_shop_stays(row)
    if why := changed or lists.why_stays(row):
        return why
    is_new = row.understood.get("added") and row.resident
    return say(NEEDED) if is_new and row.list.kind == "resident" and _is_needed(row) else None


def _undo(kept: PushedList, rows: Sequence[ListRow], *, by: User, at: datetime) -> Undone:
    stays = []
    for row in rows:
        if why := _why_work_stays(row):
            stays.append((row, why))
        else:
            _take_back(row, by=by, at=at)
    undone = Undone(len(rows) - len(stays), stays)
    lists.note_undone(kept, undone, by=by, at=at)
    return undone


def _take_back(row: ListRow, *, by: User, at: datetime) -> None:
    lists.take_back(row, by=by, at=at)
    session.flush()
    restoring.take_back(row, by=by, at=at)
    if shop := _shop(row):
        _take_shop_back(shop, row, at)
    if row.understood.get("added") and row.resident and not _is_needed(row):
        row.resident.left_on = clock.local_day(at)


def _shop(row: ListRow) -> Shop | None:
    return session.get(Shop, row.understood.get("shop_id") or 0)


def _why_shop_stays(row: ListRow) -> Say | None:
    shop, changed = _shop(row), row.understood.get("changed", {})
    if shop is None:
        return None
    is_as_told = all(getattr(shop, name) == now for name, (_was, now) in changed.items())
    is_new = row.understood.get("added")
    untouched = shop.changed_at == shop.created_at if is_new else is_as_told
    return None if untouched else say(SHOP_CHANGED)


def _take_shop_back(shop: Shop, row: ListRow, at: datetime) -> None:
    """A shop that came with this row goes; of one that was known the change is taken back."""
    if row.understood.get("added"):
        session.delete(shop)
        return
    for name, (was, _now) in row.understood.get("changed", {}).items():
        setattr(shop, name, was)
    shop.changed_at = at


def _is_needed(row: ListRow) -> bool:
    """Whether another row, a record, an open case or a check is about the same person."""
    person = row.resident_id
    others = select(func.count(ListRow.id)).where(
        ListRow.resident_id == person,
        ListRow.id != row.id,
        ListRow.state.in_(DID_SOMETHING),
    )
    cases = select(func.count(Case.id)).where(Case.resident_id == person, Case.closed_at.is_(None))
    checks = select(func.count(Check.id)).where(Check.resident_id == person, Check.state == "open")
    records = select(func.count(Record.id)).where(Record.resident_id == person, standing())
    if row.record_id:
        records = records.where(Record.id != row.record_id)
        cases = cases.where(Case.id != (row.case_id or 0))
    return any(session.scalar(count) for count in (others, cases, checks, records))
