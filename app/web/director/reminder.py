"""Reminding of one task, some, or all behind a number; it then stands first in 今日."""

from collections.abc import Iterable

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.policy.permissions import Permission as P
from app.reports.checklist import UNPLACED, WHOLE
from app.reports.counters import COUNTERS, asked, tasks_behind
from app.web.director import director
from app.web.director.asked import asked_place
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.person import me, my
from app.web.return_path import after_this


@director.post("/tasks/<int:task_id>/reminder")
@allows(P.DIRECT_WORK)
def remind_one(task_id: int) -> ResponseReturnValue:
    task = my().find(my().tasks, task_id) or abort(404)
    return remind([task])


@director.post("/reminders")
@allows(P.DIRECT_WORK)
def reminder() -> ResponseReturnValue:
    counter = request.form.get("counter")
    return remind(behind_counter(counter) if counter else chosen())


def behind_counter(counter: str) -> list[Task]:
    """The open tasks behind a number; of one grid where the form says so."""
    if counter not in COUNTERS:
        abort(404)
    code = request.form.get("grid") or WHOLE
    where = asked(asked_place(code), unplaced=code == UNPLACED)
    try:
        wanted = tasks_behind(counter, where)
    except LookupError:
        abort(404)
    return list(session.scalars(wanted))


def chosen() -> list[Task]:
    """The tasks ticked in a list, as far as they are her community's."""
    ids = [int(given) for given in request.form.getlist("task") if given.isdecimal()]
    return list(session.scalars(my().tasks.where(Task.id.in_(ids))))


def remind(tasks: Iterable[Task]) -> ResponseReturnValue:
    """Remind of those that are still open, and say of how many."""
    still = [task for task in tasks if task.state == "open"]
    for task in still:
        task.remind(by=me(), at=clock.now())
    if still:
        tell(_("已提醒 %(n)s 件，会排在网格员今日清单的最前面。", n=len(still)))
    else:
        tell(_("没有要提醒的，可能刚刚办完了。"), tone="warn")
    return redirect(after_this(), 303)
