"""The lines of a roll, checked and placed together, and what each says as plain text."""

from typing import Any

from app.domain.places import Area
from app.exchange.roll.twins import find_twins
from app.exchange.rows.checks import check
from app.exchange.rows.grids import find_grids
from app.exchange.rows.line import Line
from app.exchange.rows.places import find_doors
from app.exchange.rows.written import LONGEST_ADDRESS

WHO = ("name", "id_number", "phone", "sex", "relation", "category", "note")


def read_roll(lines: list[Line], community: Area) -> None:
    """Check and place every line; what is wrong with one, or said by another, stands in it."""
    for line in lines:
        check(line)
    find_grids(_open(lines), community)
    find_doors(_open(lines), community)
    find_twins(_open(lines))


def told_by(line: Line) -> dict[str, Any]:
    """What a line says, as it is kept with its row."""
    who = line.who or {name: line.told.get(name) for name in ("name", "id_number")}
    told = {name: who[name] for name in WHO if who.get(name)}
    if born := line.who.get("born"):
        told["born"] = born.isoformat()
    if line.door:
        door = line.door
        told["door"] = [door.compound, door.building, door.unit, door.room]
    if address := (line.door.label if line.door else line.address):
        told["address"] = address[:LONGEST_ADDRESS]
    if line.named_grid:
        told["named_grid"] = line.named_grid.id
    return told | {name: line.told[name] for name in ("community", "street") if line.told.get(name)}


def _open(lines: list[Line]) -> list[Line]:
    return [line for line in lines if not line.is_judged]
