"""From a message to its thing: the one address that a notification, a robot or a list leads to.

It names nobody. Whoever is not signed in signs in first and comes on from there. What a kind
opens stands in its line of the registry; what each of these words means stands here.
"""

from collections.abc import Callable
from uuid import UUID

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.alike import alike
from app.domain.events import Event
from app.domain.messages import Message, message_of
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.notify.registry import KINDS
from app.policy.permissions import Permission as P
from app.web.edge import keep_anyway
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.messages import messages
from app.web.person import me, my


@messages.get("/messages/<uuid:message_id>")
@allows(P.OWN_ACCOUNT)
def opening(message_id: UUID) -> ResponseReturnValue:
    keep_anyway()
    message = message_of(me(), message_id) or abort(404)
    message.open(at=clock.now())
    way = WAYS[KINDS[message.kind].opens](message)
    if way is None:
        tell(_("这件事已经办完，或者不再归您。"), tone="warn")
    return redirect(way or url_for("messages.inbox"), 303)


@messages.get("/messages/<uuid:message_id>/alike")
@allows(P.OWN_ACCOUNT)
def all_alike(message_id: UUID) -> ResponseReturnValue:
    """The list that several of a day lead to; all of them count as opened."""
    keep_anyway()
    message = message_of(me(), message_id) or abort(404)
    way = TOGETHER.get(KINDS[message.kind].together) or abort(404)
    for one in alike(message):
        one.open(at=clock.now())
    return redirect(way(message), 303)


def to_elders(message: Message) -> str:
    """The elders of that day whom nobody has visited, as they stand now."""
    day = clock.local_day(message.made_at)
    past = None if day == clock.today() else day.isoformat()
    rows = {"kind": "elder", "counter": "elder_unseen_today", "day": past}
    return url_for("worker.today") if _is_worker() else url_for("director.ledger", **rows)


def to_task(message: Message) -> str | None:
    task = my().find(my().tasks, message.task_id)
    if task is None:
        return None
    if task.kind == "incident":
        return to_incident(message)
    if task.share:
        return _given(task)
    return _stop_of(task) if _is_worker() else _resident(task.resident_id) or _today()


def to_assignment(message: Message) -> str | None:
    """Work that was given out, as its director or its receiver sees it."""
    task = my().find(my().tasks, message.task_id)
    return _given(task) if task and task.share else None


def to_notice(message: Message) -> str | None:
    return message.notice_id and url_for("news.notice", notice_id=message.notice_id)


def to_training(message: Message) -> str | None:
    event = session.get(Event, message.event_id) if message.event_id else None
    return event and url_for("news.training", training=event.data["training"])


def to_export(message: Message) -> str | None:
    event = session.get(Event, message.event_id) if message.event_id else None
    return event and url_for("exports.export", export_id=event.data["export"])


def to_reveals(message: Message) -> str | None:
    if me().role == "admin":
        return url_for("admin.audit_log", action="revealed")
    return message.event_id and url_for("exports.reveals", event_id=message.event_id)


def to_checks(message: Message) -> str | None:
    """Whom a worker is to call; to a director how far the list is."""
    if _is_worker():
        return url_for("worker.checks")
    found = my().find(my().pushed_lists, message.list_id)
    return found and url_for("director.check_list", list_id=found.id)


def to_list(message: Message) -> str | None:
    found = my().find(my().pushed_lists, message.list_id)
    return found and url_for("director.imported", list_id=found.id)


def to_case(message: Message) -> str | None:
    return _resident(message.resident_id) or _today()


def to_record(message: Message) -> str | None:
    """The author's answer stands on her list; a director looks at the record."""
    if _is_worker():
        asked = my().tasks.where(Task.about_record_id == message.record_id, Task.state == "open")
        if task := session.scalar(asked.limit(1)):
            return _stop_of(task)
    found = my().find(my().records, message.record_id)
    page = "records.record" if _is_worker() else "director.review"
    return found and url_for(page, record_id=found.id)


def to_incident(message: Message) -> str | None:
    found = my().find(my().incidents, message.incident_id)
    page = "worker.incident" if _is_worker() else "director.incident"
    return found and url_for(page, incident_id=found.id)


def to_feedback(_message: Message) -> str:
    return (
        url_for("worker.me", _anchor="feedback") if _is_worker() else url_for("director.feedback")
    )


def to_rules(_message: Message) -> str:
    return url_for("worker.today") if _is_worker() else url_for("director.situation")


def _given(task: Task) -> str:
    if _is_worker():
        return url_for("worker.assignment", task_id=task.id)
    return url_for("director.given", given_id=task.share.assignment_id)


def _stop_of(task: Task) -> str:
    """The card of a task among what is due; what is due later is found with its person."""
    card = f"task-{task.id}"
    if task.due_day > clock.today() and task.resident_id:
        return url_for("residents.resident", resident_id=task.resident_id)
    if task.household_id:
        return url_for("worker.stop", household_id=task.household_id, _anchor=card)
    return url_for("worker.today", _anchor=card)


def _resident(resident_id: int | None) -> str | None:
    found = my().find(my().residents, resident_id) if resident_id else None
    return found and url_for("residents.resident", resident_id=found.id)


def _today() -> str:
    return url_for("worker.today" if _is_worker() else "director.checklist")


def _is_worker() -> bool:
    return me().role == "worker"


# By the word `opens` of a line of the registry; None where the thing is not hers any more.
WAYS: dict[str, Callable[[Message], str | None]] = {
    "task": to_task,
    "assignment": to_assignment,
    "notice": to_notice,
    "training": to_training,
    "export": to_export,
    "reveals": to_reveals,
    "checks": to_checks,
    "list": to_list,
    "case": to_case,
    "record": to_record,
    "incident": to_incident,
    "feedback": to_feedback,
    "rules": to_rules,
    "today": lambda _message: _today(),
    "me": lambda _message: url_for("auth.home" if not _is_worker() else "worker.me"),
    "held": lambda _message: url_for("director.held"),
    "day_close": lambda _message: url_for("director.day_close"),
}
# By the word `together` of a line of the registry.
TOGETHER: dict[str, Callable[[Message], str]] = {"elders": to_elders}
