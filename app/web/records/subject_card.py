"""What is known already of whom or what a form is about: shown above it, never asked."""

from dataclasses import dataclass
from typing import Any

from app.domain.cases import Case
from app.domain.residents import Resident
from app.domain.tasks import Task
from app.lib import clock
from app.policy.rulebook import RULES, NoRule
from app.reports.badges import Badge, badges_of
from app.web.records.asked import Asked


@dataclass(frozen=True, slots=True)
class Known:
    """The head of a form: somebody, her badges, the task and rule that ask for the record."""

    who: str = ""
    resident: Resident | None = None
    age: int | None = None
    where: str = ""
    badges: tuple[Badge, ...] = ()
    case: Case | None = None
    task: Task | None = None
    rule: Any = None
    incident: Any = None


def known_of(asked: Asked) -> Known:
    """What the subject card of a form says."""
    subject = asked.in_sight
    if subject is None:
        return Known()
    resident, home = subject.resident, subject.household
    return Known(
        who=asked.who,
        resident=resident,
        age=resident.age_on(clock.today()) if resident else None,
        where=home.address if home else "",
        badges=tuple(badges_of([resident.id]).get(resident.id, ())) if resident else (),
        case=subject.case,
        task=subject.task,
        rule=rule_of(subject.task or subject.case),
        incident=subject.incident,
    )


def rule_of(row: Any) -> Any:
    """The rule a task or case comes from; None where it comes from a person."""
    try:
        return RULES.by_id(row.rule) if row is not None and row.rule else None
    except NoRule:
        return None
