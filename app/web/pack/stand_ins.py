"""People and doors of whom nothing is known but the places where their values belong.

The values of a door and of a person stand in one row, in this order; all moulds about them
share its numbers. `has` names the values that a mould's people have at all.
"""

from types import SimpleNamespace
from typing import Any

from app.reports.badges import Badge
from app.web.pack.marks import mark, number
from app.web.pack.pages import part

HOME = ("household", "address", "building", "grid", "people", "others", "due", "mould")
PERSON = (
    "shape", "id", "name", "sex", "age", "phone", "id_number", "relation", "category", "full",
    "note", "badges", "rules", "spoken",
)  # fmt: skip
# What else stands on the page of somebody under care; it is long, and has a row of its own.
CARE = ("kinds", "cases")
PLACE = {name: place for place, name in enumerate(HOME + PERSON + CARE)}
# Stands for all badges of somebody: what is made of it gives way to what is made of hers.
BADGE = Badge("elder", mark(PLACE["badges"]), "elder", 0)


def badges_place() -> dict[str, str]:
    """The place where all badges of somebody go, by what the stand-in makes."""
    return {part("known", "badges_row", [BADGE]): mark(PLACE["badges"])}


def text(name: str, has: frozenset[str]) -> str:
    """The mark of a value; an empty text where it is lacking."""
    return mark(PLACE[name]) if name in has else ""


def home_of(has: frozenset[str]) -> SimpleNamespace | None:
    """A door."""
    if "household" not in has:
        return None
    building = number(PLACE["building"]) if "building" in has else None
    address = text("address", has)
    return SimpleNamespace(id=number(PLACE["household"]), address=address, building_id=building)


def somebody(has: frozenset[str]) -> SimpleNamespace:
    """A person behind a door."""
    grid = SimpleNamespace(name=mark(PLACE["grid"])) if "grid" in has else None
    return SimpleNamespace(
        id=number(PLACE["id"]),
        masked_name=mark(PLACE["name"]),
        masked_phone=text("phone", has),
        masked_id_number=text("id_number", has),
        sex="1" if "sex" in has else "0",
        relation=text("relation", has),
        category=text("category", has),
        note=text("note", has),
        note_sealed=text("note", has),
        household=home_of(has),
        household_id=number(PLACE["household"]) if "household" in has else None,
        grid=grid,
    )


def badges_of(has: frozenset[str]) -> list[Badge]:
    return [BADGE] if "badges" in has else []


def age_of(has: frozenset[str]) -> Any:
    return mark(PLACE["age"]) if "age" in has else None
