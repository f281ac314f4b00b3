"""Applying for decoding: who may be applied for, and what became of each batch.

A batch is all that was applied for at once; it is named by that moment in UTC.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.domain.cases import Case
from app.domain.codes import READY
from app.domain.people import User
from app.domain.places import Area
from app.domain.records import Record, standing
from app.domain.residents import Resident
from app.lib.db import session

NAMED = "%Y%m%d%H%M%S"
MOST_BATCHES = 30


@dataclass(frozen=True, slots=True)
class Applicant:
    """One line of the list to attach: the case and when its tests were negative."""

    case: Case
    negatives: list[datetime]

    @property
    def state(self) -> str:
        """ready, waiting, green or returned."""
        if not self.case.is_open:
            return "green"
        return "waiting" if self.case.stage == "applied" else self.case.stage


@dataclass(frozen=True, slots=True)
class Batch:
    """One application for many; `waiting` of them have no answer yet."""

    at: datetime
    by: str
    number: int
    waiting: int

    @property
    def name(self) -> str:
        return f"{self.at:{NAMED}}"


def may_be_applied_for(community: Area) -> list[Applicant]:
    """Everybody who meets the conditions, also those whose application came back."""
    ready = _cases().where(Case.community_id == community.id, Case.stage.in_(READY))
    return _applicants(ready.where(Case.closed_at.is_(None)))


def batches(community: Area) -> list[Batch]:
    """The latest applications, the newest first."""
    waiting = func.count().filter(Case.stage == "applied")
    applied = select(Record.at, User.name, func.count(), waiting)
    applied = applied.join(User, User.id == Record.by_id).join(Case, Case.id == Record.case_id)
    applied = applied.where(*_applications(community)).group_by(Record.at, User.name)
    latest = session.execute(applied.order_by(Record.at.desc()).limit(MOST_BATCHES))
    return [Batch(*row) for row in latest]


def batch(community: Area, name: str) -> list[Applicant]:
    """Everybody in one batch; nobody where there is none of this name."""
    begun = moment_of(name)
    if begun is None:
        return []
    moment = Record.at >= begun, Record.at < begun + timedelta(seconds=1)
    of_batch = select(Record.case_id).where(*_applications(community), *moment)
    return _applicants(_cases().where(Case.id.in_(of_batch)))


def moment_of(name: str) -> datetime | None:
    """When the batch of this name was applied for, to the second."""
    try:
        return datetime.strptime(name, NAMED).replace(tzinfo=UTC)
    except ValueError:
        return None


def _applications(community: Area) -> tuple:
    here = Record.community_id == community.id, Record.kind == "decode_application"
    return *here, standing()


def _cases() -> Select:
    people = joinedload(Case.resident).joinedload(Resident.household)
    return select(Case).where(Case.kind == "yellow").options(people, joinedload(Case.grid))


def _applicants(cases: Select) -> list[Applicant]:
    found = list(session.scalars(cases.order_by(Case.grid_id, Case.opened_at, Case.id)))
    negatives = _negatives([case.id for case in found])
    return [Applicant(case, negatives[case.id]) for case in found]


def _negatives(case_ids: list[int]) -> dict[int, list[datetime]]:
    times: dict[int, list[datetime]] = defaultdict(list)
    tests = select(Record.case_id, Record.at).where(Record.case_id.in_(case_ids))
    tests = tests.where(Record.kind == "test", Record.outcome == "negative", standing())
    for case_id, at in session.execute(tests.order_by(Record.at)):
        times[case_id].append(at)
    return times
