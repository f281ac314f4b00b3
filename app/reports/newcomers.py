"""What came onto a worker's list after she opened it: so that the page can say so and stay still.

A mark is three numbers that only grow: the day, the newest task due, and the
last time one of them was asked for again or given to somebody else.
"""

from datetime import datetime

from sqlalchemy import func, select

from app.domain.events import Event
from app.lib import clock
from app.lib.db import session
from app.reports.today import Day

Mark = tuple[int, ...]
CALLS = (
    "task_reminded",
    "task_reassigned",
    "assignment_answered",
    "assignment_handed_on",
    "assignment_moved",
    "assignment_returned",
)


def mark_of(day: Day, now: datetime) -> Mark:
    """How far the list of a day goes."""
    ready = [item for stop in day.stops for item in stop.items] + day.calls
    waiting = [item.task.id for item in ready]
    waiting += [item.task.id for item in day.later]
    called = select(func.max(Event.id)).where(Event.kind.in_(CALLS), Event.task_id.in_(waiting))
    newest, last_call = max(waiting, default=0), session.scalar(called) or 0
    return clock.local_day(now).toordinal(), newest, last_call


def has_more(mark: Mark, seen: Mark) -> bool:
    """Whether anything came since a list was `seen`."""
    return any(now > then for now, then in zip(mark, seen, strict=True))


def written(mark: Mark) -> str:
    """A mark as it stands in an address."""
    return "-".join(map(str, mark))


def read_mark(text: str) -> Mark | None:
    """The mark of an address; None for anything else."""
    parts = text.split("-")
    fits = len(parts) == 3 and all(part.isdecimal() and len(part) < 16 for part in parts)
    return tuple(map(int, parts)) if fits else None
