"""Where the people of a list live, as far as the community knows the door.

Only known buildings count: an address that nobody knows here waits in the tray.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.domain.door_book import Door, Key, building_key
from app.domain.doors import number_of
from app.domain.places import Area, Building, Household, Room, Unit
from app.exchange.rows.fronts import place_fronts
from app.exchange.rows.grids import find_grids
from app.exchange.rows.line import Line
from app.exchange.rows.places import find_doors
from app.lib.db import session


@dataclass(frozen=True, slots=True)
class Place:
    """A household and its grid; without a household a door of a known building, or only a grid."""

    household_id: int | None = None
    grid_id: int | None = None
    door: Door | None = None


def place_lines(lines: Iterable[Line], community: Area, kind: str = "") -> dict[int, Place]:
    """The place of every line that has one, by the line's `id()`."""
    found = list(lines)
    find_grids(found, community)
    if kind == "shop":
        return _place_shops(found, community)
    find_doors(found, community, known_only=True)
    homes, buildings = _homes(community), _buildings(community)
    return {id(line): _place(line, homes, buildings) for line in found}


def _place_shops(lines: list[Line], community: Area) -> dict[int, Place]:
    """Nobody lives in a shop: only its grid is asked for, and what the list names counts last."""
    grids = place_fronts(lines, community)
    named = {id(line): line.named_grid.id for line in lines if line.named_grid}
    return {id(line): Place(grid_id=grids.get(id(line)) or named.get(id(line))) for line in lines}


def names_another(told: Mapping[str, Any], community: Area) -> str:
    """The other community (or street) that a row names as hers; nothing where it is ours."""
    other = told.get("community") or told.get("street") or ""
    return other if other and not _names_us(other, community) else ""


def _names_us(written: str, community: Area) -> bool:
    """Whether nothing is left that is not ours, once city, district and street are taken off."""
    rest, ours, above = _without_words(written), _without_words(community.name), []
    area = community.parent
    while area is not None:
        above.insert(0, _without_words(area.name))
        area = area.parent
    for name in above:
        rest = rest.removeprefix(name)
    return rest in ours or ours in rest


def _without_words(name: str) -> str:
    """南内环街二社区居委会 is 南内环二, as people say it."""
    return re.sub(r"\s|街道办事处|办事处|街道|居民委员会|居委会|社区|街|路", "", name)


def _place(
    line: Line, homes: Mapping[Key, tuple[int, int | None]], buildings: Mapping[Key, int | None]
) -> Place:
    named = line.named_grid.id if line.named_grid else None
    door = line.door
    if door is None:
        return Place(grid_id=named)
    if home := homes.get(door.key):
        return Place(home[0], home[1] or named, door)
    if door.building_key in buildings:
        return Place(None, buildings[door.building_key] or named, door)
    return Place(grid_id=named)


def _homes(community: Area) -> dict[Key, tuple[int, int | None]]:
    columns = (Building.compound, Building.name, Unit.name, Room.name, Household.id)
    rows = select(*columns, Household.grid_id).join(Room, Room.id == Household.room_id)
    rows = rows.join(Unit, Unit.id == Room.unit_id).join(Building, Building.id == Unit.building_id)
    rows = rows.where(Building.community_id == community.id).order_by(Household.id.desc())
    return {
        (*building_key(compound, building), number_of(unit), number_of(room)): (home, grid)
        for compound, building, unit, room, home, grid in session.execute(rows)
    }


def _buildings(community: Area) -> dict[Key, int | None]:
    columns = select(Building.compound, Building.name, Building.grid_id)
    rows = session.execute(columns.where(Building.community_id == community.id))
    return {building_key(compound, name): grid for compound, name, grid in rows}
