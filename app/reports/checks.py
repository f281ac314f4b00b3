"""People to be checked as a worker calls them: who, why, what is known, what was asked already.

One household is one call: who lives behind the same door stand together. What anybody asked
of them within the last days, on whichever list, stands on the card before she asks again.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.cases import Case
from app.domain.checks import Check, rules_at
from app.domain.events import Event
from app.domain.pushed import ListRow
from app.domain.records import Record, standing
from app.domain.scope import Scope
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.policy.checks import PHONE
from app.policy.params import Shield
from app.reports.badges import Badge, badges_of
from app.reports.today import Item, waits

# So many stand on one screen: a day's calls of one worker and a half.
MOST = 150
# Records of somebody having been spoken to, or tried.
CONTACTS = (
    "check_result",
    "code_check",
    "arrival_check",
    "visit",
    "attempt",
    "monitor",
    "test",
    "arrival",
)


@dataclass(frozen=True, slots=True)
class Before:
    """Who asked this resident what and when: `housemate` for another person behind the door."""

    at: datetime
    by: str
    kind: str
    outcome: str
    housemate: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One person to be checked."""

    item: Item
    check: Check
    before: list[Before]
    also: list[Case]
    housemates: int

    @property
    def asks(self) -> list[ListRow]:
        """One row for each list that asks for him."""
        rows = {row.list_id: row for row in self.check.rows if row.state != "undone"}
        return list(rows.values())


def calls_of(scope: Scope, now: datetime) -> tuple[list[Call], int]:
    """Whom she may call now, household by household, the most pressing first; how many in all."""
    tasks = [task for task in _tasks(scope) if task.check.next_way == PHONE]
    ready = _in_order([task for task in tasks if not waits(task, now)])
    return _calls(ready[:MOST], now), len(ready)


def doors_of(scope: Scope, now: datetime) -> list[Item]:
    """Whom she is to visit because nobody answered the phone, or there is none."""
    tasks = [task for task in _tasks(scope) if task.check.next_way != PHONE]
    return [Item(task, [], task.is_late(now)) for task in tasks if not waits(task, now)]


def call_of(task: Task, now: datetime) -> Call:
    """One of them alone."""
    return _calls([task], now)[0]


def _tasks(scope: Scope) -> list[Task]:
    rows = scope.tasks.where(Task.kind == "check", Task.state == "open")
    asks = selectinload(Check.rows).joinedload(ListRow.list)
    rows = rows.options(
        joinedload(Task.check).options(joinedload(Check.resident), asks),
        joinedload(Task.household),
        joinedload(Task.resident),
    )
    return list(session.scalars(rows.order_by(Task.due_at, Task.id)))


def _in_order(tasks: list[Task]) -> list[Task]:
    """The most pressing first; who lives with her follows at once."""
    first: dict[int, int] = {}
    for place, task in enumerate(tasks):
        first.setdefault(_door(task), place)
    return sorted(tasks, key=lambda task: (first[_door(task)], task.due_at, task.id))


def _door(task: Task) -> int:
    return task.household_id or -task.id


def _calls(tasks: list[Task], now: datetime) -> list[Call]:
    badges = badges_of(task.resident_id for task in tasks if task.resident_id)
    lines = _shield(tasks[0], now).lines if tasks else 0
    before, also = _before(tasks, now), _also(tasks)
    behind = {door: len(list(group)) for door, group in groupby(tasks, key=_door)}
    return [
        Call(
            Item(task, _badges(task, badges), task.is_late(now)),
            task.check,
            before[task.id][:lines],
            also[task.resident_id] if task.resident_id else [],
            behind[_door(task)] - 1,
        )
        for task in tasks
    ]


def _badges(task: Task, badges: dict[int, list[Badge]]) -> list[Badge]:
    return badges.get(task.resident_id, []) if task.resident_id else []


def _also(tasks: Iterable[Task]) -> dict[int | None, list[Case]]:
    """Whose first verification is due as well: the same answer does it."""
    found: dict[int | None, list[Case]] = defaultdict(list)
    people = {task.resident_id for task in tasks if task.resident_id}
    due = select(Task.case_id).where(Task.resident_id.in_(people), Task.kind == "verify")
    cases = select(Case).where(Case.id.in_(due.where(Task.state == "open")))
    for case in session.scalars(cases.order_by(Case.id)):
        found[case.resident_id].append(case)
    return found


def _before(tasks: list[Task], now: datetime) -> dict[int, list[Before]]:
    """By task, what was asked of the person and behind the door, the latest first."""
    if not tasks:
        return {}
    since = now - timedelta(days=_shield(tasks[0], now).days)
    records = _records(tasks, since)
    tried = _tries([task.id for task in tasks if not task.resident_id], since)
    found = {}
    for task in tasks:
        hers = [_told(row) for row in records if row.resident_id == task.resident_id]
        near = [_told(row, of_another=True) for row in records if _is_housemate(row, task, now)]
        own = hers if task.resident_id else tried[task.id]
        found[task.id] = sorted([*own, *near], key=lambda line: line.at, reverse=True)
    return found


def _shield(task: Task, now: datetime) -> Shield:
    """How far back one looks for what was asked already, and how many lines of it are shown."""
    return rules_at(task.check.community, now).rule("shield", "check", now).params


def _records(tasks: list[Task], since: datetime) -> list[Record]:
    people = {task.resident_id for task in tasks if task.resident_id}
    homes = {task.household_id for task in tasks if task.household_id}
    about = Record.resident_id.in_(people) | Record.household_id.in_(homes)
    rows = select(Record).where(about, Record.kind.in_(CONTACTS), standing())
    rows = rows.where(Record.at > since, Record.resident_id.is_not(None))
    rows = rows.options(joinedload(Record.by), joinedload(Record.resident))
    return list(session.scalars(rows.order_by(Record.at.desc())))


def _is_housemate(row: Record, task: Task, now: datetime) -> bool:
    """Somebody else behind the door who was spoken to today."""
    near = task.household_id is not None and row.household_id == task.household_id
    return near and row.resident_id != task.resident_id and row.day == clock.local_day(now)


def _tries(task_ids: list[int], since: datetime) -> dict[int, list[Before]]:
    """What was tried with strangers: no record names them."""
    found: dict[int, list[Before]] = defaultdict(list)
    rows = select(Event).where(Event.task_id.in_(task_ids), Event.kind == "check_tried")
    rows = rows.where(Event.at > since).options(joinedload(Event.by))
    for event in session.scalars(rows.order_by(Event.at.desc())):
        by = event.by.name if event.by else ""
        found[event.task_id].append(Before(event.at, by, "check_result", "no_answer"))
    return found


def _told(row: Record, *, of_another: bool = False) -> Before:
    who = row.resident.masked_name if of_another else ""
    return Before(row.at, row.by.name, row.kind, row.outcome, who)
