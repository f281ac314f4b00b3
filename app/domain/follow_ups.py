"""What follows from the answer of a check: other open needs of that person, and what is next.

Whoever was reached need not be called again for the first verification of a case. A
returnee who is found is to be registered; an elder found alone is proposed to the director.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.domain import tasks
from app.domain.cases import Case, open_case_of
from app.domain.checks import Check, rules_at
from app.domain.people import User
from app.domain.recording import Deed, record, withdraw
from app.domain.records import Record
from app.domain.residents import Resident
from app.domain.shares import director_for
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.lib.words import N_
from app.policy.rule import Rule
from app.policy.verification import CHECKS

# Tasks that follow from a check: the worker's, and what is proposed to the director.
FOLLOW_UPS = ("follow", "propose")
RETURNEE, ALONE = "returnee", "alone"
ARRIVAL = N_("核查发现刚从外地回来，请做抵达登记")
NEW_RETURNEE = N_("核查发现刚从外地回来，不在名册里，请先新增居民，再做抵达登记")
VISIT = N_("核查发现是独自居住的老人，建议安排探访：纳入关爱名册")


def follow(
    check: Check, rule: Rule, found: Iterable[str], *, by: User, at: datetime
) -> dict[str, Any]:
    """Feed the person's open needs; what was made, to be kept with the record."""
    made: dict[str, Any] = {}
    if rule.params.feeds and check.resident:
        made["fed"] = [str(one.id) for one in _verify(check, rule.params.feeds, by=by, at=at)]
    if rule.params.feeds == "confirmed":
        if RETURNEE in found or _is_awaited(check):
            made["arrival"] = _open_arrival(check, by=by, at=at)
        if ALONE in found or _lives_alone(check, at):
            made["proposed"] = _propose_visit(check, by=by, at=at)
    return {name: value for name, value in made.items() if value}


def needs_of(check: Check) -> list[Case]:
    """The person's cases whose first verification is due: one answer does them, too."""
    if check.resident_id is None:
        return []
    due = select(Task.case_id).where(Task.resident_id == check.resident_id, Task.state == "open")
    wanted = select(Case).where(Case.id.in_(due.where(Task.kind == "verify")))
    return list(session.scalars(wanted.order_by(Case.id)))


def take_back(wrong: Record, *, by: User, at: datetime) -> None:
    """The answer was a mistake: what it verified and what followed from it goes, too."""
    told = wrong.fields
    for fed in told.get("fed", ()):
        withdraw(session.get(Record, UUID(fed)), id=new_id(), by=by, at=at)
    for name in ("arrival", "proposed"):
        task = session.get(Task, told[name]) if told.get(name) else None
        if task is not None and task.state == "open":
            task.withdraw()


def _verify(check: Check, outcome: str, *, by: User, at: datetime) -> list[Record]:
    made = []
    for case in needs_of(check):
        told = {"check": str(check.uid)}
        deed = Deed(new_id(), CHECKS[case.kind], at, outcome, told, check.resident, case=case)
        made.append(record(deed, by=by, at=clock.now()))
    return made


def _is_awaited(check: Check) -> bool:
    """Whether a list of returnees asks for him."""
    return any(row.list.kind == "returnee" for row in check.rows)


def _open_arrival(check: Check, *, by: User, at: datetime) -> int | None:
    """The arrival form on today's list; who is not on the roll is put there first."""
    if check.resident_id and open_case_of(check.resident_id, "returnee"):
        return None
    if check.resident_id:
        return _task("follow", ARRIVAL, "arrival", check, by=by, at=at).id
    return _task("follow", NEW_RETURNEE, "resident", check, by=by, at=at).id


def _lives_alone(check: Check, at: datetime) -> bool:
    """An elder with nobody else behind the door, as far as the roll knows."""
    person = check.resident
    if person is None or person.household_id is None:
        return False
    age, rule = person.age_on(clock.local_day(at)), rules_at(check.community, at)
    if age is None or age < rule.rule("comeback", "check", at).params.alone_age:
        return False
    behind = select(func.count()).where(Resident.household_id == person.household_id)
    return session.scalar(behind.where(Resident.left_on.is_(None))) == 1


def _propose_visit(check: Check, *, by: User, at: datetime) -> int | None:
    """A line for the director; none for who is on the roll of elders, or proposed already."""
    if check.resident_id is None or open_case_of(check.resident_id, "elder"):
        return None
    open_one = select(Task.id).where(Task.resident_id == check.resident_id, Task.state == "open")
    if session.scalar(open_one.where(Task.kind == "propose")):
        return None
    director = director_for(check.community_id, by.id)
    more = {"assignee": director} if director else {}
    return _task("propose", VISIT, "elder_roll", check, by=by, at=at, **more).id


def _task(
    kind: str, words: str, asks: str, check: Check, *, by: User, at: datetime, **more: Any
) -> Task:
    return tasks.give(
        kind,
        words,
        by=by,
        at=at,
        due_at=max(check.task.due_at, clock.end_of(clock.local_day(at))),
        asks=asks,
        check_id=check.id,
        community_id=check.community_id,
        grid_id=check.grid_id,
        household_id=check.household_id,
        resident_id=check.resident_id,
        **more,
    )
