"""Work that was given to her: what, about whom, by when, and what she can do about it now.

That she has opened it is noted once, so that the director sees it; that alone is
written when a page is only looked at.
"""

from collections.abc import Iterable
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.attachments import Attachment, of_assignments
from app.domain.shares import STATES
from app.domain.tasks import Task
from app.intake import KINDS
from app.intake.accept import Entry
from app.lib import clock
from app.lib.ids import new_id, read_id
from app.policy.permissions import Permission as P
from app.reports.today import Item
from app.sync import inbox
from app.web.edge import keep_anyway
from app.web.given_course import asks_words, course_of
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me, my
from app.web.records.answers import say_answer
from app.web.records.as_entry import tap_on
from app.web.words import translated
from app.web.worker import worker
from app.web.worker.task_card import card_of

ACCEPT = KINDS["assignment_accepted"]
# What else can be done about it, each by a form.
FORMS = {"assignment_asked": "ask", "assignment_handed_on": "hand_on"}


@worker.get("/assignments/mine/<int:task_id>")
@allows(P.SEE_TODAY)
def assignment(task_id: int) -> ResponseReturnValue:
    task = note_opened(found_task(task_id))
    files = of_assignments([task.assignment_id])[task.assignment_id]
    return page("worker/assignment.html", **assignment_shown(task, files))


@worker.post("/assignments/mine/<int:task_id>/acceptance")
@allows(P.SEE_TODAY)
def acceptance(task_id: int) -> ResponseReturnValue:
    found_task(task_id)
    entry_id = read_id(request.form.get("id")) or new_id()
    entry = Entry(entry_id, ACCEPT.key, clock.now(), {"task_id": str(task_id)}, {})
    answer = inbox.receive([entry], by=me())[0]
    if answer.state in ("kept", "already"):
        tell(translated(ACCEPT.words))
    else:
        say_answer(answer, ACCEPT)
    return redirect(url_for("worker.assignment", task_id=task_id), 303)


def found_task(task_id: int) -> Task:
    """Her task, if it is work given out; 404 otherwise."""
    task = my().find(my().tasks, task_id)
    return task if task is not None and task.share else abort(404)


def note_opened(task: Task) -> Task:
    """Note the first look of whoever has it."""
    task_id = task.id
    if task.share.opened_at is None and task.state == "open":
        keep_anyway()
        task = found_task(task_id)
        task.share.open(at=clock.now())
    return task


def assignment_shown(task: Task, files: Iterable[Attachment]) -> dict[str, Any]:
    """What is known of it, in words, and what may be done."""
    share, given = task.share, task.share.assignment
    asked = share.last("answer") or share.last("send_back")
    return {
        "task": task,
        "share": share,
        "given": given,
        "card": card_of(Item(task, [], task.is_late(clock.now()))),
        "asks": asks_words(task.asks),
        "course": course_of(share),
        "states": STATES,
        "last_word": asked,
        "files": files,
        "accept_entry": tap_on(task, ACCEPT, ACCEPT.one_tap),
        "accept_id": new_id(),
        "forms": [KINDS[key] for key, step in FORMS.items() if share.may(step)],
    }
