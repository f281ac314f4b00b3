"""Many episodes begun at once: a list from above opens hundreds of cases in a moment.

Each gets the same as one that is begun alone (open_case, record): its four papers, its
record, its events and its tasks; only the rows are written together, a statement a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.domain import plan
from app.domain.cases import Case, Papers, new_case
from app.domain.events import all_happened, noted
from app.domain.people import User
from app.domain.recording import Deed, event_of, new_record
from app.domain.records import Record
from app.domain.residents import Resident
from app.domain.tasks import Task
from app.lib.db import session
from app.lib.many import columns_of, insert_all, insert_new
from app.policy.plan import Plan


@dataclass(frozen=True, slots=True)
class Beginning:
    """One episode to begin: of whom, with which papers, by which deed, and what is told of it."""

    kind: str
    resident: Resident
    papers: Papers
    deed: Deed
    told: dict[str, Any] = field(default_factory=dict)
    came_from: str = ""


def begin_all(
    beginnings: Sequence[Beginning], *, by: User, at: datetime
) -> list[tuple[Case, Record]]:
    """Open the cases and keep the records that open them; the session holds neither.

    Nobody of them may have an open case of the kind: the database refuses a second one.
    """
    session.flush()
    cases, records, plans, over = [], [], [], {}
    for one in beginnings:
        cases.append(case := _case(one, at))
        records.append(record := new_record(replace(one.deed, case=case), by=by, at=at))
        plans.append(plan.begin(case, record, over, at=at))
    insert_new(cases)
    for case, record in zip(cases, records, strict=True):
        record.case_id = case.id
    insert_all(Record, [columns_of(record) for record in records])
    _note(cases, records, by=by, at=at)
    _give_tasks(cases, plans, by=by)
    return list(zip(cases, records, strict=True))


def _case(one: Beginning, at: datetime) -> Case:
    case = new_case(one.kind, one.resident, one.papers, at=at, **one.told)
    case.came_from = one.came_from
    return case


def _note(cases: Sequence[Case], records: Sequence[Record], *, by: User, at: datetime) -> None:
    opened = ({"kind": case.kind, "reason": case.reason} for case in cases)
    events = [
        noted("case_opened", by=by, at=at, about=case, data=data)
        for case, data in zip(cases, opened, strict=True)
    ]
    all_happened(events + [noted(**event_of(record, by=by, at=at)) for record in records])


def _give_tasks(cases: Sequence[Case], plans: Sequence[Plan], *, by: User) -> None:
    begun = zip(cases, plans, strict=True)
    first = (plan.first_tasks(case, made, by_id=by.id) for case, made in begun)
    insert_all(Task, [task for several in first for task in several])
