"""What a day leaves undone, sorted by the reason that the facts propose for carrying it over.

A proposal only: the director puts another reason where she knows better.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.domain.incidents import Incident
from app.domain.places import Area
from app.domain.tasks import KINDS, Task
from app.lib import clock
from app.lib.db import session
from app.reports.counters import asked, rows

# What cannot be done before somebody else has answered.
WAITING = ("result", "release")


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks of one kind that one reason seems to explain."""

    why: str  # a key of app.domain.days.CARRY_REASONS
    kind: str
    tasks: list[Task]

    @property
    def key(self) -> str:
        return f"{self.kind}.{self.why}"

    @property
    def words(self) -> str:
        return KINDS[self.kind]


def left_of_day(community: Area, day: date) -> list[Group]:
    """What of a day's checklist is still undone, the commonest reason first."""
    now = clock.now()
    wanted = rows("tasks_left_today", asked(community, day)).where(Task.state == "open")
    wanted = wanted.options(joinedload(Task.resident), joinedload(Task.household))
    tasks = list(session.scalars(wanted.order_by(Task.grid_id, Task.due_at, Task.id)))
    busy = _grids_with_incidents(community, day)
    groups: dict[tuple[str, str], list[Task]] = defaultdict(list)
    for task in tasks:
        groups[proposed_why(task, busy, now), task.kind].append(task)
    found = [Group(why, kind, members) for (why, kind), members in groups.items()]
    of_reason = Counter(group.why for group in found for _task in group.tasks)
    return sorted(found, key=lambda group: (-of_reason[group.why], group.why, -len(group.tasks)))


def proposed_why(task: Task, busy_grids: set[int], now: datetime) -> str:
    """The reason that what is known of a task speaks for."""
    if task.attempts:
        return "not_reached"
    if task.kind in WAITING:
        return "waiting"
    if task.due_at > now:
        return "not_due"
    if task.grid_id in busy_grids:
        return "other_priority"
    return "short_of_hands"


def carried_with(groups: Iterable[Group], chosen: Mapping[str, str]) -> list[tuple[Task, str]]:
    """Every task left with the reason chosen for its group, or else the one proposed."""
    return [
        (task, chosen.get(f"why-{group.key}") or group.why)
        for group in groups
        for task in group.tasks
    ]


def _grids_with_incidents(community: Area, day: date) -> set[int]:
    """Grids where a sudden event took somebody's time on the day."""
    here = select(Incident.grid_id).where(Incident.community_id == community.id)
    here = here.where(Incident.grid_id.is_not(None), Incident.reported_at <= clock.end_of(day))
    ended = or_(Incident.closed_at.is_(None), Incident.closed_at >= clock.at(day))
    return set(session.scalars(here.where(ended)))
