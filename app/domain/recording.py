"""Writing a record down and letting it take effect: the one door through which records are made.

1. the Record row (append-only), 2. its event, 3. the case ended or reopened as its
standing closing record says, 4. the case planned again. All in the caller's
transaction.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.domain import plan
from app.domain.cases import Case
from app.domain.events import happened
from app.domain.people import User
from app.domain.places import Area, Household
from app.domain.records import Record, course_of, sealed_fields, standing
from app.domain.residents import Resident
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import say

# A standing record of these kinds and outcomes ends its case.
CLOSING = {"release": None, "decode_result": "green"}
# The records that begin a case: once all of them are taken back, the case was a mistake.
OPENING = ("code_push", "arrival", "elder_roll")


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done, as it was told: what, when, and about whom or where."""

    id: UUID
    kind: str
    at: datetime
    outcome: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    resident: Resident | None = None
    household: Household | None = None
    case: Case | None = None
    incident_id: int | None = None
    grid_id: int | None = None
    community: Area | None = None
    supersedes: Record | None = None
    via: str = "page"


def record(deed: Deed, *, by: User, at: datetime) -> Record:
    """Keep a deed. `deed.at` is when it was done, `at` when it reaches us.

    Raises Refused when it corrects a record that another has already replaced.
    """
    if deed.supersedes and not _stands(deed.supersedes):
        raise Refused(say("这条登记已被更正或撤销，请打开最新的一条再改。"))
    kept = _write_down(deed, by=by, at=at)
    if deed.case:
        session.flush()
        course = course_of(deed.case.id)
        _close_or_reopen(deed.case, _closing(course), by=by, at=at)
        plan.revise(deed.case, by=by, at=at, course=course)
    return kept


def _write_down(deed: Deed, *, by: User, at: datetime) -> Record:
    """The row and its event, before they take effect."""
    kept = new_record(deed, by=by, at=at)
    session.add(kept)
    happened(**event_of(kept, by=by, at=at))
    return kept


def event_of(kept: Record, *, by: User, at: datetime) -> dict[str, Any]:
    """What is noted of a record that was kept."""
    return {"kind": _event_kind(kept), "by": by, "at": at, "about": kept, "data": _data(kept)}


def withdraw(wrong: Record, *, id: UUID, reason: str = "", by: User, at: datetime) -> Record:
    """Take a record back: it stays in the history and counts no more."""
    deed = Deed(
        id=id,
        kind="withdrawal",
        at=wrong.at,
        outcome="withdrawn",
        fields={"reason": reason} if reason else {},
        resident=wrong.resident,
        case=session.get(Case, wrong.case_id) if wrong.case_id else None,
        grid_id=wrong.grid_id,
        community=session.get(Area, wrong.community_id),
        incident_id=wrong.incident_id,
        supersedes=wrong,
    )
    return record(deed, by=by, at=at)


def new_record(deed: Deed, *, by: User, at: datetime) -> Record:
    """The row of a deed, not yet in the database."""
    place = deed.case or deed.resident or deed.household
    return Record(
        id=deed.id,
        kind=deed.kind,
        outcome=deed.outcome,
        at=deed.at,
        received_at=at,
        day=clock.local_day(deed.at),
        by_id=by.id,
        community_id=place.community_id if place else deed.community.id,
        grid_id=place.grid_id if place else deed.grid_id,
        resident_id=deed.resident.id if deed.resident else None,
        household_id=_household_id(deed),
        case_id=deed.case.id if deed.case else None,
        incident_id=deed.incident_id,
        supersedes=deed.supersedes.id if deed.supersedes else None,
        via=deed.via,
        fields_sealed=sealed_fields(deed.id, deed.fields),
    )


def _household_id(deed: Deed) -> int | None:
    if deed.household:
        return deed.household.id
    return deed.resident.household_id if deed.resident else None


def _stands(old: Record) -> bool:
    return session.scalar(select(Record.id).where(Record.id == old.id, standing())) is not None


def _event_kind(kept: Record) -> str:
    if kept.kind == "withdrawal":
        return "withdrawn"
    if kept.supersedes:
        return "corrected"
    return "recorded_late" if kept.late_by_days > 0 else "recorded"


def _data(kept: Record) -> dict[str, Any]:
    return {"kind": kept.kind, "outcome": kept.outcome, "day": kept.day.isoformat()}


def _close_or_reopen(case: Case, closing: Any, *, by: User, at: datetime) -> None:
    if closing and case.is_open:
        case.close(closing.outcome, by=by, at=closing.at)
    elif closing:
        case.closed_at, case.outcome = closing.at, closing.outcome
    elif not case.is_open:
        case.reopen()


def _closing(course: list[Any]) -> Any:
    """The standing record that ends the case, or the one that took its opening back.

    Of several the first one ended it, what was released again later was over already;
    but the city's word, that a code turned green, is the last.
    """
    replaced = {row.supersedes for row in course}
    left = [row for row in course if row.id not in replaced]
    ends = [row for row in left if row.kind in CLOSING and CLOSING[row.kind] in (None, row.outcome)]
    if ends:
        return next((row for row in reversed(ends) if row.kind == "decode_result"), ends[0])
    if any(row.kind in OPENING for row in left):
        return None
    begun = {row.id for row in course if row.kind in OPENING}
    return next((row for row in reversed(left) if row.supersedes in begun), None)
