"""Whose grid is whose, from one day to another. The past stays as it was.

An assignment is never rewritten: taking a grid back gives it a last day, and her
list is another one at her next click.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from app.domain import audit
from app.domain.events import happened
from app.domain.people import GridAssignment, User
from app.domain.places import Area
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import say

A_DAY = timedelta(days=1)


def assignments_of(user: User, day: date) -> list[GridAssignment]:
    """Her grids on a day and later ones, by their first day and code."""
    hers = select(GridAssignment).join(Area, Area.id == GridAssignment.grid_id)
    hers = hers.where(GridAssignment.user_id == user.id, _not_over(day))
    return list(session.scalars(hers.order_by(GridAssignment.begins, Area.code)))


def assign_grid(
    user: User,
    grid: Area,
    *,
    begins: date,
    ends: date | None = None,
    take_over: bool = True,
    by: User,
    at: datetime,
) -> GridAssignment:
    """Give a grid to a worker from `begins` on; with `take_over`, whoever has it hands it over."""
    _check(user, grid, begins, ends, at=at)
    for other in _overlapping(grid, begins, ends):
        if other.user_id == user.id:
            raise Refused(say("这段时间这个网格已经归这位网格员。"))
        if take_over:
            take_back(other, begins - A_DAY, by=by, at=at)
    assignment = GridAssignment(user=user, grid=grid, begins=begins, ends=ends)
    session.add(assignment)
    _note(user, f"grid {grid.code} {begins}..{ends or ''}", by=by, at=at)
    return assignment


def take_back(assignment: GridAssignment, last_day: date, *, by: User, at: datetime) -> None:
    """The grid is hers up to `last_day`, and no longer. What she recorded stays hers."""
    if last_day < clock.local_day(at) - A_DAY:
        raise Refused(say("已经过去的日子不能改。"))
    assignment.ends = last_day
    what = f"grid {assignment.grid.code} until {last_day}"
    _note(assignment.user, what, by=by, at=at)


def end_outside(user: User, *, by: User, at: datetime) -> None:
    """Take back at once what a worker who moved or changed her role no longer works in."""
    today = clock.local_day(at)
    for assignment in assignments_of(user, today):
        if user.role != "worker" or not user.area.contains(assignment.grid):
            take_back(assignment, today - A_DAY, by=by, at=at)


def _check(user: User, grid: Area, begins: date, ends: date | None, *, at: datetime) -> None:
    if user.role != "worker" or user.community is None:
        raise Refused(say("只有网格员才有网格。"))
    if grid.level != "grid" or not user.community.contains(grid):
        raise Refused(say("这个网格不在这位网格员的社区里。"))
    if begins < clock.local_day(at):
        wrong = say("已经过去的日子不能改，最早从今天起。")
        raise Refused(wrong, {"begins": [wrong]})
    if ends is not None and ends < begins:
        wrong = say("最后一天不能早于第一天。")
        raise Refused(wrong, {"ends": [wrong]})


def _overlapping(grid: Area, begins: date, ends: date | None) -> list[GridAssignment]:
    rows = select(GridAssignment).where(GridAssignment.grid_id == grid.id, _not_over(begins))
    if ends is not None:
        rows = rows.where(GridAssignment.begins <= ends)
    return list(session.scalars(rows))


def _not_over(day: date):
    return or_(GridAssignment.ends.is_(None), GridAssignment.ends >= day)


def _note(user: User, what: str, *, by: User, at: datetime) -> None:
    audit.note("user_changed", by=by, at=at, target=f"user:{user.id}", reason=what)
    happened("staff_changed", by=by, at=at, community_id=user.area_id)
