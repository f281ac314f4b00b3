"""After a tap on a plain page: what became of it is said above the list, which is shown again."""

from flask import redirect
from flask.typing import ResponseReturnValue

from app.domain.tasks import Task
from app.intake.kind import Kind
from app.sync.inbox import Answer
from app.web.hypermedia import tell
from app.web.records.answers import say_answer, undo_url
from app.web.return_path import after_this
from app.web.task_words import who_of
from app.web.words import translated


def answered(task: Task, kind: Kind, answer: Answer, words: str) -> ResponseReturnValue:
    """The answer to a tap on a card; `words` is what the tap said."""
    who = who_of(task)
    if answer.state in ("kept", "already"):
        # what there is to know after it (how to try again), or what the tap said
        told = translated(answer.why or words)
        tell(f"{who} {told}".strip(), undo=undo_url(answer, kind))
    else:
        say_answer(answer, kind, about=who)
    return redirect(after_this(), 303)
