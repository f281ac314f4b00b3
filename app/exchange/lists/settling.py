"""What waited for a person is decided by her: who it is, where he lives, or that it is not ours."""

from datetime import datetime

from sqlalchemy import select

from app.domain.people import User
from app.domain.places import Area
from app.domain.pushed import ListRow, PushedList
from app.domain.residents import Resident
from app.exchange.lists.people import Found
from app.exchange.lists.row import Row
from app.exchange.lists.working import Work
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import N_, say

WAITING = ("doubtful", "unplaced")
OUTSIDE = {
    "other_community": N_("住在别的社区"),
    "moved": N_("已搬走"),
    "unknown": N_("本社区没有这个人"),
    "address": N_("地址不在本社区"),
}
LEFT = N_("由负责人看过，不用办。")


def row_of(community: Area, row_id: int) -> ListRow | None:
    """One row of a list of this community."""
    rows = select(ListRow).join(PushedList, PushedList.id == ListRow.list_id)
    rows = rows.where(PushedList.community_id == community.id, ListRow.id == row_id)
    return session.scalar(rows)


def candidates_of(row: ListRow) -> list[Resident]:
    """Whom of the roll the row may mean."""
    ids = row.understood.get("candidates", [])
    found = {one.id: one for one in session.scalars(select(Resident).where(Resident.id.in_(ids)))}
    return [found[one] for one in ids if one in found]


def it_is(row: ListRow, resident: Resident | None, *, by: User, at: datetime) -> None:
    """The row means this resident; or none of those who were offered."""
    _refuse_settled(row)
    how = "person" if resident else "new"
    _decide(row, Found(resident, how), by=by, at=at)


def because(row: ListRow, reason: str, *, by: User, at: datetime) -> None:
    """The reason that the list did not tell."""
    _refuse_settled(row)
    row.understood = row.understood | {"chosen": reason}
    _decide(row, _as_found(row), by=by, at=at)


def lives_in(row: ListRow, grid: Area, *, by: User, at: datetime) -> None:
    """Whose row it is: the grid that looks after it."""
    _refuse_settled(row)
    row.grid_id = grid.id
    _decide(row, _as_found(row), by=by, at=at)


def not_ours(row: ListRow, why: str) -> None:
    """Back to the sender, with the reason."""
    _refuse_settled(row)
    if why not in OUTSIDE:
        raise Refused(say("请选一个原因。"))
    row.state, row.reason = "outside", say(OUTSIDE[why]).as_json()


def leave(row: ListRow) -> None:
    """Nothing is to be done about it."""
    _refuse_settled(row)
    row.state, row.reason = "known", say(LEFT).as_json()


def _decide(row: ListRow, found: Found, *, by: User, at: datetime) -> None:
    session.flush()
    Work(row.list, by=by, at=at).with_person(Row.of(row), found)
    session.expire(row)


def _as_found(row: ListRow) -> Found:
    return Found(row.resident, row.understood.get("how", "person" if row.resident else "new"))


def _refuse_settled(row: ListRow) -> None:
    if row.state not in WAITING:
        raise Refused(say("这一行已经处理过了。"))
