"""To whom something is given: people, grids, everybody with a role, or the least loaded.

What goes to a grid names nobody: it belongs to whoever has the grid, also when the
grid goes to somebody else. Load is what stands open on a worker's list of a day.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from app.domain.people import GridAssignment, User, staff_of
from app.domain.places import Area
from app.domain.tasks import Task
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import N_, say

HOW = {
    "people": N_("指定的人"),
    "grids": N_("网格"),
    "role": N_("一类人"),
    "least": N_("手头最少的人"),
}
# Roles that work in a community.
ROLES = ("worker", "director")


@dataclass(frozen=True, slots=True)
class To:
    """`ids` are users of "people" and "least" (none: all workers), grids, or roles."""

    how: str
    ids: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Receiver:
    """One who gets it: a person, or a grid and thereby whoever has it."""

    user: User | None = None
    grid: Area | None = None


def receivers_of(to: To, community: Area, day: date) -> list[Receiver]:
    """Everybody meant who is of the community today; Refused where that is nobody."""
    staff = staff_of(community)
    if to.how == "grids":
        wanted = set(to.ids)
        found = [Receiver(grid=grid) for grid in community.under("grid") if grid.id in wanted]
    elif to.how == "role":
        found = [Receiver(user) for user in staff if user.role in to.ids]
    elif to.how == "least":
        found = [Receiver(user) for user in _least_loaded(to, staff, day)]
    else:
        found = [Receiver(user) for user in staff if user.id in set(to.ids)]
    if not found:
        raise Refused(say("没有人可以接，请重新选。"))
    return found


def load_of(users: Iterable[User], day: date) -> dict[int, int]:
    """How many open tasks stand on each one's list of a day: named ones, and those of her grids."""
    ids = [user.id for user in users]
    due = (Task.state == "open") & (Task.due_day <= day)
    named = select(Task.assignee_id, func.count()).where(due, Task.assignee_id.in_(ids))
    load = Counter(dict.fromkeys(ids, 0))
    load.update(dict(session.execute(named.group_by(Task.assignee_id)).all()))
    open_end = or_(GridAssignment.ends.is_(None), GridAssignment.ends >= day)
    hers = select(GridAssignment.user_id, func.count(Task.id))
    hers = hers.join(Task, Task.grid_id == GridAssignment.grid_id)
    hers = hers.where(due, Task.assignee_id.is_(None), GridAssignment.begins <= day, open_end)
    hers = hers.where(GridAssignment.user_id.in_(ids)).group_by(GridAssignment.user_id)
    load.update(dict(session.execute(hers).all()))
    return dict(load)


def _least_loaded(to: To, staff: list[User], day: date) -> list[User]:
    workers = [user for user in staff if user.role == "worker"]
    chosen = [user for user in workers if not to.ids or user.id in to.ids]
    load = load_of(chosen, day)
    return sorted(chosen, key=lambda user: (load[user.id], user.id))[:1]
