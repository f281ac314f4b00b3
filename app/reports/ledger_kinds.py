"""What each ledger lists, by what it can be narrowed and sorted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.domain.cases import KINDS, Case
from app.domain.incidents import OPEN_STAGES, Incident
from app.domain.incidents import STAGES as INCIDENT_STAGES
from app.domain.places import Area, Household
from app.domain.records import Record, standing
from app.domain.residents import Resident
from app.domain.tasks import KINDS as TASK_KINDS
from app.domain.tasks import Task
from app.lib.words import N_
from app.policy.labels import ARRIVAL_LABELS
from app.policy.rulebook import RULES
from app.policy.steps import STAGES
from app.reports.counter import Asked
from app.reports.work_counts import overdue_incident

OPEN, ENDED, EVERY = "open", "ended", "every"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow a ledger: the values of a column, with their words."""

    name: str
    words: str
    column: Any
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One list. `states` are conditions by open, ended, every; the first sort is the usual one."""

    key: str
    words: str
    model: Any
    states: Mapping[str, tuple[Any, ...]]
    sorts: Mapping[str, Any]
    choices: tuple[Choice, ...] = ()
    newest_first: bool = False

    @property
    def usual(self) -> str:
        """How it is sorted when nobody says how; a minus turns the order round."""
        first = next(iter(self.sorts))
        return f"-{first}" if self.newest_first else first

    @property
    def person(self) -> Any:
        """The column that names the resident."""
        return Resident.id if self.model is Resident else self.model.resident_id

    def late(self, asked: Asked) -> ColumnElement[bool]:
        """The condition that a row is past its time."""
        if self.model is Case:
            late = select(Task.case_id).where(asked.around(Task), Task.case_id.is_not(None))
            return Case.id.in_(late.where(Task.state == "open", Task.due_at < asked.at))
        if self.model is Task:
            return func.coalesce(Task.done_at, asked.at) > Task.due_at
        if self.model is Incident:
            return overdue_incident(asked)[0]
        return Record.received_at > asked.ends


def _cases(kind: str, *choices: Choice, first: str = "since") -> Ledger:
    of_kind = Case.kind == kind
    states = {
        OPEN: (of_kind, Case.closed_at.is_(None)),
        ENDED: (of_kind, Case.closed_at.is_not(None)),
        EVERY: (of_kind,),
    }
    due = select(func.min(Task.due_at)).where(Task.case_id == Case.id, Task.state == "open")
    sorts = {
        "since": Case.opened_at,
        "due": func.coalesce(due.correlate(Case).scalar_subquery(), Case.opened_at),
        "end": Case.ends_on,
        "place": Household.walk,
        "grid": Area.code,
    }
    sorts = {first: sorts[first]} | sorts
    stage = Choice("stage", N_("阶段"), Case.stage, STAGES[kind])
    reasons = {rule.key: rule.words for rule in RULES.entries if rule.kind == kind}
    why = N_("类别") if kind == "elder" else N_("原因")
    reason = Choice("reason", why, Case.reason, reasons)
    return Ledger(kind, KINDS[kind], Case, states, sorts, (stage, *choices, reason))


ENDED_STAGES = tuple(stage for stage in INCIDENT_STAGES if stage not in OPEN_STAGES)
LEDGERS = {
    ledger.key: ledger
    for ledger in (
        _cases("yellow"),
        _cases("returnee", Choice("label", N_("标签"), Case.label, ARRIVAL_LABELS)),
        _cases("elder", first="due"),
        Ledger(
            "task",
            N_("任务"),
            Task,
            {
                OPEN: (Task.state == "open",),
                ENDED: (Task.state == "done",),
                EVERY: (Task.state != "withdrawn",),
            },
            {"due": Task.due_at, "place": Household.walk, "grid": Area.code},
            (Choice("task", N_("事项"), Task.kind, TASK_KINDS),),
        ),
        Ledger(
            "record",
            N_("登记"),
            Record,
            {EVERY: (standing(),)},
            {"since": Record.received_at, "grid": Area.code},
            newest_first=True,
        ),
        Ledger(
            "resident",
            N_("居民"),
            Resident,
            {OPEN: (Resident.left_on.is_(None),), ENDED: (Resident.left_on.is_not(None),)},
            {"place": Household.walk, "grid": Area.code, "age": Resident.born},
        ),
        Ledger(
            "incident",
            N_("突发事件"),
            Incident,
            {
                OPEN: (Incident.stage.in_(OPEN_STAGES),),
                ENDED: (Incident.stage.in_(ENDED_STAGES),),
                EVERY: (),
            },
            {"grade": Incident.grade, "since": Incident.reported_at, "grid": Area.code},
            (Choice("stage", N_("阶段"), Incident.stage, INCIDENT_STAGES),),
        ),
    )
}
