"""One number: what is asked for, where and when, and which rows answer.

A counter is a condition on the rows of one table. The number and the list of
what it counts come from the same condition, so they cannot differ.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from app.domain.places import Area
from app.lib import clock
from app.lib.words import Say


@dataclass(frozen=True, slots=True)
class Asked:
    """A place and a moment. `unplaced`: only what none of the community's grids holds."""

    area: Area
    day: date
    at: datetime
    unplaced: bool = False

    @property
    def begins(self) -> datetime:
        return clock.at(self.day)

    @property
    def ends(self) -> datetime:
        return _last_moment_of(self.day)

    def the_day_before(self) -> "Asked":
        """The same place at the end of the day before."""
        day = self.day - timedelta(days=1)
        return replace(self, day=day, at=_last_moment_of(day))

    def here(self, model: Any) -> ColumnElement[bool]:
        """The condition that a row lies in the place; what has no grid lies in none of them."""
        of_grids = hasattr(model, "grid_id")
        if self.area.level == "grid":
            return model.grid_id == self.area.id if of_grids else false()
        if self.unplaced:
            return and_(self.around(model), in_no_grid(model) if of_grids else true())
        return self.around(model)

    def around(self, model: Any) -> ColumnElement[bool]:
        """As `here`, but a grid stands for its community: for rows that only point to others."""
        if self.area.level == "grid":
            return model.community_id == self.area.parent_id
        if self.area.level == "community":
            return model.community_id == self.area.id
        under = select(Area.id).where(Area.path.startswith(self.area.path))
        return model.community_id.in_(under.where(Area.level == "community"))


def in_no_grid(model: Any) -> ColumnElement[bool]:
    """The condition that a row lies in no grid, or in one that has been given up."""
    given_up = select(Area.id).where(Area.level == "grid", Area.ends.is_not(None))
    return or_(model.grid_id.is_(None), model.grid_id.in_(given_up))


def asked(area: Area, day: date | None = None, *, unplaced: bool = False) -> Asked:
    """A place today as it is now, or on a past day as it stood at its end."""
    now = clock.now()
    day = day or clock.local_day(now)
    return Asked(area, day, min(now, _last_moment_of(day)), unplaced)


def _last_moment_of(day: date) -> datetime:
    return clock.at(day + timedelta(days=1)) - timedelta(microseconds=1)


Where = Callable[[Asked], tuple[ColumnElement[bool], ...]]


@dataclass(frozen=True, slots=True)
class Counter:
    """A named number. `ledger` is the list that shows its rows, `since` how old each row is.

    `placed` says that `where` names the place itself, so that each part of it can
    be found by an index of its own. `task` is the kind of task to remind of, when
    it is one of a case's.
    """

    name: str
    words: str | Say
    ledger: str
    model: Any
    since: Any
    where: Where
    placed: bool = False
    task: str = ""

    def condition(self, asked: Asked) -> tuple[ColumnElement[bool], ...]:
        """Which rows count at a place and moment."""
        here = () if self.placed else (asked.here(self.model),)
        return *here, *self.where(asked)
