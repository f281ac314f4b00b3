"""After a tap: with htmx the card gives way to what was said, otherwise the list is shown again."""

from flask import make_response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain.tasks import Task
from app.intake.kind import Kind
from app.lib import clock
from app.reports.today import day_of
from app.sync.inbox import Answer
from app.web.hypermedia import page, tell
from app.web.person import my
from app.web.records.answers import say_answer, undo_url
from app.web.return_path import after_this
from app.web.words import translated


def answered(task: Task, kind: Kind, answer: Answer, words: str) -> ResponseReturnValue:
    """The answer to a tap on a card; `words` is what the tap said."""
    if answer.state in ("kept", "already") and request.headers.get("HX-Request"):
        return _over(task, kind, answer, words)
    who = task.resident.masked_name if task.resident else ""
    if answer.state in ("kept", "already"):
        tell(f"{who} {told(answer, words)}".strip(), undo=undo_url(answer, kind))
    else:
        say_answer(answer, kind, about=who)
    if request.headers.get("HX-Request"):
        response = make_response("", 204)
        response.headers["HX-Refresh"] = "true"
        return response
    return redirect(after_this(), 303)


def told(answer: Answer, words: str) -> str:
    """What the tap said, or what there is to know after it (how to try again)."""
    return translated(answer.why or words)


def _over(task: Task, kind: Kind, answer: Answer, words: str) -> ResponseReturnValue:
    return page(
        "worker/answered.html",
        task=task,
        who=task.resident.masked_name if task.resident else "",
        words=told(answer, words),
        undo=undo_url(answer, kind),
        day=day_of(my(), clock.now()),
    )
