"""What the clock says rather than an event: the morning's list, deadlines, the evening, elders.

The timetable (app/jobs.py) calls these; doing one again tells nobody anything twice.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.domain.days import DayClose
from app.domain.messages import Message
from app.domain.people import workers_of
from app.domain.places import Area
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.notify import rules
from app.notify.recipients import Staff
from app.notify.writing import message, write

# What only a director does stands on no worker's list.
OF_THE_DIRECTOR = ("decode",)


def tell_the_morning(*, at: datetime) -> int:
    """To every worker how much her day holds; how many were told."""
    return _tell_what_is_left("morning", at=at)


def tell_the_evening(*, at: datetime) -> int:
    """To every worker how much of her day is left."""
    return _tell_what_is_left("evening", at=at)


def tell_what_is_due(*, at: datetime) -> int:
    """Of tasks due at an hour, a while before; what is due by midnight is the evening's.

    Of checks a list speaks as a whole (app/notify/lists.py).
    """
    soon = {}
    for place in _communities_with(Task.due_at > at, Task.due_at <= clock.end_of(clock.today())):
        soon[place.id] = at + rules.minutes_ahead("due", place, at=at)
    if not soon:
        return 0
    by_then = or_(*((Task.community_id == one) & (Task.due_at <= end) for one, end in soon.items()))
    midnight = clock.end_of(clock.local_day(at))
    found = _open().where(by_then, Task.due_at > at, Task.due_at < midnight, Task.opens_at <= at)
    found = found.where(Task.kind != "check")
    staff = Staff(clock.local_day(at))
    news = [
        _of_task("task_due", f"due:{task.id}:{task.due_at:%m%d%H%M}", task, one, at=at)
        for task in session.scalars(found)
        for one in sorted({task.assignee_id} - {None} or staff.of_grid(task.grid_id))
    ]
    return write(news)


def tell_of_elders(*, at: datetime) -> int:
    """Of elders whom nobody has reached by the hour of the rule, to worker and directors."""
    day = clock.local_day(at)
    over = [
        place.id
        for place in _communities_with(Task.kind == "visit", Task.due_day == day)
        if at >= clock.at(day, rules.alarm_hour("elder_unreached", place, at=at))
    ]
    found = _open().where(Task.kind == "visit", Task.due_day == day, Task.opens_at <= at)
    staff = Staff(day)
    news = []
    for task in session.scalars(found.where(Task.community_id.in_(over))):
        whom = {task.assignee_id} - {None} or staff.of_grid(task.grid_id)
        for one in sorted(whom | staff.of_community(task.community_id, "director")):
            news.append(_of_task("elder_unreached", f"elder:{task.id}:{day}", task, one, at=at))
    return write(news)


def tell_day_open(*, at: datetime) -> int:
    """To the directors of communities that worked today and have not closed the day."""
    day = clock.local_day(at)
    closed = select(DayClose.community_id).where(DayClose.day == day)
    places = _communities_with(
        Task.due_day == day, Task.community_id.not_in(closed), any_state=True
    )
    staff = Staff(day)
    news = [
        message("day_open", f"day_open:{day}", one, at=at, community_id=place.id)
        for place in places
        for one in sorted(staff.of_community(place.id, "director"))
    ]
    return write(news)


def _tell_what_is_left(kind: str, *, at: datetime) -> int:
    day = clock.local_day(at)
    due = _open().where(Task.due_day <= day)
    by_grid = _counted(due.where(Task.assignee_id.is_(None)), Task.grid_id)
    left = Counter(_counted(due.where(Task.assignee_id.is_not(None)), Task.assignee_id))
    for grid_id, user in workers_of(by_grid, day):
        left[user.id] += by_grid[grid_id]
    staff = Staff(day)
    news = [
        message(kind, f"{kind}:{day}", one, at=at, community_id=staff.community_of(one), n=n)
        for one, n in sorted(left.items())
    ]
    return write(news)


def _open() -> Select:
    return select(Task).where(Task.state == "open", Task.kind.not_in(OF_THE_DIRECTOR))


def _counted(tasks: Select, by: ColumnElement[int]) -> dict[int, int]:
    """How many of these tasks there are for each value of a column."""
    rows = tasks.where(by.is_not(None)).with_only_columns(by, func.count(Task.id)).group_by(by)
    return dict(session.execute(rows).all())


def _communities_with(*tasks: ColumnElement[bool], any_state: bool = False) -> Iterable[Area]:
    """The communities that have such tasks, open ones only unless `any_state`."""
    ids = select(Task.community_id).where(*tasks)
    if not any_state:
        ids = ids.where(Task.state == "open")
    return list(session.scalars(select(Area).where(Area.id.in_(ids)).order_by(Area.id)))


def _of_task(kind: str, key: str, task: Task, person_id: int, *, at: datetime) -> Message:
    about = {"task_id": task.id, "case_id": task.case_id, "resident_id": task.resident_id}
    return message(kind, key, person_id, at=at, community_id=task.community_id, **about)
