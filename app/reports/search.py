"""Finding somebody with one box: a name, pinyin or initials, a door, the last four of a phone.

What was typed decides how it is read: ``王建国``, ``wangjg``, ``5-3-502``, ``502``,
``6688``. Always within what the person who asks may see.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import joinedload

from app.domain.cases import Case
from app.domain.places import Building, Household, Room, Unit
from app.domain.residents import Resident, phone_tail
from app.domain.scope import Scope
from app.lib.db import session
from app.lib.rooms import read_room

MOST = 30
PEOPLE_SHOWN = 60
DOTS = "·•・‧.."
# How the number of a building or a unit may have been written in the roll.
BUILDING_NAMES = ("{}", "{}号楼", "{}号", "{}栋", "{}幢", "{}座", "{}楼")
UNIT_NAMES = ("{}", "{}单元", "{}门")


def search(scope: Scope, text: str) -> tuple[list[Resident], bool]:
    """The residents that `text` may mean, best first, and whether there are more than shown."""
    typed = fold(text)
    if not typed:
        return [], False
    rows = scope.residents.outerjoin(Household, Resident.household_id == Household.id)
    rows = rows.where(Resident.left_on.is_(None), _means(typed, rows))
    rows = rows.options(joinedload(Resident.household)).order_by(*_best_first(typed))
    found = list(session.scalars(rows.limit(MOST + 1)))
    return found[:MOST], len(found) > MOST


def people_under(scope: Scope, case_kinds: Iterable[str]) -> list[Resident]:
    """Residents with an open case of these kinds, in the order of the stairs."""
    under = select(Case.resident_id).where(
        Case.kind.in_(list(case_kinds)), Case.closed_at.is_(None)
    )
    rows = scope.residents.outerjoin(Household, Resident.household_id == Household.id)
    rows = rows.where(Resident.id.in_(under)).options(joinedload(Resident.household))
    return list(session.scalars(rows.order_by(Household.walk, Resident.id).limit(PEOPLE_SHOWN)))


def fold(text: str) -> str:
    """Half-width, lower case, without spaces, and without the dot inside a name."""
    plain = unicodedata.normalize("NFKC", text or "").lower()[:60]
    return re.sub(rf"[\s\x00-\x1f'{re.escape(DOTS)}]", "", plain)


def _means(typed: str, rows: Select) -> ColumnElement[bool]:
    meanings: list[Any] = []
    if re.fullmatch(r"[a-z]+", typed):
        meanings += [_spoken().contains(typed), _undotted(Resident.name_initials).contains(typed)]
    elif not re.search(r"\d", typed):
        meanings.append(_undotted(Resident.name).contains(typed, autoescape=True))
    if re.fullmatch(r"\d{4}", typed):
        meanings.append(Resident.phone_tail_index == phone_tail(typed))
    if re.search(r"[\d零一二三四五六七八九十]", typed):
        meanings.append(_behind(typed))
    return or_(*meanings) if meanings else _undotted(Resident.name).contains(typed, autoescape=True)


def _behind(typed: str) -> ColumnElement[bool]:
    """Lives behind the door that was typed; a part that was not typed may be anything."""
    door = read_room(typed)
    if door is None:
        said = Household.address.contains(typed, autoescape=True)
        return or_(Household.room_id.in_(_rooms(room=typed.upper())), said)
    return Household.room_id.in_(_rooms(door.building, door.unit, door.room, door.compound))


def _rooms(building: str = "", unit: str = "", room: str = "", compound: str = "") -> Select:
    wanted = Room.__table__.select().with_only_columns(Room.id)
    wanted = wanted.join(Unit, Unit.id == Room.unit_id).join(Building)
    wanted = wanted.where(func.upper(Room.name).in_([room, f"{room}室"]))
    if building:
        wanted = wanted.where(func.upper(Building.name).in_(_written(BUILDING_NAMES, building)))
    if unit:
        wanted = wanted.where(func.upper(Unit.name).in_(_written(UNIT_NAMES, unit)))
    if compound:
        wanted = wanted.where(func.upper(Building.compound).contains(compound, autoescape=True))
    return wanted


def _written(ways: tuple[str, ...], number: str) -> list[str]:
    return [way.format(number) for way in ways]


def _best_first(typed: str) -> list[Any]:
    nearness = case(
        (or_(_undotted(Resident.name) == typed, Resident.name_initials == typed), 0),
        (or_(_undotted(Resident.name).startswith(typed, autoescape=True), _spoken() == typed), 1),
        else_=2,
    )
    return [nearness, Household.walk, Resident.id]


def _spoken() -> ColumnElement[str]:
    return _undotted(Resident.name_pinyin)


def _undotted(column: Any) -> ColumnElement[str]:
    return func.replace(column, "·", "")
