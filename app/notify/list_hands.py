"""In whose hands the open checks of a list are: hers by name, else of whoever works in the grid."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.domain.people import User
from app.domain.pushed import ListRow
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.notify.recipients import Staff


def left_in_hands(
    list_ids: Iterable[int], staff: Staff, *which: ColumnElement[bool]
) -> dict[int, Counter[int]]:
    """By list and person how many checks are open; `which` rows only, where it is given."""
    rows = _open(list_ids).where(*which)
    rows = rows.with_only_columns(ListRow.list_id, Task.grid_id, Task.assignee_id, _people())
    rows = rows.group_by(ListRow.list_id, Task.grid_id, Task.assignee_id)
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for list_id, grid_id, assignee_id, n in session.execute(rows):
        for person_id in {assignee_id} - {None} or staff.of_grid(grid_id):
            found[list_id][person_id] += n
    return found


def left_of(list_ids: Iterable[int]) -> dict[int, int]:
    """By list how many checks are open, whoever has them."""
    rows = _open(list_ids).with_only_columns(ListRow.list_id, _people())
    return dict(session.execute(rows.group_by(ListRow.list_id)).all())


def is_left_with(person: User, list_id: int) -> bool:
    """Whether a worker still has some of a list to do; of a director, whether anybody has."""
    rows = _open([list_id])
    if person.role == "worker":
        grids = [grid.id for grid in person.grids_on(clock.today())]
        of_grid = Task.assignee_id.is_(None) & Task.grid_id.in_(grids)
        rows = rows.where(or_(Task.assignee_id == person.id, of_grid))
    return session.scalar(rows.with_only_columns(Task.id).limit(1)) is not None


def _open(list_ids: Iterable[int]) -> Select:
    rows = select(Task).join(ListRow, ListRow.check_id == Task.check_id)
    rows = rows.where(Task.kind == "check", Task.state == "open", ListRow.state != "undone")
    return rows.where(ListRow.list_id.in_(list(list_ids)))


def _people() -> ColumnElement[int]:
    return func.count(Task.id.distinct())
