"""Work that a record does: done when the record is kept, open when it is taken back.

It was given out by a director, or follows from what a check has found.

Somebody who was asked for a visit need not say twice that she was there: any record of
the kind about the same resident counts, if it is told by who has the work.
"""

from sqlalchemy import select

from app.domain.follow_ups import FOLLOW_UPS
from app.domain.people import User
from app.domain.records import Record
from app.domain.shares import share_done_by, share_of
from app.domain.tasks import Task
from app.intake.kind import Telling
from app.intake.sight import Sight
from app.lib.db import session

# Tasks that name the kind of record which does them.
ASKING = ("assignment", *FOLLOW_UPS)


def count_as_done(record: Record, telling: Telling, sight: Sight) -> None:
    """Let work given out follow a record that was kept just now."""
    if record.supersedes:
        _follow(record, telling)
    else:
        for task in _tasks_for(record, telling, sight):
            _finish(task, record, by=telling.by)


def _follow(record: Record, telling: Telling) -> None:
    """A correction does what the record did that it corrects; a withdrawal undoes it."""
    share = share_done_by(record.supersedes)
    if share is None:
        return _follow_up(record)
    if record.kind != "withdrawal":
        share.record_id = share.task.record_id = record.id
    elif share.may("reopen"):
        share.reopen(by=telling.by, at=telling.received_at)


def _follow_up(record: Record) -> None:
    """The same of what followed from a check."""
    done = Task.record_id == record.supersedes, Task.kind.in_(FOLLOW_UPS)
    for task in session.scalars(select(Task).where(*done)):
        if record.kind == "withdrawal":
            task.reopen()
        else:
            task.record_id = record.id


def _tasks_for(record: Record, telling: Telling, sight: Sight) -> list[Task]:
    named = telling.subject.task
    if named is not None and named.kind in ASKING and named.asks == record.kind:
        return [named]
    ids = sight.asked_for.get((record.kind, record.resident_id)) if record.resident_id else None
    found = [session.get(Task, task_id) for task_id in ids or ()]
    return [task for task in found if _is_hers(task, telling.by) and record.at >= task.opens_at]


def _is_hers(task: Task, by: User) -> bool:
    return task.assignee_id in (None, by.id)


def _finish(task: Task, record: Record, *, by: User) -> None:
    share = share_of(task)
    session.flush()
    if share is not None and share.may("finish"):
        share.finish(record.id, by=by, at=record.at)
    elif share is None and task.state == "open":
        task.finish(record.id, by_id=by.id, at=record.at)
