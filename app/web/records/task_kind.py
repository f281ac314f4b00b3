"""Which record answers which task, and what one tap may say of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.follow_ups import FOLLOW_UPS
from app.domain.tasks import Task
from app.intake import KINDS
from app.intake.kind import Kind
from app.lib.words import N_

KIND_OF_TASK = {
    "verify": "arrival_check",
    "arrival": "arrival",
    "test": "test",
    "result": "test",
    "monitor": "monitor",
    "visit": "visit",
    "release": "release",
    "answer": "answer",
    "incident": "incident_handled",
    "check": "check_result",
}


@dataclass(frozen=True, slots=True)
class Tap:
    """The answer of one tap: its words on the button and the fields it fills."""

    words: str
    fields: Mapping[str, str]


# A task whose usual answer differs from its kind's.
TAP_OF_TASK = {"result": Tap(N_("结果阴性"), {"outcome": "negative"})}


def kind_for(task: Task) -> Kind | None:
    """The record kind that does a task; None where a page of its own does it."""
    if task.kind == "verify" and task.case and task.case.kind == "yellow":
        return KINDS["code_check"]
    if task.kind == "assignment":
        return KINDS.get(task.asks, KINDS["assignment_done"])
    if task.kind in FOLLOW_UPS:
        return KINDS[task.asks]
    return KINDS.get(KIND_OF_TASK.get(task.kind, ""))


def attempt_for(task: Task) -> tuple[Kind, Mapping[str, str]]:
    """What one tap says where nobody was reached."""
    if task.kind == "check":
        return KINDS["check_result"], {"outcome": "no_answer"}
    return KINDS["attempt"], KINDS["attempt"].one_tap


def may_try(task: Task) -> bool:
    """Whether it is about reaching somebody."""
    return task.kind == "check" or bool(task.resident_id and task.case_id)


def tap_for(task: Task) -> Tap | None:
    """What one tap may say of a task; None where something must be written."""
    if task.kind in TAP_OF_TASK:
        return TAP_OF_TASK[task.kind]
    if task.kind == "release" and not (task.case and task.case.kind == "returnee"):
        return None
    if task.kind == "assignment" and task.asks in ("note", "photo"):
        return None
    kind = kind_for(task)
    return Tap(kind.one_tap_words, kind.one_tap) if kind and kind.one_tap else None
