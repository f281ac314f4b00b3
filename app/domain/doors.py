"""Finding a door by how it is written, and the household behind it."""

import re

from sqlalchemy import select

from app.domain.places import Area, Building, Household, Room, Unit
from app.lib import rooms
from app.lib.db import session

LEVEL_WORDS = re.compile(r"平房|号楼|[号楼栋幢座排室户]|单元|门")
WALK_WIDTH = {"building": 3, "unit": 2, "room": 4}


def room_at(community: Area, written: str) -> Room | None:
    """The one room of a community that `written` means; None for none, or where it is not clear."""
    door = rooms.read_room(written)
    if door is None:
        return None
    wanted = select(Room, Unit, Building).join(Unit, Unit.id == Room.unit_id)
    wanted = wanted.join(Building, Building.id == Unit.building_id)
    wanted = wanted.where(Building.community_id == community.id)
    wanted = wanted.where(Room.name.in_([door.room, f"{door.room}室", f"{door.room}号"]))
    found = [row for row, unit, building in session.execute(wanted) if _fits(door, building, unit)]
    return found[0] if len(found) == 1 else None


def household_in(room: Room) -> Household:
    """The household of a room; a new one where nobody is registered there yet."""
    found = session.scalar(select(Household).where(Household.room_id == room.id))
    if found is None:
        found = new_household(room)
        session.add(found)
        session.flush()
    return found


def new_household(room: Room) -> Household:
    """A household for a room, not yet in the database."""
    unit, building = room.unit, room.unit.building
    parts = (building.label, unit.name, room.name)
    return Household(
        community_id=building.community_id,
        grid_id=building.grid_id,
        building=building,
        unit=unit,
        room=room,
        address=" ".join(part for part in parts if part),
        walk=_walk(room),
    )


def household_without_room(community: Area, grid: Area | None, written: str) -> Household:
    """A household whose door is not known: it is listed with what was written."""
    grid_id = grid.id if grid else None
    home = Household(community_id=community.id, grid_id=grid_id, address=written, walk="~")
    session.add(home)
    session.flush()
    return home


def number_of(name: str) -> str:
    """``12号楼`` → ``12``, ``A座`` → ``A``, ``平房8排`` → ``8``."""
    return LEVEL_WORDS.sub("", name).upper()


def _fits(door: rooms.Room, building: Building, unit: Unit) -> bool:
    if door.compound and door.compound not in building.label.upper():
        return False
    if door.building and number_of(door.building) != number_of(building.name):
        return False
    return not door.unit or number_of(door.unit) == number_of(unit.name)


def _walk(room: Room) -> str:
    """Compound, building, staircase, door, so that a list in this order follows the stairs."""
    unit, building = room.unit, room.unit.building
    names = {"building": building.name, "unit": unit.name, "room": room.name}
    steps = (number_of(name).zfill(WALK_WIDTH[what]) for what, name in names.items())
    return "/".join([building.compound, *steps])[:60]
