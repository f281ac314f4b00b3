"""What became of a list: how many rows of each state, and every row with its reason."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.domain.people import User
from app.domain.places import Area
from app.domain.pushed import STATES, ListRow
from app.exchange.batches import only_reading
from app.exchange.lists.receiving import Came, Reading, understood_rows
from app.exchange.lists.row import Row
from app.exchange.lists.working import Work
from app.lib.db import session
from app.lib.words import Say


class Rehearsed:
    """A list that is only looked at: nothing is kept, and nobody has to wait."""

    def __init__(self, came: Came, community: Area):
        self.kind, self.sender, self.community, self.id = came.kind, came.sender, community, 0
        self.community_id, self.question = community.id, came.question


def rehearse(came: Came, reading: Reading, community: Area, *, by: User, at: Any) -> list[Row]:
    """The rows as they would become, each with what a real run would make of it."""
    with only_reading(), session.no_autoflush:
        rows = understood_rows(reading, community, came, at=at)
        work = Work(Rehearsed(came, community), by=by, at=at, really=False)
        work.do([row for row in rows if not row.state])
    return rows


def counts_of(list_id: int) -> dict[str, int]:
    """How many rows of each state; those still to be done under an empty one."""
    rows = select(ListRow.state, func.count(ListRow.id)).where(ListRow.list_id == list_id)
    found = dict(session.execute(rows.group_by(ListRow.state)).all())
    return {state: found.get(state, 0) for state in ("", *STATES)}


def counted(rows: Sequence[ListRow | Row]) -> dict[str, int]:
    found = Counter(row.state for row in rows)
    return {state: found[state] for state in ("", *STATES)}


def plain(row: ListRow | Row) -> dict[str, Any]:
    """A row for a program: where it stands and what became of it; nothing of the person."""
    told = row.understood
    where = {"sheet": row.sheet} if row.sheet else {}
    told_of = {"how": told["how"], "sure": told["sure"]} if told.get("how") else {}
    remarks = [str(Say.from_json(one)) for one in told.get("remarks", ())]
    return where | {
        "row": row.number,
        "state": row.state,
        "why": why_of(row),
        "remarks": remarks,
        **told_of,
    }


def why_of(row: ListRow | Row) -> str:
    return str(Say.from_json(row.reason)) if row.reason else ""
