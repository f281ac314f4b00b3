"""Finding whom an entry is about, through the person who tells it.

In her scope: found. In her community but another's grid (it was re-assigned, or
the resident moved while the form was open): held for her director. Anywhere
else it does not exist.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from app.domain.cases import Case
from app.domain.people import User
from app.domain.places import Area, Household
from app.domain.records import Record
from app.domain.residents import Resident
from app.domain.scope import Scope
from app.intake.kind import Kind, Subject
from app.intake.lookup import NOT_FOUND, Lookup, row_number
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import N_, say

NO_CASE = {
    "yellow": N_("这位居民没有在管的黄码档案。黄码由上级推送、社区负责人建档，不能在这里赋码。"),
    "returnee": N_("这位居民没有在管的返回档案，请先做抵达登记。"),
    "elder": N_("这位居民不在关爱老人名册里，请先告诉社区负责人。"),
}


def find_subject(
    kind: Kind,
    ids: Mapping[str, Any],
    *,
    by: User,
    at: datetime | None = None,
    anywhere: bool = False,
    of: Record | None = None,
) -> Subject:
    """The subject that `ids` name: task, record, incident, case, resident or household, each
    as ``task_id`` and so on.

    ``of`` among the ids is the record that added the resident: on a phone without network
    she has no number yet. `of` is the record that is corrected, `at` when the deed was
    done. Raises Refused where nothing of the kind is there, Held where it is a neighbour
    grid's; `anywhere` skips the second, because a director has decided.
    """
    lookup = Lookup(by, anywhere=anywhere or kind.any_grid)
    task, record = (
        lookup.row("task", ids.get("task_id")),
        lookup.row("record", ids.get("record_id")),
    )
    known = [row for row in (of, task, record) if row is not None]
    incident = lookup.row("incident", _known(known, "incident_id") or ids.get("incident_id"))
    known += [incident] if incident else []
    resident = _resident(lookup, ids, known)
    household = resident.household if resident else lookup.row("household", ids.get("household_id"))
    subject = Subject(
        community=lookup.community,
        grid=_grid(lookup.scope, resident, household),
        resident=resident,
        household=household,
        case=_case(kind, ids, known, resident, at or clock.now()) if resident else None,
        task=task,
        incident=incident,
        record=record,
        scope=lookup.scope,
    )
    _refuse_nothing(kind, subject)
    return subject


def _known(rows: list[Any], column: str) -> Any:
    """The first value of a column among rows that were found."""
    return next(filter(None, (getattr(row, column, None) for row in rows)), None)


def _resident(lookup: Lookup, ids: Mapping[str, Any], known: list[Any]) -> Resident | None:
    """Whom the task, record or incident is about; else the one who is named."""
    if of_known := _known(known, "resident_id"):
        return session.get(Resident, of_known)
    if added := lookup.row("record", ids.get("of")):
        return lookup.row("resident", added.resident_id)
    if ids.get("case_id") in (None, ""):
        return lookup.row("resident", ids.get("resident_id"))
    case = _case_row(ids)
    if case is None:
        raise Refused(say(NOT_FOUND["case"]))
    return lookup.row("resident", case.resident_id)


def _case(
    kind: Kind, ids: Mapping[str, Any], known: list[Any], resident: Resident, at: datetime
) -> Case | None:
    """The case named; else the resident's open one of the kind, or the one open at the time."""
    named = _known(known, "case_id")
    found = session.get(Case, named) if named else _case_row(ids)
    if found and found.resident_id == resident.id and _fits(kind, found):
        return found
    return _open_case(kind, resident, at) if kind.case_kinds else None


def _case_row(ids: Mapping[str, Any]) -> Case | None:
    number = row_number(ids.get("case_id"))
    return session.get(Case, number) if number else None


def _fits(kind: Kind, case: Case) -> bool:
    return not kind.case_kinds or case.kind in kind.case_kinds


def _open_case(kind: Kind, resident: Resident, at: datetime) -> Case | None:
    rows = select(Case).where(Case.resident_id == resident.id, Case.kind.in_(kind.case_kinds))
    rows = rows.where(or_(Case.closed_at.is_(None), Case.closed_at >= at))
    order = {case_kind: place for place, case_kind in enumerate(kind.case_kinds)}
    found = session.scalars(rows.order_by(Case.opened_at.desc())).all()
    return min(found, key=lambda case: (not case.is_open, order[case.kind]), default=None)


def _grid(scope: Scope, resident: Resident | None, household: Household | None) -> Area | None:
    """Where it is; for what has no door, her first grid."""
    for row in (resident, household):
        if row is not None and row.grid_id:
            return row.grid
    return scope.grids[0] if scope.user.role == "worker" and scope.grids else None


def _refuse_nothing(kind: Kind, subject: Subject) -> None:
    """Raise Refused where what the kind is about is missing."""
    if kind.about in ("case", "resident") and subject.resident is None:
        raise Refused(say(NOT_FOUND["resident"]))
    if kind.about == "case" and subject.case is None:
        raise Refused(say(NO_CASE[kind.case_kinds[0]]))
    if kind.about in ("task", "incident", "record") and getattr(subject, kind.about) is None:
        raise Refused(say(NOT_FOUND[kind.about]))
