"""What a form says of itself so that the phone can keep it as an entry of its outbox.

The same form posts as a plain form where there is no script. js/keep.js reads these
attributes, js/pending.js shows by `on` where an entry that is still on the phone belongs.
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Flask

from app.domain.tasks import Task
from app.intake import KINDS
from app.intake.kind import Kind
from app.web.task_words import who_of
from app.web.words import translated


def init_app(app: Flask) -> None:
    app.jinja_env.globals["withdrawal_of"] = withdrawal_of


def as_entry(kind: Kind, about: Mapping[str, Any], **more: Any) -> dict[str, str]:
    """The attributes of a form that records `kind` about a subject.

    `more`: who (the person in words), on (ids of task, resident, household), fields (the
    answers of a tap).
    """
    if kind.leaves_task:
        more["on"] = {name: n for name, n in more.get("on", {}).items() if name != "task"}
    said = {
        "entry": kind.key,
        "about": {name: str(value) for name, value in about.items()},
        "form": kind.form_print,
        "what": translated(kind.words),
        "stands": None if kind.undoable else "yes",
    }
    return {f"data-{name}": _text(value) for name, value in (said | more).items() if value}


def tap_on(task: Task, kind: Kind, fields: Mapping[str, Any]) -> dict[str, str]:
    """The attributes of a form that answers a task with one tap; its button says the answer."""
    return as_entry(
        kind, {"task_id": task.id}, who=who_of(task), on=places_of(task), fields=dict(fields)
    )


def withdrawal_of(record_id: UUID | str, **more: Any) -> dict[str, str]:
    """The attributes of a form that takes a record back."""
    return as_entry(KINDS["withdrawal"], {"record_id": record_id}, **more)


def places_of(row: Any) -> dict[str, int]:
    """Where something about a task or a form's subject shows: the ids that there are."""
    ids = {
        "task": row.id if isinstance(row, Task) else row.task and row.task.id,
        "resident": row.resident.id if row.resident else None,
        "household": row.household.id if row.household else None,
    }
    return {name: value for name, value in ids.items() if value}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
