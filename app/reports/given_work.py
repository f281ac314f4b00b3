"""What a director has given out and what became of it: numbers, and the rows behind them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.assignments import Assignment
from app.domain.places import Area
from app.domain.shares import STATES, STILL_OPEN, Share
from app.domain.tasks import Task
from app.lib.db import session
from app.lib.words import N_

PER_PAGE = 40
WAITS = ("asked", "handed", "left", "done")


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice of the list: which shares an assignment must have to be in it."""

    words: str
    holds: Callable[[datetime], Any]


def _late(now: datetime) -> Any:
    return and_(Share.state.in_(STILL_OPEN), Task.due_at < now)


FILTERS = {
    "open": Filter(N_("在办"), lambda _now: Share.state.in_((*STILL_OPEN, "done"))),
    "waiting": Filter(N_("等您处理"), lambda _now: Share.state.in_(WAITS)),
    "unaccepted": Filter(N_("未接收"), lambda _now: Share.state == "given"),
    "late": Filter(N_("超时"), _late),
    "all": Filter(N_("全部"), lambda _now: Share.id.is_not(None)),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An assignment with how many of its shares stand where."""

    given: Assignment
    states: Counter
    late: int
    opened: int

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def accepted(self) -> int:
        """How many were accepted, done ones too."""
        return sum(1 for share in self.given.shares if share.accepted_at or share.record_id)

    @property
    def done(self) -> int:
        return self.states["done"] + self.states["checked"]

    @property
    def waiting(self) -> list[tuple[str, int]]:
        """What waits for the director, in words."""
        return [(STATES[state], self.states[state]) for state in WAITS if self.states[state]]


def counts(community: Area, now: datetime) -> dict[str, int]:
    """How many assignments each filter has."""
    columns = [
        func.count(Share.assignment_id.distinct()).filter(one.holds(now)).label(key)
        for key, one in FILTERS.items()
    ]
    rows = select(*columns).join(Task, Task.id == Share.task_id)
    row = session.execute(rows.where(Task.community_id == community.id)).one()
    return dict(row._mapping)


def lines(community: Area, key: str, now: datetime, number: int = 1) -> list[Line]:
    """A page of the assignments of a filter, the newest first."""
    with_shares = selectinload(Assignment.shares)
    rows = _of(community, key, now).options(
        with_shares.joinedload(Share.task).joinedload(Task.assignee),
        joinedload(Assignment.by),
        joinedload(Assignment.resident),
    )
    rows = rows.order_by(Assignment.id.desc())
    cut = rows.limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    return [line_of(given, now) for given in session.scalars(cut)]


def line_of(given: Assignment, now: datetime) -> Line:
    """Where the shares of an assignment stand."""
    shares = given.shares
    late = sum(1 for share in shares if share.is_open and share.task.due_at < now)
    opened = sum(1 for share in shares if share.opened_at)
    return Line(given, Counter(share.state for share in shares), late, opened)


def unaccepted(given: Assignment) -> list[Task]:
    """The tasks of those who have not accepted yet."""
    return [share.task for share in given.shares if share.state == "given"]


def _of(community: Area, key: str, now: datetime) -> Select:
    share = select(Share.id).join(Task, Task.id == Share.task_id)
    share = share.where(Share.assignment_id == Assignment.id, FILTERS[key].holds(now))
    return select(Assignment).where(
        Assignment.community_id == community.id, exists(share.correlate(Assignment))
    )
