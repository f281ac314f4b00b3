"""A training card: its screens one below the other, the rules they explain, one tap at the end."""

from typing import Any

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from app.domain.trainings import seen_by
from app.intake.accept import Entry
from app.lib import clock
from app.lib.ids import new_id, read_id
from app.policy.permissions import Permission as P
from app.policy.rulebook import RULES
from app.policy.trainings import TRAININGS, Training
from app.sync import inbox
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.news import news
from app.web.news.unread import SEEN, training_line
from app.web.person import me
from app.web.records.answers import say_answer
from app.web.return_path import after_this


@news.get("/trainings/<training>")
@allows(P.RECORD)
def training(training: str) -> ResponseReturnValue:
    found = found_training(training)
    read_at = seen_by([me()])[me().id].get(found.key)
    return unchanged(training) or page("news/training.html", **training_shown(found, read_at))


@news.post("/trainings/<training>/reading")
@allows(P.RECORD)
def training_reading(training: str) -> ResponseReturnValue:
    found = found_training(training)
    entry_id = read_id(request.form.get("id")) or new_id()
    entry = Entry(entry_id, SEEN.key, clock.now(), {}, {"training": found.key})
    say_answer(inbox.receive([entry], by=me())[0], SEEN)
    return redirect(after_this(), 303)


def found_training(key: str) -> Training:
    """A training for her role; 404 otherwise."""
    found = TRAININGS.get(key)
    return found if found is not None and me().role in found.roles else abort(404)


def training_shown(found: Training, read_at: Any) -> dict[str, Any]:
    line = training_line(found, "/") if read_at is None else None
    edition = RULES.editions[found.edition]
    return {"training": found, "edition": edition, "read_at": read_at, "line": line}
