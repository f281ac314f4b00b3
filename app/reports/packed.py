"""What a worker's phone is to know where there is no network: her doors, who lives behind them,
who is under care and what is due. Read in few queries, however many people there are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.domain.events import KINDS, Event
from app.domain.people import GridAssignment, User
from app.domain.places import Household
from app.domain.residents import Resident
from app.domain.scope import Scope
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.reports.episodes import Episode, open_episodes
from app.reports.today import Day, Item, day_of

# So many doors and people a phone takes; those with something due go first.
MOST = 2400
# PostgreSQL may commit a lower id after a higher one: the last thousand are counted, too.
RECENT = 1000
# What somebody may be given beyond her grids.
OF_WORK = tuple(kind for kind in KINDS if kind.startswith("assignment_"))
BY_NAME = (
    "task_given",
    "task_reassigned",
    "task_reminded",
    "incident_assigned",
    "entry_decided",
    *OF_WORK,
)


@dataclass(frozen=True, slots=True)
class Door:
    """A door and who lives behind it, the eldest first; no household: one person without a door."""

    household: Household | None
    people: list[Resident]
    due: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """All that a phone is to know at a moment; `left_out` is how many doors it has not."""

    scope: Scope
    day: Day
    doors: list[Door]
    care: dict[int, list[Episode]]
    done_at: dict[int | None, list[Task]]
    left_out: int = 0

    @property
    def items(self) -> list[Item]:
        """Everything due, in the order of the list."""
        return _items(self.day)

    @property
    def residents(self) -> list[Resident]:
        return [person for door in self.doors for person in door.people]


def round_of(scope: Scope, now: datetime) -> Round:
    """What `scope` holds now, cut to what a phone takes."""
    day = day_of(scope, now)
    due = defaultdict(int)
    for item in _items(day):
        due[item.task.household_id] += 1
    doors = _doors(scope, due)
    kept = _cut(doors)
    done = defaultdict(list)
    for task in day.done:
        done[task.household_id].append(task)
    return Round(scope, day, kept, open_episodes(scope), dict(done), len(doors) - len(kept))


def state_of(user: User, now: datetime) -> str:
    """What changes whenever something of hers may: one query.

    It is made of the last event of her grids, of what is for the whole community or for her
    by name, and of all places; of which grids are hers; and of the hour, for the words of time.
    """
    day = clock.local_day(now)
    open_end = GridAssignment.ends.is_(None) | (GridAssignment.ends >= day)
    hers = (GridAssignment.user_id == user.id) & (GridAssignment.begins <= day) & open_end
    grids = select(GridAssignment.grid_id).where(hers)
    near = Event.grid_id.is_(None) | Event.grid_id.in_(grids) | Event.kind.in_(BY_NAME)
    here = (Event.community_id == user.area_id) & (near | (Event.by_id == user.id))
    told = here | Event.community_id.is_(None)
    last = select(func.max(Event.id)).where(told).scalar_subquery()
    recent = select(func.count()).where(told, Event.id > last - RECENT).scalar_subquery()
    known = select(func.count(), func.sum(GridAssignment.id), last, recent).where(hers)
    hour = f"{clock.local(now):%Y%m%d%H}"
    return "-".join(map(str, (hour, *session.execute(known).one())))


def _items(day: Day) -> list[Item]:
    return [item for stop in day.stops for item in stop.items] + day.calls + day.later


def _doors(scope: Scope, due: dict[int | None, int]) -> list[Door]:
    """Every door of hers, those with something due first, then in the order of the stairs."""
    homes = list(session.scalars(scope.households.order_by(Household.walk, Household.id)))
    rows = scope.residents.where(Resident.left_on.is_(None)).options(joinedload(Resident.household))
    behind: dict[int | None, list[Resident]] = defaultdict(list)
    for person in session.scalars(rows.order_by(Resident.born, Resident.id)):
        behind[person.household_id].append(person)
    doors = [Door(home, behind.pop(home.id, []), due.get(home.id, 0)) for home in homes]
    strays = [person for people in behind.values() for person in people]
    doors += [Door(None, [person]) for person in strays]
    return sorted(doors, key=lambda door: not door.due)


def _cut(doors: list[Door]) -> list[Door]:
    kept, room = [], MOST
    for door in doors:
        room -= 1 + len(door.people)
        if room < 0:
            break
        kept.append(door)
    return kept
