"""Finding whom an entry is about, through the person who tells it (app/intake/lookup.py)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from app.domain.cases import Case
from app.domain.once_hers import WINDOW_DAYS
from app.domain.people import User
from app.domain.places import Area, Household
from app.domain.records import Record
from app.domain.residents import Resident
from app.domain.scope import Scope
from app.intake.kind import Kind, Subject
from app.intake.lookup import NOT_FOUND, Lookup, awaited
from app.intake.sight import Sight, row_number
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Held, Refused
from app.lib.words import N_, say

# Of whom a form tells that was filled in while the phone was locked: words, and no number yet.
SAID = "said"
CHOOSE = N_("请从居民里选出这一位。")
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
    sight: Sight | None = None,
    ended: bool = False,
) -> Subject:
    """The subject that `ids` name: task, record, incident, case, resident or household, each
    as ``task_id`` and so on.

    ``of`` among the ids is the record that added the resident: on a phone without network
    she has no number yet. `of` is the record that is corrected, `at` when the deed was
    done. Raises Refused where nothing of the kind is there, Held where it is not hers
    (any more); `anywhere` skips the second, because a director has decided. `ended`: a
    case that was closed lately will do where no other is there.
    """
    sight = sight or Sight(by)
    lookup = Lookup(sight, at=at or clock.now(), anywhere=anywhere or kind.any_grid)
    found = _rows(lookup, ids, of)
    resident = found["resident"]
    case = _case(kind, ids, [of, found["task"], found["record"]], lookup, resident)
    if case is None and resident and ended and kind.about == "case":
        case = _ended_case(_cases(kind, lookup, resident))
    found["case"] = case
    _refuse_nothing(kind, found, ids)
    named = of is not None or any(found.values())
    scope = sight.scope_then(lookup.day)
    return Subject(
        community=sight.community if named else lookup.community,
        grid=_grid(scope, resident, found["household"]),
        scope=scope,
        **found,
    )


def whose(ids: Mapping[str, Any], *, sight: Sight, at: datetime) -> int | None:
    """The community whose director decides on what names these rows; of nothing, her own."""
    try:
        found = _rows(Lookup(sight, at=at), ids, None)
    except Held as held:
        return held.community_id
    except Refused:
        found = {}
    place = sight.community if any(found.values()) else sight.community_then(at)
    return place.id if place else None


def _rows(lookup: Lookup, ids: Mapping[str, Any], of: Record | None) -> dict[str, Any]:
    """What is named, by what it is; of a task, record or incident also what that is about."""
    task = lookup.row("task", ids.get("task_id"))
    record = lookup.row("record", ids.get("record_id"))
    known = [row for row in (of, task, record) if row is not None]
    incident = lookup.row("incident", _known(known, "incident_id") or ids.get("incident_id"))
    known += [incident] if incident else []
    resident = _resident(lookup, ids, known)
    household = resident.household if resident else lookup.row("household", ids.get("household_id"))
    return {
        "task": task,
        "record": record,
        "incident": incident,
        "resident": resident,
        "household": household,
    }


def _known(rows: list[Any], column: str) -> Any:
    """The first value of a column among rows that were found."""
    return next(filter(None, (getattr(row, column, None) for row in rows)), None)


def _resident(lookup: Lookup, ids: Mapping[str, Any], known: list[Any]) -> Resident | None:
    """Whom the task, record or incident is about; else the one who is named."""
    if of_known := _known(known, "resident_id"):
        return session.get(Resident, of_known)
    if ids.get("of") not in (None, ""):
        return _added(lookup, ids["of"])
    if ids.get("case_id") in (None, ""):
        return lookup.row("resident", ids.get("resident_id"))
    case = _case_row(ids)
    if case is None:
        raise Refused(say(NOT_FOUND["case"]))
    return lookup.row("resident", case.resident_id)


def _added(lookup: Lookup, wanted: Any) -> Resident | None:
    """The resident whom a record added."""
    awaited(wanted, by=lookup.sight.by)
    return lookup.row("resident", lookup.row("record", wanted).resident_id)


def _case(
    kind: Kind, ids: Mapping[str, Any], known: list[Any], lookup: Lookup, resident: Resident | None
) -> Case | None:
    """The case named; else the resident's open one of the kind, or the one open at the time."""
    if resident is None:
        return None
    named = _known(known, "case_id")
    found = session.get(Case, named) if named else _case_row(ids)
    if found and found.resident_id == resident.id and _fits(kind, found):
        return found
    return _open_case(kind, _cases(kind, lookup, resident), lookup.at)


def _case_row(ids: Mapping[str, Any]) -> Case | None:
    number = row_number(ids.get("case_id"))
    return session.get(Case, number) if number else None


def _fits(kind: Kind, case: Case) -> bool:
    return not kind.case_kinds or case.kind in kind.case_kinds


def _cases(kind: Kind, lookup: Lookup, resident: Resident) -> list[Case]:
    """The resident's cases that the kind may belong to, the one opened last first."""
    return [case for case in lookup.sight.cases(resident.id) if case.kind in kind.case_kinds]


def _open_case(kind: Kind, cases: list[Case], at: datetime) -> Case | None:
    found = [case for case in cases if case.is_open or case.closed_at >= at]
    order = {case_kind: place for place, case_kind in enumerate(kind.case_kinds)}
    return min(found, key=lambda case: (not case.is_open, order[case.kind]), default=None)


def _ended_case(cases: list[Case]) -> Case | None:
    """The one that was closed last, if that was not too long ago."""
    lately = clock.now() - timedelta(days=WINDOW_DAYS)
    ended = [case for case in cases if case.closed_at and case.closed_at >= lately]
    return max(ended, key=lambda case: case.closed_at, default=None)


def _grid(scope: Scope, resident: Resident | None, household: Household | None) -> Area | None:
    """Where it is; for what has no door, her first grid."""
    for row in (resident, household):
        if row is not None and row.grid_id:
            return row.grid
    return scope.grids[0] if scope.role == "worker" and scope.grids else None


def _refuse_nothing(kind: Kind, found: Mapping[str, Any], ids: Mapping[str, Any]) -> None:
    """Raise Refused where what the kind is about is missing."""
    if kind.about in ("case", "resident") and found["resident"] is None:
        raise Refused(say(CHOOSE if ids.get(SAID) else NOT_FOUND["resident"]))
    if kind.about == "case" and found["case"] is None:
        raise Refused(say(NO_CASE[kind.case_kinds[0]]))
    if kind.about in ("task", "incident", "record") and found[kind.about] is None:
        raise Refused(say(NOT_FOUND[kind.about]))
