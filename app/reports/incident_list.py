"""Sudden events for the director: the open ones, overdue and gravest first, and those ended."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func
from sqlalchemy.orm import joinedload

from app.domain.incidents import OPEN_STAGES, STAGES, Incident
from app.domain.scope import Scope
from app.lib.db import session
from app.reports.needs import incident_kind

CLOSED_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One incident of the list; `overdue`: the next step is past its time."""

    incident: Incident
    kind: str
    stage: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class IncidentList:
    """The open ones of one stage or of all, how many each stage has, and the last ended."""

    open: list[Line]
    by_stage: dict[str, int]
    closed: list[Line]
    closed_total: int

    @property
    def open_total(self) -> int:
        return sum(self.by_stage.values())


def incident_list(scope: Scope, now: datetime, stage: str | None = None) -> IncidentList:
    """All incidents of a community as the list shows them, in four queries."""
    still = scope.incidents.where(Incident.stage.in_(OPEN_STAGES))
    ended = scope.incidents.where(Incident.stage.not_in(OPEN_STAGES))
    last = ended.order_by(Incident.closed_at.desc()).limit(CLOSED_SHOWN)
    wanted = still.where(Incident.stage == stage) if stage else still
    lines = [_line(row, now) for row in session.scalars(_with_people(wanted))]
    return IncidentList(
        open=sorted(lines, key=_urgency),
        by_stage=_by_stage(still),
        closed=[_line(row, now) for row in session.scalars(_with_people(last))],
        closed_total=_how_many(ended),
    )


def is_overdue(incident: Incident, now: datetime) -> bool:
    """Whether somebody should have verified or handled it by now."""
    awaited = incident.stage in ("reported", "assigned")
    return awaited and incident.due_at is not None and incident.due_at < now


def _line(incident: Incident, now: datetime) -> Line:
    stage = STAGES[incident.stage]
    return Line(incident, incident_kind(incident), stage, is_overdue(incident, now))


def _urgency(line: Line) -> tuple:
    return not line.overdue, line.incident.grade, line.incident.reported_at


def _with_people(rows: Select) -> Select:
    return rows.options(
        joinedload(Incident.grid),
        joinedload(Incident.resident),
        joinedload(Incident.reported_by),
        joinedload(Incident.assignee),
    )


def _by_stage(still: Select) -> dict[str, int]:
    counts = still.with_only_columns(Incident.stage, func.count()).group_by(Incident.stage)
    found = dict(session.execute(counts).all())
    return {stage: found.get(stage, 0) for stage in OPEN_STAGES}


def _how_many(rows: Select) -> int:
    return session.scalar(rows.with_only_columns(func.count())) or 0
