"""The numbers of the checklist and the daily report that no other page has."""

from sqlalchemy import exists, select

from app.domain.cases import Case
from app.domain.people import User
from app.domain.records import Record, standing
from app.domain.reviews import Review
from app.domain.tasks import Task
from app.lib.words import N_
from app.reports.counter import Asked, Counter
from app.reports.work_counts import WORK

DUE = next(counter.where for counter in WORK if counter.name == "tasks_due_today")
# What somebody looks at elsewhere: with the task it belongs to, or on the page of its incident.
NEEDS_NO_CHECK = (
    "attempt",
    "answer",
    "incident",
    "incident_handled",
    "incident_extension",
    "assignment_done",
)


def _brought_over(asked: Asked) -> tuple:
    return *DUE(asked), Task.due_day < asked.day


def _to_check(asked: Asked) -> tuple:
    said = select(Review.id).where(Review.record_id == Record.id, Review.state != "answered")
    said = exists(said.correlate(Record))
    workers = select(User.id).where(User.role == "worker")
    by_worker = Record.by_id.in_(workers)
    on_day = Record.day == asked.day, Record.kind.not_in(NEEDS_NO_CHECK)
    return *on_day, standing(), by_worker, ~said


def _turned_green(asked: Asked) -> tuple:
    ended = Case.closed_at.between(asked.begins, asked.ends)
    return Case.kind == "yellow", ended, Case.outcome == "green"


CHECKLIST = (
    Counter(
        "tasks_brought_over", N_("往日遗留"), "task", Task, Task.due_at, _brought_over, placed=True
    ),
    Counter("records_to_check", N_("待审登记"), "record", Record, Record.at, _to_check),
    Counter("yellow_green_today", N_("当日转绿"), "yellow", Case, Case.closed_at, _turned_green),
)
