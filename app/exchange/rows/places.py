"""Which door every line of a list means, found from the whole list and the doors known already.

One line alone often does not say it: 2-1-502 leaves out the compound, another
cell begins with 山西省太原市. So all lines are read first; then a compound is the
same as the one that its longer writing ends with, and a building without a
compound belongs to the only one (of the line's grid) that has such a building.
What stays unclear keeps its text and is listed as an address to be looked into.

A community's own roll says which buildings there are; a list that others sent does
not: its addresses may lie anywhere, so only what is known counts (`known_only`).
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from app.domain.door_book import Door, Key, building_key
from app.domain.places import Area, Building
from app.exchange.rows.line import Line
from app.exchange.rows.written import LONGEST_ADDRESS, Written, read_where, written_as
from app.lib import gb2260
from app.lib.db import session
from app.lib.words import say

# What a longer writing may have before the name of the compound: 南内环街12号二轻小区.
STREET = re.compile(r".*[省市县区镇乡村街路巷道号处]")
SHORTEST = 3
AND_OTHERS = ("等", "、", "，", ",", "和", "及", "与")  # behind a compound that is one of several
LONGEST = {"compound": 60, "building": 30, "unit": 30, "room": 30}


class Places:
    """The compounds and buildings of a community, as its tables and this list name them."""

    def __init__(self, lines: list[Line], community: Area, *, known_only: bool = False):
        self.read = {id(line): _without_area(read_where(line.where), community) for line in lines}
        columns = (Building.compound, Building.name, Building.grid_id)
        known = session.execute(select(*columns).where(Building.community_id == community.id))
        self.known = [tuple(row) for row in known]
        self.spelled = self._spellings()
        self.called: dict[tuple[str, ...], str] = {}  # the compound that a title names
        # number of a building → its compound → the grids it is said to be in
        self.having: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._note_buildings([] if known_only else lines)
        self.doubled = set() if known_only else self._doubled(lines)

    def door_of(self, line: Line) -> Door | None:
        """The one door that a line means; None where there is none or it is not clear which."""
        written = self.read[id(line)]
        if written is None:
            return None
        compound = self.spelled.get(written.compound, written.compound)
        if not compound:
            compound = self._compound_without_name(line, written)
        if compound is None:
            line.warn(say("有几处都有%(building)s，分不清是哪个小区。", building=written.building))
            return None
        door = Door(compound, written.building, written.unit, written.room)
        fits = all(len(getattr(door, part)) <= most for part, most in LONGEST.items())
        return door if fits else None

    def grid_of(self, door: Door) -> int | None:
        """The grid of a building, if it is in one only."""
        compound, number = door.building_key
        grids = self.having[number].get(compound, set())
        return next(iter(grids)) if len(grids) == 1 else None

    def _spellings(self) -> dict[str, str]:
        """Every way a compound is written → how it is called here."""
        called = {compound.upper(): compound for compound, _name, _grid in self.known if compound}
        written = {one.compound for one in self.read.values() if one and one.compound}
        for name in sorted(written, key=len):
            shorter = next((end for end in _ends_after_street(name) if end in called), name)
            called[name] = called.get(shorter, name)
        return called

    def _note_buildings(self, lines: list[Line]) -> None:
        for compound, name, grid_id in self.known:
            self._note(building_key(compound, name), grid_id)
        for line in lines:
            if written := self.read[id(line)]:
                compound = self.spelled.get(written.compound, written.compound)
                if compound:
                    grid_id = line.grid.id if line.grid else None
                    self._note(building_key(compound, written.building), grid_id)

    def _note(self, key: Key, grid_id: int | None) -> None:
        compound, number = key
        self.having[number][compound] |= {grid_id} - {None}

    def _compound_without_name(self, line: Line, written: Written) -> str | None:
        """The compound of a building that was written without one; None where it is not clear."""
        number = building_key("", written.building)[1]
        having = {name: grids for name, grids in self.having[number].items() if name}
        in_grid = [name for name, grids in having.items() if line.grid and line.grid.id in grids]
        if number in self.doubled and not in_grid:
            return line.grid.name if line.grid else None
        if called := self._called_after(line):
            return called if called in in_grid or not in_grid else None
        fitting = in_grid or list(having)
        if len(fitting) > 1:
            return None
        return self.spelled.get(fitting[0], fitting[0]) if fitting else ""

    def _called_after(self, line: Line) -> str:
        """The one compound known here that the sheet or its title is called after."""
        if line.titles not in self.called:
            known = {compound for compound, _name, _grid in self.known if compound}
            found = [name for name in known if any(_begins_with(one, name) for one in line.titles)]
            longest = max(found, key=len, default="")
            self.called[line.titles] = longest if all(one in longest for one in found) else ""
        return self.called[line.titles]

    def _doubled(self, lines: list[Line]) -> set[str]:
        """Numbers of buildings without a compound that stand in two grids, with the same doors."""
        grids = defaultdict(set)
        for line in lines:
            written = self.read[id(line)]
            if written and not written.compound and line.grid:
                grids[Door("", written.building, written.unit, written.room).key].add(line.grid.id)
        return {key[1] for key, found in grids.items() if len(found) > 1}


def find_doors(lines: list[Line], community: Area, *, known_only: bool = False) -> None:
    """Note for every line its door and grid, or its address as written, with what is unclear."""
    places = Places(lines, community, known_only=known_only)
    grids = {grid.id: grid for grid in community.under("grid")}
    for line in lines:
        line.door = places.door_of(line)
        line.address = "" if line.door else written_as(line.where)
        if line.door and line.grid is None:
            line.grid = grids.get(places.grid_of(line.door))
        if not known_only:
            _warn(line)


def _warn(line: Line) -> None:
    if len(line.address) > LONGEST_ADDRESS:
        line.refuse(say("住址最多写 %(most)s 个字，现在太长。", most=LONGEST_ADDRESS))
    elif line.address:
        line.warn(say("住址认不出门牌，按原文列出，待核实。"))
    elif line.door is None:
        line.warn(say("没有住址，列为“地址不详”。"))


def _without_area(written: Written | None, community: Area) -> Written | None:
    """The compound without the province, city, district, street and community before it."""
    if written is None:
        return None
    compound = written.compound
    for name in names_above(community):
        if compound.startswith(name):
            compound = compound.removeprefix(name).removeprefix("办事处")
    return written._replace(compound=compound)


def names_above(community: Area) -> list[str]:
    """Province, city, district, street and community by name, the largest first."""
    places = [community]
    while places[0].parent:
        places.insert(0, places[0].parent)
    province = gb2260.name_of(f"{community.code[:2]}0000")
    return [name for name in (province, *(place.name for place in places)) if name]


def _begins_with(title: str, compound: str) -> bool:
    """Whether a title begins with a compound, or with its street and community before it."""
    before, is_in, behind = title.partition(compound)
    starts = not before or STREET.fullmatch(before)
    return bool(is_in and starts and not behind.startswith(AND_OTHERS))


def _ends_after_street(name: str) -> Iterator[str]:
    """What a compound may be called for short: 南内环街12号二轻小区 is 二轻小区.

    But it is not 小区, and 五一路8号院 is not the 8号院 of another street.
    """
    yield name
    for cut in range(1, len(name) - SHORTEST + 1):
        if STREET.fullmatch(name[:cut]) and not name[cut].isdecimal():
            yield name[cut:]
