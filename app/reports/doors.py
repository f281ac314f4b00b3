"""Buildings, their staircases and doors, with a mark where somebody needs looking after."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.domain.cases import Case
from app.domain.places import Building, Household, Room, Unit
from app.domain.residents import Resident
from app.domain.scope import Scope
from app.lib.db import session

# The gravest mark of a door wins.
GRAVEST = ("red", "yellow", "elder", "returnee")


@dataclass(frozen=True, slots=True)
class Door:
    """A door of the diagram; `household_id` is None where nobody is registered."""

    room: str
    household_id: int | None
    mark: str | None


@dataclass(frozen=True, slots=True)
class Staircase:
    """A unit with its floors, the top one first; floor None: not known."""

    name: str
    floors: list[tuple[int | None, list[Door]]]


def buildings_of(scope: Scope) -> list[tuple[Building, int, int]]:
    """(building, households, residents) of every building she may see, by compound and name."""
    homes = scope.households.subquery()
    doors, people = func.count(func.distinct(homes.c.id)), func.count(Resident.id)
    lives_there = (Resident.household_id == homes.c.id) & Resident.left_on.is_(None)
    rows = select(homes.c.building_id, doors, people).outerjoin(Resident, lives_there)
    counts = {row[0]: row[1:] for row in session.execute(rows.group_by(homes.c.building_id))}
    found = session.scalars(scope.buildings.order_by(Building.compound, Building.id))
    return [(building, *counts.get(building.id, (0, 0))) for building in found]


def staircases_of(scope: Scope, buildings: Sequence[Building]) -> dict[int, list[Staircase]]:
    """The diagram of each building; two queries, however many there are."""
    ids = [building.id for building in buildings]
    homes = scope.households.where(Household.building_id.in_(ids)).subquery()
    rows = select(Unit, Room, homes.c.id).join(Room, Room.unit_id == Unit.id)
    rows = rows.outerjoin(homes, homes.c.room_id == Room.id).where(Unit.building_id.in_(ids))
    marks = _marks(scope, ids)
    found: dict[int, dict] = {number: {} for number in ids}
    for unit, room, household_id in session.execute(rows.order_by(Unit.id, Room.name)):
        floors = found[unit.building_id].setdefault(unit.name, defaultdict(list))
        floors[room.floor].append(Door(room.name, household_id, marks.get(household_id)))
    return {number: _staircases(units) for number, units in found.items()}


def without_a_door(scope: Scope, buildings: Sequence[Building]) -> dict[int, list[Household]]:
    """Households of each building whose room is not known: listed, never dropped."""
    found: dict[int, list[Household]] = {building.id: [] for building in buildings}
    rows = scope.households.where(Household.building_id.in_(list(found)))
    for home in session.scalars(rows.where(Household.room_id.is_(None)).order_by(Household.id)):
        found[home.building_id].append(home)
    return found


def members_of(scope: Scope, household: Household) -> list[Resident]:
    """Who lives behind a door, the eldest first."""
    rows = scope.residents.where(Resident.household_id == household.id, Resident.left_on.is_(None))
    rows = rows.options(joinedload(Resident.household))
    return list(session.scalars(rows.order_by(Resident.born, Resident.id)))


def _staircases(units: dict[str, dict]) -> list[Staircase]:
    return [Staircase(name, _from_the_top(floors)) for name, floors in units.items()]


def _marks(scope: Scope, building_ids: Sequence[int]) -> dict[int, str]:
    rows = scope.cases.join(Household, Household.id == Case.household_id)
    rows = rows.where(Household.building_id.in_(building_ids), Case.closed_at.is_(None))
    rows = rows.with_only_columns(Case.household_id, Case.kind, Case.stage)
    found = defaultdict(set)
    for household_id, kind, stage in session.execute(rows):
        found[household_id].add(_mark(kind, stage))
    return {home: min(marks, key=GRAVEST.index) for home, marks in found.items()}


def _mark(kind: str, stage: str) -> str:
    if stage == "positive":
        return "red"
    return kind


def _from_the_top(floors: dict) -> list[tuple[int | None, list[Door]]]:
    return sorted(floors.items(), key=lambda floor: -(floor[0] or 0))
