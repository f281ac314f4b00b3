"""A door as a roll writes it: in columns of its own, or in one cell."""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from app.lib.rooms import read_room

LEVELS = {
    "building": ("号楼", r"号?楼|[栋幢座排#]"),
    "unit": ("单元", r"单元|门"),
    "room": ("", ""),
}
LONGEST_ADDRESS = 120
# The word that a building goes by when it is not 号楼.
CALLED = "栋幢座"


class Written(NamedTuple):
    """The parts of a door, with the names they would be given."""

    compound: str
    building: str
    unit: str
    room: str


def read_where(where: Mapping[str, str]) -> Written | None:
    """The door that the cells of a row name; None where they name none."""
    parts = {name: _fold(where[name]) for name in where}
    if max(map(len, parts.values())) > LONGEST_ADDRESS:
        return None
    if parts["room"] and (parts["building"] or parts["compound"]):
        return _from_columns(parts)
    return _from_one_cell(parts["address"], parts["compound"])


def written_as(where: Mapping[str, str]) -> str:
    """The address as it stands in the row, to be kept where no door can be read from it."""
    parts = [where[name] for name in ("compound", "building", "unit", "room")]
    return " ".join(filter(None, parts)) if any(parts[1:]) else where["address"] or parts[0]


def _from_columns(parts: dict[str, str]) -> Written:
    """Columns say what is what; the reading only makes 03 and 三号 the same as 3."""
    named = [_with_word(parts[level], level) for level in LEVELS]
    read, compound = read_room("".join(named)), parts["compound"]
    within = read.compound if read else ""
    if read is None or (within and (compound or len(within) == 1)):  # 东2号楼 is not 2号楼
        return Written(compound, parts["building"], named[1], parts["room"])
    return _named(compound or within, read.building, read.unit, read.room, named[0])


def _from_one_cell(address: str, compound: str) -> Written | None:
    read = read_room(address)
    if read is None:
        return None
    before = read.compound.rstrip("-,，、.。")
    return _named(compound or before, read.building, read.unit, read.room, address)


def _named(compound: str, building: str, unit: str, room: str, written: str) -> Written:
    """The parts with the words that belong to them: 2 is 2号楼, 1 is 1单元."""
    if building and "排" not in building:
        called = re.search(rf"{re.escape(building)}([{CALLED}])", written)
        letter = re.fullmatch("[A-Z]", building)
        building += called.group(1) if called else "座" if letter else "号楼"
    return Written(compound, building, f"{unit}单元" if unit else "", room)


def _with_word(part: str, level: str) -> str:
    word, words = LEVELS[level]
    return part + word if part and word and not re.search(rf"(?:{words})$", part) else part


def _fold(cell: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", cell)).upper()
