"""The people behind a number of a list, and what is proposed for those who were found."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.check import Check
from app.domain.people import User
from app.domain.places import Area, Household
from app.domain.pushed import ListRow
from app.domain.records import Record
from app.domain.tasks import Task
from app.lib.db import session

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One person, and who answered last for him."""

    check: Check
    by: User | None


def lines(rows: Select, number: int = 1) -> tuple[list[CheckLine], int]:
    """A page of people in the order of the stairs, and how many there are in all."""
    total = session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    shown = rows.outerjoin(Household, Household.id == Check.household_id)
    shown = shown.options(
        joinedload(Check.resident),
        joinedload(Check.household),
        joinedload(Check.grid),
        selectinload(Check.rows).joinedload(ListRow.list),
        selectinload(Check.tasks).joinedload(Task.assignee),
    )
    shown = shown.order_by(Check.grid_id, Household.walk, Check.id)
    found = list(session.scalars(shown.limit(PER_PAGE).offset((number - 1) * PER_PAGE)))
    authors = _authors([check.record_id for check in found if check.record_id])
    return [CheckLine(check, authors.get(check.record_id)) for check in found], total


def proposals(community: Area) -> list[Task]:
    """What checks have proposed and nobody has decided yet, the oldest first."""
    rows = select(Task).where(Task.community_id == community.id, Task.kind == "propose")
    rows = rows.where(Task.state == "open")
    rows = rows.options(joinedload(Task.resident), joinedload(Task.household))
    return list(session.scalars(rows.order_by(Task.id)))


def _authors(record_ids: list) -> dict:
    rows = select(Record.id, User).join(User, User.id == Record.by_id)
    return {row_id: user for row_id, user in session.execute(rows.where(Record.id.in_(record_ids)))}
