"""A worker's day as a walk: what is due or late behind each door, in the order of the stairs.

What needs an answer or was asked for again stands first, then doors with
something late, then the rest. What opens later today, or where nobody was
reached a moment ago, waits apart.
"""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from math import ceil

from sqlalchemy.orm import joinedload

from app.domain.check import Check
from app.domain.places import Household
from app.domain.pushed import ListRow
from app.domain.scope import Scope
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.policy.checks import PHONE
from app.reports.badges import Badge, badges_of

# What a cheap phone has to lay out before she can tap is two screens of doors; the next come as
# she gets there.
DOORS_AT_FIRST = 8
DOORS_PER_PAGE = 20
DONE_SHOWN = 60
# What needs an answer or was asked for by somebody stands by itself, above the doors.
APART = ("answer", "incident", "assignment")
# Steps that only the director takes.
OF_THE_DIRECTOR = ("decode", "propose")


@dataclass(frozen=True, slots=True)
class Item:
    """One task as it stands in the list."""

    task: Task
    badges: list[Badge]
    late: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """Everything due behind one door (or one thing that has no door)."""

    section: str  # "first" | "late" | "now"
    household: Household | None
    items: list[Item]

    @property
    def task_ids(self) -> list[int]:
        return [item.task.id for item in self.items]

    @property
    def title(self) -> tuple[str, str]:
        """Under which title it stands: its section and, on the walk, the building."""
        building = self.household.building if self.household else None
        return self.section, building.label if building and self.section == "now" else ""


@dataclass(frozen=True, slots=True)
class Day:
    """A worker's day. `total` is what was done today plus what is due by its end.

    `calls` are people to be checked by phone behind whose door nothing else is due.
    """

    stops: list[Stop]
    later: list[Item]
    done: list[Task]
    due: int = 0
    late: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    calls: list[Item] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.done) + self.due

    @property
    def pages(self) -> int:
        """How many pages the walk has; a day without a door has one, too."""
        return 1 + max(0, ceil((len(self.stops) - DOORS_AT_FIRST) / DOORS_PER_PAGE))

    def page(self, number: int) -> "Walk":
        end = DOORS_AT_FIRST + (number - 1) * DOORS_PER_PAGE
        start = end - DOORS_PER_PAGE if number > 1 else 0
        return Walk(self.stops[start:end], len(self.stops) - start)

    def onward(self, shown: list[int]) -> "Walk":
        """What comes after tasks she has before her: some of them may be done by now."""
        known, last = set(shown), shown[-1] if shown else None
        left = [stop for stop in self.stops if known.isdisjoint(stop.task_ids)]
        under = next((stop.title for stop in self.stops if last in stop.task_ids), None)
        return Walk(left[:DOORS_PER_PAGE], len(left), shown, under)


@dataclass(frozen=True, slots=True)
class Walk:
    """A piece of a day's walk, of so many stops left; `under` which title it goes on."""

    stops: list[Stop]
    left: int
    before: list[int] = field(default_factory=list)
    under: tuple[str, str] | None = None

    @property
    def has_more(self) -> bool:
        return self.left > len(self.stops)

    @property
    def shown(self) -> list[int]:
        """The tasks that she has before her at the end of it."""
        return self.before + [number for stop in self.stops for number in stop.task_ids]


def day_of(scope: Scope, now: datetime) -> Day:
    """What is due by the end of today, and what was done today, in the scope's grids.

    Work given out stands there from the day it was given; it counts from the day it is due.
    """
    items = items_of(due_tasks(scope, now), now)
    due = [item for item in items if item.task.due_day <= clock.local_day(now)]
    waiting = [item for item in items if waits(item.task, now)]
    ready = [item for item in items if not waits(item.task, now)]
    calls, rest = _apart(ready)
    return Day(
        stops=_stops(rest),
        calls=calls,
        later=sorted(waiting, key=lambda item: item.task.next_try_at or item.task.opens_at),
        done=done_tasks(scope, now),
        due=len(due),
        late=sum(item.late for item in due),
        by_kind=_count_by_kind(due),
    )


def due_tasks(scope: Scope, now: datetime, household_id: int | None = None) -> list[Task]:
    """Open tasks due by the end of today; of one household, or of all."""
    listed = (Task.due_day <= clock.local_day(now)) | (Task.kind == "assignment")
    rows = scope.tasks.where(Task.state == "open", listed)
    rows = rows.where(Task.kind.not_in(OF_THE_DIRECTOR))
    if household_id:
        rows = rows.where(Task.household_id == household_id)
    home = joinedload(Task.household)
    rows = rows.options(
        home.joinedload(Household.building),
        home.joinedload(Household.unit),
        home.joinedload(Household.room),
        joinedload(Task.resident),
        joinedload(Task.case),
        joinedload(Task.share),
        joinedload(Task.check).selectinload(Check.rows).joinedload(ListRow.list),
    )
    return list(session.scalars(rows.order_by(Task.due_at, Task.id)))


def items_of(tasks: list[Task], now: datetime) -> list[Item]:
    badges = badges_of(task.resident_id for task in tasks if task.resident_id)
    return [Item(task, badges.get(task.resident_id, []), task.is_late(now)) for task in tasks]


def waits(task: Task, now: datetime) -> bool:
    """Whether it is better left alone for now: not open yet, or just tried in vain."""
    return task.opens_at > now or bool(task.next_try_at and task.next_try_at > now)


def done_tasks(scope: Scope, now: datetime, household_id: int | None = None) -> list[Task]:
    """What was done today in her grids, the latest first."""
    rows = scope.tasks.where(Task.state == "done", Task.done_day == clock.local_day(now))
    if household_id:
        rows = rows.where(Task.household_id == household_id)
    rows = rows.options(joinedload(Task.resident), joinedload(Task.case))
    return list(session.scalars(rows.order_by(Task.done_at.desc(), Task.id.desc())))


def _apart(items: list[Item]) -> tuple[list[Item], list[Item]]:
    """Checks by phone where nothing else is due behind the door, and all the rest."""
    walked = {_door(item) for item in items if not _is_call(item) and item.task.household_id}
    by_phone = [_is_call(item) and _door(item) not in walked for item in items]
    calls = [item for item, apart in zip(items, by_phone, strict=True) if apart]
    return calls, [item for item, apart in zip(items, by_phone, strict=True) if not apart]


def _is_call(item: Item) -> bool:
    return item.task.kind == "check" and item.task.check.next_way == PHONE


def _stops(items: list[Item]) -> list[Stop]:
    alone = [item for item in items if item.task.kind in APART]
    first = [Stop("first", item.task.household, [item]) for item in alone]
    doors = sorted((item for item in items if item.task.kind not in APART), key=_walk)
    stops = [_stop(list(group)) for _door, group in groupby(doors, key=_door)]
    order = {"first": 0, "late": 1, "now": 2}
    return first + sorted(stops, key=lambda stop: order[stop.section])


def _stop(items: list[Item]) -> Stop:
    if any(item.task.reminded_at for item in items):
        section = "first"
    else:
        section = "late" if any(item.late for item in items) else "now"
    return Stop(section, items[0].task.household, items)


def _walk(item: Item) -> tuple:
    home = item.task.household
    task = item.task
    return (home.walk if home else "~", _door(item), task.resident_id or 0, task.due_at, task.id)


def _door(item: Item) -> int:
    """The household, or a door of one's own for somebody without a known one."""
    return item.task.household_id or -(item.task.resident_id or item.task.id)


def _count_by_kind(items: list[Item]) -> dict[str, int]:
    kinds = sorted(_kind(item.task) for item in items)
    return {kind: len(list(group)) for kind, group in groupby(kinds)}


def _kind(task: Task) -> str:
    if task.check_id:
        return "check"
    return task.case.kind if task.case else "other"
