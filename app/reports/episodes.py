"""The episodes of care or control of one resident, each with its four papers and its next steps."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from app.domain.cases import Case
from app.domain.residents import Resident
from app.domain.scope import Scope
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.lib.words import Say
from app.policy.plan import STAGES
from app.policy.rule import Rule
from app.policy.rulebook import RULES, NoRule
from app.reports.badges import Badge, badge


@dataclass(frozen=True, slots=True)
class Episode:
    """A case as a person page shows it; `rule` is None only where the rulebook lost it."""

    case: Case
    badge: Badge
    stage: str
    edition: str
    rule: Rule | None
    appeal: Rule | None
    why: list[Say]
    waits_for: list[Say]
    due: list[Task]


def episodes_of(resident_id: int) -> list[Episode]:
    """Open episodes first, then the closed ones, the latest first; two queries."""
    rows = select(Case).where(Case.resident_id == resident_id)
    rows = rows.order_by(Case.closed_at.is_not(None), Case.opened_at.desc(), Case.id)
    cases = list(session.scalars(rows))
    due = select(Task).where(Task.resident_id == resident_id, Task.state == "open")
    tasks = list(session.scalars(due.order_by(Task.due_at, Task.id)))
    return [_episode(case, [task for task in tasks if task.case_id == case.id]) for case in cases]


def open_episodes(scope: Scope) -> dict[int, list[Episode]]:
    """The open episodes of everybody she may see, by resident, the latest first; two queries."""
    residents = scope.residents.with_only_columns(Resident.id)
    rows = select(Case).where(Case.resident_id.in_(residents), Case.closed_at.is_(None))
    cases = list(session.scalars(rows.order_by(Case.opened_at.desc(), Case.id)))
    due = defaultdict(list)
    tasks = select(Task).where(Task.resident_id.in_(residents), Task.state == "open")
    for task in session.scalars(tasks.order_by(Task.due_at, Task.id)):
        due[task.case_id].append(task)
    found = defaultdict(list)
    for case in cases:
        found[case.resident_id].append(_episode(case, due[case.id]))
    return dict(found)


def _episode(case: Case, due: list[Task]) -> Episode:
    edition = RULES.editions.get(case.edition)
    return Episode(
        case=case,
        badge=badge(case),
        stage=STAGES[case.kind].get(case.stage, case.stage),
        edition=edition.words if edition else case.edition,
        rule=_found(RULES.by_id, case.rule),
        appeal=_found(RULES.appeal, case.edition, case.jurisdiction, _day(case)),
        why=_said(case, "why"),
        waits_for=_said(case, "waits_for"),
        due=due,
    )


def _day(case: Case):
    return clock.local_day(case.opened_at)


def _found(lookup, *key) -> Rule | None:
    try:
        return lookup(*key)
    except NoRule:
        return None


def _said(case: Case, which: str) -> list[Say]:
    return [Say.from_json(sentence) for sentence in case.standing.get(which, ())]
