"""In which grid a shop lies: 二轻小区2号楼底商3, 8号院西门外, 南内环街12号.

What stands in the foot of a building belongs to its grid, what stands in the yard of a
compound to the compound's where that has only one. The number of a street is known from
compounds called after it and from shops there whose grid is known. Two grids that may be
meant are none.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from app.domain.door_book import building_key
from app.domain.places import Area, Building
from app.domain.shops import Shop
from app.exchange.rows.line import Line
from app.exchange.rows.places import names_above
from app.exchange.values.text import HAN
from app.lib.db import session
from app.lib.rooms import NAME, read_room

# Whatever stands behind the building: 2号楼底商3, 2号楼一层, 2号楼下.
BUILDING = re.compile(
    rf"(?P<before>.*?)(?P<building>(?<![0-9A-Z-]){NAME}(?:号楼|#楼?|楼|栋|幢|座))"
)
NUMBER = re.compile(rf"(?P<street>[{HAN}]{{2,10}}?(?:街|路|巷|道))(?P<number>\d+)(?:号|-|$)")
# What may stand before the name of a compound: 南内环街12号二轻小区.
STREET = re.compile(r".*[省市县区镇乡村街路巷道号处]")


class Fronts:
    """The buildings, compounds and street numbers of a community, each with its grids."""

    def __init__(self, community: Area):
        self.above = names_above(community)
        self.buildings: dict[tuple[str, ...], set[int]] = defaultdict(set)
        self.compounds: dict[str, set[int]] = defaultdict(set)
        self.numbers: dict[tuple[str, str], set[int]] = defaultdict(set)
        columns = select(Building.compound, Building.name, Building.grid_id)
        known = columns.where(Building.community_id == community.id, Building.grid_id.is_not(None))
        for compound, name, grid_id in session.execute(known):
            self.buildings[building_key(compound, name)].add(grid_id)
            self.compounds[compound.upper()].add(grid_id)
            self._note_number(compound, grid_id)
        shops = select(Shop.address, Shop.grid_id).where(Shop.community_id == community.id)
        for address, grid_id in session.execute(shops.where(Shop.grid_id.is_not(None))):
            self._note_number(address, grid_id)

    def grid_of(self, line: Line) -> int | None:
        """The one grid that the place of a shop lies in; None where it is not clear which."""
        parts = [line.where.get(part, "") for part in ("compound", "building", "unit", "address")]
        place = self._without_area(re.sub(r"\s", "", unicodedata.normalize("NFKC", "".join(parts))))
        for found in (self._by_building(place), self._by_compound(place), self._by_number(place)):
            if found:
                return next(iter(found)) if len(found) == 1 else None
        return None

    def _by_building(self, place: str) -> set[int]:
        """Of the compound that is named; where none is, of all buildings of that number."""
        written = BUILDING.match(place.upper())
        if written is None:
            return set()
        read = read_room(f"{written['building']}101")
        number = building_key("", read.building if read else written["building"])[1]
        compound = self._compound_at_end(written["before"])
        if compound is not None:
            return self.buildings.get((compound, number), set())
        named = written["before"] and not STREET.fullmatch(written["before"])
        same = (grids for (_name, one), grids in self.buildings.items() if one == number)
        return set() if named else set().union(*same)

    def _compound_at_end(self, before: str) -> str | None:
        fitting = [name for name in self.compounds if name and _ends_with(before, name)]
        return max(fitting, key=len, default=None)

    def _by_compound(self, place: str) -> set[int]:
        """What lies at a compound, whatever is said of where: 二轻小区西门外."""
        upper = place.upper()
        found = [
            name
            for name in self.compounds
            if name and (at := upper.find(name)) >= 0 and _ends_with(upper[: at + len(name)], name)
        ]
        return self.compounds[max(found, key=len)] if found else set()

    def _by_number(self, place: str) -> set[int]:
        found = NUMBER.search(place)
        return self.numbers.get((found["street"], found["number"]), set()) if found else set()

    def _note_number(self, written: str, grid_id: int) -> None:
        if found := NUMBER.search(self._without_area(written)):
            self.numbers[found["street"], found["number"]].add(grid_id)

    def _without_area(self, place: str) -> str:
        for name in self.above:
            place = place.removeprefix(name).removeprefix("办事处")
        return place


def place_fronts(lines: Iterable[Line], community: Area) -> dict[int, int]:
    """The grid of every line that has one, by the line's `id()`."""
    fronts = Fronts(community)
    found = {id(line): fronts.grid_of(line) for line in lines}
    return {line: grid for line, grid in found.items() if grid}


def _ends_with(written: str, compound: str) -> bool:
    """五一路8号院 is not the 8号院 of another street, 新教师公寓 is not 教师公寓."""
    before = written.removesuffix(compound)
    if before == written:
        return False
    return not before or (bool(STREET.fullmatch(before)) and not compound[0].isdecimal())
