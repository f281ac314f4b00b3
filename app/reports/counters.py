"""Every number of the screens by its name: how many there are, which rows they are, since when.

`rows` is the list behind a number and `tally` counts those same rows, for any
number of counters, places and days in one query.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, Select, cast, func, literal, null, select, union_all

from app.domain.cases import Case
from app.domain.tasks import Task
from app.lib.db import session
from app.reports.case_counts import CASES
from app.reports.checklist_counts import CHECKLIST
from app.reports.counter import Asked, Counter, asked
from app.reports.upload_counts import UPLOADS
from app.reports.work_counts import WORK

__all__ = [
    "COUNTERS",
    "Asked",
    "Counter",
    "Number",
    "Tally",
    "asked",
    "count",
    "rows",
    "tally",
    "tasks_behind",
]

COUNTERS: dict[str, Counter] = {
    counter.name: counter for counter in (*CASES, *WORK, *CHECKLIST, *UPLOADS)
}

Wanted = Iterable[tuple[Asked, Iterable[str]]]


@dataclass(frozen=True, slots=True)
class Number:
    """How many, and since when the oldest of them waits."""

    n: int = 0
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers by counter, day and place (grid or community); None is what lies in none."""

    numbers: dict[tuple[str, date], dict[int | None, Number]]

    def total(self, name: str, day: date) -> int:
        return sum(number.n for number in self.numbers[name, day].values())

    def at(self, place_id: int | None, name: str, day: date) -> int:
        return self.numbers[name, day].get(place_id, Number()).n

    def since(self, name: str, day: date, *places: int) -> datetime | None:
        """Since when the oldest waits, at some places or at all."""
        found = self.numbers[name, day]
        chosen = [found[place] for place in places if place in found] if places else found.values()
        return min((number.since for number in chosen if number.since), default=None)

    def places(self) -> set[int | None]:
        """Where anything at all was counted."""
        return {place for by_place in self.numbers.values() for place in by_place}


def rows(name: str, where: Asked) -> Select:
    """The rows a number counts."""
    counter = COUNTERS[name]
    return select(counter.model).where(*counter.condition(where))


def count(name: str, where: Asked) -> int:
    """One number alone."""
    return session.scalar(select(func.count()).select_from(rows(name, where).subquery())) or 0


def tally(wanted: Wanted, *, by: str = "grid_id") -> Tally:
    """Many numbers in one query, each split by grid (or by ``community_id``)."""
    pairs = [(where, name) for where, names in wanted for name in names]
    found: dict[Any, dict] = {(name, where.day): {} for where, name in pairs}
    counts = [_count(index, COUNTERS[name], where, by) for index, (where, name) in enumerate(pairs)]
    for index, place, n, since in session.execute(union_all(*counts)):
        where, name = pairs[index]
        if n:
            found[name, where.day][place] = Number(n, since)
    return Tally(found)


def tasks_behind(name: str, where: Asked) -> Select:
    """The open tasks to remind of behind a number of tasks or cases; LookupError for others."""
    counter, counted = COUNTERS[name], rows(name, where)
    if counter.model is Task:
        return counted.where(Task.state == "open")
    if not counter.task:
        raise LookupError(f"no tasks behind {name}")
    due = select(Task).where(where.around(Task), Task.state == "open", Task.due_day <= where.day)
    of_kind = due.where(Task.kind == counter.task)
    return of_kind.where(Task.case_id.in_(counted.with_only_columns(Case.id)))


def _count(index: int, counter: Counter, where: Asked, by: str) -> Select:
    place = getattr(counter.model, by, None)
    shown = cast(null(), Integer) if place is None else place
    counted = select(literal(index), shown, func.count(), func.min(counter.since))
    counted = counted.select_from(counter.model).where(*counter.condition(where))
    return counted if place is None else counted.group_by(place)
