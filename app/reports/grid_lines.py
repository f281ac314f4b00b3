"""The rows of a checklist list, each with what a director must see to judge it."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.domain.records import Record
from app.domain.reviews import Review
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task; where it is done, with the record that says so."""

    task: Task
    late: bool
    record: Record | None
    review: Review | None


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record with what the director said of it."""

    record: Record
    review: Review | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the rows, and how many there are in all."""

    lines: list
    total: int
    number: int

    @property
    def has_more(self) -> bool:
        return self.number * PER_PAGE < self.total


def task_page(wanted: Select, number: int) -> Page:
    """A page of tasks by when they are due, those left undone first."""
    rows = wanted.add_columns(Record, Review).outerjoin(Record, Record.id == Task.record_id)
    rows = rows.outerjoin(Review, Review.record_id == Record.id)
    rows = rows.options(
        joinedload(Task.resident),
        joinedload(Task.household),
        joinedload(Task.assignee),
        joinedload(Record.by),
    )
    rows = _cut(rows.order_by(Task.done_at.is_not(None), Task.due_at, Task.id), number)
    now = clock.now()
    lines = [
        TaskLine(task, task.is_late(now), record, review)
        for task, record, review in session.execute(rows)
    ]
    return Page(lines, _how_many(wanted), number)


def record_page(wanted: Select, number: int) -> Page:
    """A page of records, the latest first."""
    rows = wanted.add_columns(Review).outerjoin(Review, Review.record_id == Record.id)
    rows = rows.options(joinedload(Record.resident), joinedload(Record.by))
    rows = _cut(rows.order_by(Record.at.desc(), Record.id), number)
    lines = [RecordLine(record, review) for record, review in session.execute(rows)]
    return Page(lines, _how_many(wanted), number)


def _cut(rows: Select, number: int) -> Select:
    return rows.limit(PER_PAGE).offset((number - 1) * PER_PAGE)


def _how_many(wanted: Select) -> int:
    return session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
