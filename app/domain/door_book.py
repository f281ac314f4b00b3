"""Many doors at once: the buildings, stairs and rooms that a list names, looked up in five queries.

A door is known by what its names say, not by how they are written: 2号楼, 2栋 and 2
are one building. Rows of bungalows (排) are counted apart from buildings.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.domain.doors import new_household, number_of
from app.domain.places import Area, Building, Household, Room, Unit
from app.lib.db import session

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """A door by the names it would be given: 二轻小区, 2号楼, 1单元, 502."""

    compound: str
    building: str
    unit: str
    room: str

    @property
    def label(self) -> str:
        parts = (self.compound, self.building, self.unit, self.room)
        return " ".join(part for part in parts if part)

    @property
    def building_key(self) -> Key:
        return building_key(self.compound, self.building)

    @property
    def unit_key(self) -> Key:
        return (*self.building_key, number_of(self.unit))

    @property
    def key(self) -> Key:
        return (*self.unit_key, number_of(self.room))


def building_key(compound: str, building: str) -> Key:
    row = "排" if "排" in building else ""
    return (compound.upper(), row + number_of(building))


class DoorBook:
    """The doors of a community that a list names, those that exist and those opened since.

    `named` are doors, `written` addresses that no door could be read from.
    """

    def __init__(self, community: Area, named: Iterable[Door], written: Iterable[str] = ()):
        self.community = community
        wanted = {door.building_key for door in named}
        buildings = _all_of(Building, Building.community_id == community.id)
        keyed = ((building_key(row.compound, row.name), row) for row in buildings)
        self.buildings = {key: row for key, row in keyed if key in wanted}
        self._load_below({building.id: key for key, building in self.buildings.items()})
        here = Household.community_id == community.id, Household.room_id.is_(None)
        unplaced = _all_of(Household, *here, Household.address.in_(set(written) - {""}))
        self.unplaced = {home.address: home for home in unplaced}

    def _load_below(self, keys: dict[int, Key]) -> None:
        units = _all_of(Unit, Unit.building_id.in_(keys))
        self.units = {(*keys[unit.building_id], number_of(unit.name)): unit for unit in units}
        of_unit = {unit.id: key for key, unit in self.units.items()}
        rooms = _all_of(Room, Room.unit_id.in_(of_unit))
        self.rooms = {(*of_unit[room.unit_id], number_of(room.name)): room for room in rooms}
        of_room = {room.id: key for key, room in self.rooms.items()}
        homes = _all_of(Household, Household.building_id.in_(keys))
        self.homes = {of_room[home.room_id]: home for home in homes if home.room_id in of_room}

    def home_at(self, door: Door | None, written: str = "") -> Household | None:
        """The household behind a door, or at an address as it is written; None for a new one."""
        return self.homes.get(door.key) if door else self.unplaced.get(written)

    def open(self, door: Door | None, written: str, grid: Area | None) -> Household:
        """The same, put into the book where it is not yet there."""
        found = self.home_at(door, written)
        if found is None:
            found = self._new_home(door, written, grid)
            session.add(found)
        return found

    def _new_home(self, door: Door | None, written: str, grid: Area | None) -> Household:
        if door:
            home = self.homes[door.key] = new_household(self._room(door, grid))
        else:
            home = Household(community_id=self.community.id, address=written, walk="~")
            if written:
                self.unplaced[written] = home
        home.grid_id = grid.id if grid else home.grid_id
        return home

    def _room(self, door: Door, grid: Area | None) -> Room:
        if door.key not in self.rooms:
            unit, floor = self._unit(door, grid), floor_of(door)
            self.rooms[door.key] = Room(unit=unit, name=door.room, floor=floor)
        return self.rooms[door.key]

    def _unit(self, door: Door, grid: Area | None) -> Unit:
        building = self._building(door, grid)
        if door.unit_key not in self.units:
            self.units[door.unit_key] = Unit(building=building, name=door.unit)
        return self.units[door.unit_key]

    def _building(self, door: Door, grid: Area | None) -> Building:
        building = self.buildings.get(door.building_key)
        if building is None:
            names = {"compound": door.compound, "name": door.building}
            building = Building(community_id=self.community.id, **names)
            self.buildings[door.building_key] = building
        if building.grid_id is None and grid:
            building.grid_id = grid.id
        return building


def floor_of(door: Door) -> int | None:
    """The floor that a room's name tells: 502 is on the fifth; a row of bungalows has one."""
    if "排" in door.building:
        return 1
    found = re.match(r"(\d{1,2})(?:\d\d[A-Z]?$|[楼层])", door.room)
    return int(found.group(1)) if found else None


def _all_of(model: Any, *conditions: Any) -> list[Any]:
    """The rows, the oldest last: where two have one key, the oldest is the one that counts."""
    return list(session.scalars(select(model).where(*conditions).order_by(model.id.desc())))
