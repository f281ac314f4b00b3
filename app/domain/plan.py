"""After any record: ask the rules what is due, and make the stored tasks say the same.

A record two days late, a correction, a new situation and a changed rule are one
and the same operation: plan again. `revise` may be called any number of times.
"""

from collections.abc import MutableMapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Subquery, bindparam, select
from sqlalchemy.orm import joinedload

from app.domain.cases import Case
from app.domain.events import happened
from app.domain.people import User
from app.domain.places import Area
from app.domain.records import SealedFields, course_of
from app.domain.regime import situations_at
from app.domain.tasks import Task, finished, window
from app.lib import clock
from app.lib.db import session
from app.policy.facts import CaseFacts, RecordFact, Situation
from app.policy.plan import Done, Due, Plan, plan
from app.policy.rulebook import RULES

# The situations over some areas, by the area's id.
Over = MutableMapping[int, tuple[Situation, ...]]


def revise(
    case: Case, *, by: User | None, at: datetime, course: Sequence[Any] | None = None
) -> Plan:
    """Plan a case again and reconcile its tasks, stage and end date with the result.

    `course` are the rows of its records where the caller has read them already.
    """
    if course is None:
        session.flush()
        course = course_of(case.id)
    made = plan(facts_of(case), [fact_of(row) for row in course], RULES, at)
    _reconcile(case, made, {str(row.id): row.by_id for row in course})
    _take_over(case, made, by=by, at=at)
    return made


def begin(case: Case, record: Any, over: Over, *, at: datetime) -> Plan:
    """The first plan of a case that `record` opens; neither needs to be stored yet."""
    made = plan(facts_of(case, over), [fact_of(record)], RULES, at)
    _take_over(case, made, by=None, at=at)
    return made


def first_tasks(case: Case, made: Plan, *, by_id: int) -> list[dict[str, Any]]:
    """The tasks that a case begins with, as rows."""
    due = [_columns(case, due) for due in made.due]
    return due + [
        _columns(case, done) | finished(UUID(done.record), by_id=by_id, at=done.at)
        for done in made.done
    ]


def revise_all(*, by: User | None, at: datetime) -> int:
    """Plan again every open case that was not planned since the day began; how many there were."""
    found = list(session.scalars(select(Case).where(Case.id.in_(select(unplanned().c.id)))))
    for case in found:
        revise(case, by=by, at=at)
    return len(found)


def revise_elders(area: Area, *, by: User | None, at: datetime) -> int:
    """Plan again the visits to every elder on the roll at `area`; how many there were."""
    wanted = select(Case).where(Case.kind == "elder", Case.closed_at.is_(None))
    wanted = wanted.join(Area, Area.id == Case.community_id).where(Area.path.startswith(area.path))
    wanted = wanted.options(joinedload(Case.resident), joinedload(Case.grid))
    found = list(session.scalars(wanted))
    for case in found:
        revise(case, by=by, at=at)
    return len(found)


def unplanned() -> Subquery:
    """The ids of open cases that were last planned before today."""
    began = clock.at(clock.today())
    wanted = select(Case.id).where(Case.closed_at.is_(None), Case.planned_at < began)
    return wanted.subquery("unplanned")


def facts_of(case: Case, over: Over | None = None) -> CaseFacts:
    """What the rules need to know of a case; `over` remembers what was asked of its place."""
    return CaseFacts(
        kind=case.kind,
        opened_at=case.opened_at,
        reason=case.reason,
        edition=case.edition,
        jurisdiction=case.jurisdiction,
        anchor=case.anchor_at,
        age=case.resident.age_on(clock.local_day(case.opened_at)),
        high_risk=case.high_risk,
        situations=_over(case, {} if over is None else over) if case.kind == "elder" else (),
        end_override=case.end_override,
    )


def _over(case: Case, known: Over) -> tuple[Situation, ...]:
    area_id = case.grid_id or case.community_id
    if area_id not in known:
        known[area_id] = situations_at(session.get(Area, area_id))
    return known[area_id]


def fact_of(row: Any) -> RecordFact:
    """What the rules need to know of a record or its row."""
    fields = SealedFields(row.id, row.outcome, row.fields_sealed)
    superseded = str(row.supersedes) if row.supersedes else None
    return RecordFact(str(row.id), row.kind, row.at, row.received_at, fields, superseded)


def _reconcile(case: Case, made: Plan, authors: dict[str, int]) -> None:
    """Make the stored tasks say what the plan says; a row that says so already stays unread."""
    stored = {row.step: row for row in session.execute(_tasks(), {"case_id": case.id})}
    with session.no_autoflush:
        if case.is_open:
            for due in made.due:
                _keep_open(case, stored.pop(due.step, None), due)
        for done in made.done:
            _keep_done(case, stored.pop(done.step, None), done, authors[done.record])
        for row in stored.values():
            if row.state == "open":
                session.get(Task, row.id).withdraw()


def _keep_open(case: Case, row: Any, due: Due) -> None:
    if row and (row.state, row.opens_at, row.due_at) == ("open", due.opens_at, due.due_at):
        return
    task = _task_of(case, row, due)
    if task.state != "open":
        task.reopen()
    task.set_window(due.opens_at, due.due_at)


def _keep_done(case: Case, row: Any, done: Done, author: int) -> None:
    record_id = UUID(done.record)
    says = (row.state, row.opens_at, row.due_at, row.record_id, row.done_at) if row else ()
    if says == ("done", done.opens_at, done.due_at, record_id, done.at):
        return
    task = _task_of(case, row, done)
    task.set_window(done.opens_at, done.due_at)
    task.finish(record_id, by_id=author, at=done.at)


def _task_of(case: Case, row: Any, step: Due | Done) -> Task:
    return session.get(Task, row.id) if row else _new_task(case, step)


def _new_task(case: Case, step: Due | Done) -> Task:
    task = Task(**_columns(case, step))
    session.add(task)
    return task


def _columns(case: Case, step: Due | Done) -> dict[str, Any]:
    """A task for a step of the plan, open."""
    about = {
        "case_id": case.id,
        "kind": step.task,
        "step": step.step,
        "rule": step.rule,
        "state": "open",
        "community_id": case.community_id,
        "grid_id": case.grid_id,
        "household_id": case.household_id,
        "resident_id": case.resident_id,
        "attempts": 0,
    }
    return about | window(step.task, step.opens_at, step.due_at)


def _take_over(case: Case, made: Plan, *, by: User | None, at: datetime) -> None:
    if case.stage and made.stage != case.stage:
        happened("stage_changed", by=by, at=at, about=case, data={"to": made.stage})
    case.stage, case.ends_on, case.may_close = made.stage, made.ends_on, made.may_close
    case.planned_at = at
    case.standing = {
        "why": [sentence.as_json() for sentence in made.why],
        "waits_for": [sentence.as_json() for sentence in made.waits_for],
    }


@cache
def _tasks() -> Select:
    columns = (Task.id, Task.step, Task.state, Task.opens_at, Task.due_at)
    rows = select(*columns, Task.record_id, Task.done_at)
    return rows.where(Task.case_id == bindparam("case_id"))
