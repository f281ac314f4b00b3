"""Many episodes begun at once: a list from above opens hundreds of cases in a moment.

Each gets the same as one that is begun alone (open_case, record): its four papers, its
record, its events and its tasks; only the rows are written together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.domain import plan
from app.domain.cases import Case, Papers, new_case
from app.domain.events import happened
from app.domain.people import User
from app.domain.recording import Deed, write_down
from app.domain.records import Record
from app.domain.residents import Resident
from app.lib.db import session


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
    """Open the cases and keep the records that open them.

    Nobody of them may have an open case of the kind: the database refuses a second one.
    """
    session.flush()
    cases = [_case(one, at) for one in beginnings]
    session.flush()
    for case in cases:
        data = {"kind": case.kind, "reason": case.reason}
        happened("case_opened", by=by, at=at, about=case, data=data)
    records = [
        write_down(replace(one.deed, case=case), by=by, at=at)
        for one, case in zip(beginnings, cases, strict=True)
    ]
    session.flush()
    for case, record in zip(cases, records, strict=True):
        plan.begin(case, record, at=at)
    session.flush()
    return list(zip(cases, records, strict=True))


def _case(one: Beginning, at: datetime) -> Case:
    case = new_case(one.kind, one.resident, one.papers, at=at, **one.told)
    case.came_from = one.came_from
    session.add(case)
    return case
