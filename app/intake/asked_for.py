"""Work given out that a record does: done when the record is kept, open when it is taken back.

Somebody who was asked for a visit need not say twice that she was there: any record of
the kind about the same resident counts, if it is told by who has the work.
"""

from app.domain.people import User
from app.domain.records import Record
from app.domain.shares import share_done_by, share_of
from app.domain.tasks import Task
from app.intake.kind import Telling
from app.intake.sight import Sight
from app.lib.db import session


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
        return
    if record.kind != "withdrawal":
        share.record_id = share.task.record_id = record.id
    elif share.may("reopen"):
        share.reopen(by=telling.by, at=telling.received_at)


def _tasks_for(record: Record, telling: Telling, sight: Sight) -> list[Task]:
    named = telling.subject.task
    if named is not None and named.kind == "assignment" and named.asks == record.kind:
        return [named]
    ids = sight.asked_for.get((record.kind, record.resident_id)) if record.resident_id else None
    found = [session.get(Task, task_id) for task_id in ids or ()]
    return [task for task in found if _is_hers(task, telling.by) and record.at >= task.opens_at]


def _is_hers(task: Task, by: User) -> bool:
    return task.assignee_id in (None, by.id)


def _finish(task: Task, record: Record, *, by: User) -> None:
    share = share_of(task)
    if share is not None and share.may("finish"):
        session.flush()
        share.finish(record.id, by=by, at=record.at)
