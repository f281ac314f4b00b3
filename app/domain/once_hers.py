"""Whether a row of another community was somebody's to know of before she left there.

Work that a phone brings in late is held for the director of that community only
if its author had a right to the row then. Otherwise the row does not exist for
her, exactly as for anybody else: an entry is no way to find out who lives where.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select

from app.domain.cases import Case
from app.domain.incidents import Incident
from app.domain.people import GridAssignment, User
from app.domain.places import Household
from app.domain.postings import former_postings
from app.domain.records import Record
from app.domain.residents import Resident
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session

# How many days a right that has ended still counts for what a phone brings in.
WINDOW_DAYS = 90
# The column of tasks and records that names a row; a task or record is known by its resident.
NAMED_BY = {
    Resident: "resident_id",
    Household: "household_id",
    Case: "case_id",
    Incident: "incident_id",
}
# The columns of a row that name somebody who had to do with it.
HANDS = ("assignee_id", "by_id", "reported_by_id", "done_by_id")


def was_hers(user: User, row: Any, today: date) -> bool:
    """Whether she had its grid or its community, was named for it, or has recorded about it."""
    return (
        user.id in {getattr(row, hand, None) for hand in HANDS}
        or _had_its_grid(user, row.grid_id, today)
        or was_in(user, row.community_id, today, role="director")
        or _has_to_do_with(user, row)
    )


def was_in(user: User, community_id: int, today: date, *, role: str = "") -> bool:
    """Whether she belonged to a community (in that role, if one is named) within the window."""
    return any(
        former.until >= clock.at(first_day(today))
        and role in ("", former.role)
        and former.posting.community is not None
        and former.posting.community.id == community_id
        for former in former_postings(user)
    )


def first_day(today: date) -> date:
    """The first day of the window."""
    return today - timedelta(days=WINDOW_DAYS)


def _had_its_grid(user: User, grid_id: int | None, today: date) -> bool:
    hers = select(GridAssignment.id).where(
        GridAssignment.user_id == user.id,
        GridAssignment.grid_id == grid_id,
        GridAssignment.begins <= today,
        or_(GridAssignment.ends.is_(None), GridAssignment.ends >= first_day(today)),
    )
    return grid_id is not None and session.scalar(hers.limit(1)) is not None


def _has_to_do_with(user: User, row: Any) -> bool:
    """A task about it names her, or a record about it is hers."""
    column = NAMED_BY.get(type(row), "resident_id")
    row_id = row.id if type(row) in NAMED_BY else row.resident_id
    named = select(Task.id).where(Task.assignee_id == user.id, getattr(Task, column) == row_id)
    told = select(Record.id).where(Record.by_id == user.id, getattr(Record, column) == row_id)
    found = (session.scalar(wanted.limit(1)) for wanted in (named, told))
    return row_id is not None and any(one is not None for one in found)
