"""One task in the words of its card: who, where, why, by when, and what one tap may say."""

from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from app.domain.places import Household
from app.domain.tasks import KINDS as TASKS
from app.domain.tasks import Task
from app.intake.kind import Kind
from app.lib import clock
from app.lib.ids import new_id
from app.reports.badges import Badge
from app.reports.today import Item
from app.web.records.as_entry import tap_on
from app.web.records.task_kind import attempt_for, kind_for, may_try, tap_for
from app.web.task_words import note_of, what_of, when_of, who_of, why_of
from app.web.words import translated


@dataclass(frozen=True, slots=True)
class Card:
    """`tap` is None where something must be said; `form` None where no form does it."""

    task: Task
    who: str
    badges: list[Badge]
    what: str
    why: str
    note: str
    when: str
    tone: str | None
    kind: Kind | None
    tap: str | None
    form: str | None
    age: int | None
    entry_id: UUID
    attempt_id: UUID
    tap_entry: dict[str, str]
    attempt_entry: dict[str, str]

    @property
    def dom_id(self) -> str:
        return f"task-{self.task.id}"

    @property
    def may_try(self) -> bool:
        return may_try(self.task)


def card_of(item: Item) -> Card:
    """The card of one task; the ids of its entries are made here, so that a resend is known."""
    task, kind, tap = item.task, kind_for(item.task), tap_for(item.task)
    return Card(
        task=task,
        who=who_of(task) or translated(TASKS[task.kind]),
        badges=item.badges,
        what=what_of(task),
        why=why_of(task),
        note=note_of(task),
        when=when_of(task, is_late=item.late),
        tone="late" if item.late else None,
        kind=kind,
        tap=translated(tap.words) if tap else None,
        form=form_url(task, kind),
        age=age_of(task),
        entry_id=new_id(),
        attempt_id=new_id(),
        tap_entry=tap_on(task, kind, tap.fields) if tap else {},
        attempt_entry=tap_on(task, *attempt_for(task)),
    )


def age_of(task: Task) -> int | None:
    """Said of an elder only."""
    is_elder = task.case is not None and task.case.kind == "elder"
    return task.resident.age_on(clock.today()) if is_elder and task.resident else None


def form_url(task: Task, kind: Kind | None) -> str | None:
    """Where the task can be answered at length."""
    if task.kind == "incident":
        return url_for("worker.incident", incident_id=task.incident_id)
    if task.kind == "assignment":
        return url_for("worker.assignment", task_id=task.id)
    return url_for("records.form", kind=kind.key, task=task.id) if kind else None


def place_of(home: Household | None) -> tuple[str, str]:
    """What the door plate says: (``2-1``, ``101``); ``?`` where the room is not known."""
    if home is None or home.room is None:
        return "", "?"
    place = [_number(part.name) for part in (home.building, home.unit) if part]
    return "-".join(place), home.room.name


def _number(name: str) -> str:
    """``12号楼`` → ``12``; a name without a number stays as it is."""
    return name.removesuffix("号楼").removesuffix("单元") or name
