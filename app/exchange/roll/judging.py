"""What is to become of every line: who is on the roll already, and what is new about her.

An ID number says who somebody is; without one the same name behind the same
door does. An empty cell never erases, an address that cannot be read never
replaces a door that is known, and nobody is taken off the roll because a list
leaves her out.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.domain.cases import Case
from app.domain.door_book import DoorBook
from app.domain.places import Area, Household
from app.domain.residents import Resident
from app.exchange.roll.elders import class_for
from app.exchange.rows.line import Line
from app.exchange.values.text import one_name
from app.intake.reasons import reasons_at
from app.lib.crypto import keyring
from app.lib.db import session
from app.lib.words import say

PLAIN = ("sex", "born", "relation", "category")
UNKNOWN_SEX = "0"


class Known:
    """What a community knows of the people and doors that some lines name, looked up at once."""

    def __init__(self, lines: list[Line], community: Area, *, day: date):
        self.community, self.day = community, day
        doors = [line.door for line in lines if line.door]
        self.book = DoorBook(community, doors, (line.address for line in lines))
        numbers = [_index(line.id_number, "id_number") for line in lines if line.id_number]
        named = _people(community, Resident.id_number_index.in_(numbers))
        self.by_number = {one.id_number_index: one for one in named}
        self.behind = self._neighbours(lines)
        self.cases = _elder_cases([*named, *chain(*self.behind.values())])
        self.reasons = {one.key: one for one in reasons_at("elder", community, day)}

    def home_of(self, line: Line) -> Household | None:
        return self.book.home_at(line.door, line.address)

    def case_of(self, resident: Resident | None) -> Case | None:
        """Her open case as an elder."""
        return self.cases.get(resident.id) if resident else None

    def near(self, line: Line) -> list[Resident]:
        """Who lives behind the line's door; without one, those without an address, by phone."""
        if line.door or line.address:
            home = self.home_of(line)
            return self.behind[home.id] if home else []
        phone = _index(line.who["phone"], "phone") if line.who["phone"] else None
        return [one for one in self.behind[None] if one.phone_index == phone]

    def _neighbours(self, lines: list[Line]) -> dict[int | None, list[Resident]]:
        """The residents by household; under None those nobody knows an address of."""
        homes = {home.id for line in lines if (home := self.home_of(line))}
        names = {line.who["name"] for line in lines if not line.door and not line.address}
        without_address = Household.room_id.is_(None) & (Household.address == "")
        nowhere = or_(Household.id.is_(None), without_address)
        found = _people(self.community, Resident.household_id.in_(homes))
        found += _people(self.community, Resident.name.in_(names), nowhere) if names else []
        behind: dict[int | None, list[Resident]] = defaultdict(list)
        for one in found:
            if one.left_on is None:
                behind[one.household_id if one.household_id in homes else None].append(one)
        return behind


def judge(lines: Iterable[Line], known: Known) -> None:
    """Say of every line what it changes. Nothing is written."""
    for line in lines:
        line.resident = _same_person(line, known)
        if line.is_judged:
            continue
        line.changes = _changes(line, known) if line.resident else {}
        line.state = "updated" if line.changes else "unchanged" if line.resident else "added"
        if line.resident is None or line.changes.keys() & {"category", "left_on"}:
            case = known.case_of(line.resident)
            line.elder_class = class_for(line, case, known.reasons, day=known.day)
        _warn_of_no_grid(line, known)


def _same_person(line: Line, known: Known) -> Resident | None:
    if line.id_number and (found := known.by_number.get(_index(line.id_number, "id_number"))):
        return found
    namesakes = [one for one in known.near(line) if one_name(one.name) == line.who["name"]]
    if line.id_number:
        unnumbered = [one for one in namesakes if one.id_number_index is None]
        if namesakes and not unnumbered:
            line.refuse(say("这一户在名册里已有同名的人，身份证号不同，请核对。"))
        namesakes = unnumbered
    if len(namesakes) > 1:
        line.refuse(say("这一户在名册里有两个同名的人，请写上身份证号。"))
    return namesakes[0] if namesakes else None


def _changes(line: Line, known: Known) -> dict[str, Any]:
    """The columns to write, and under ``home`` or ``grid`` that she moves."""
    resident, who = line.resident, line.who
    plain = [(name, who[name]) for name in PLAIN if who[name] and who[name] != UNKNOWN_SEX]
    changes = {name: new for name, new in plain if new != getattr(resident, name)}
    if one_name(resident.name) != who["name"]:
        changes["name"] = who["name"]
        line.warn(say("姓名与名册里的%(name)s不同，按表格改了。", name=resident.masked_name))
    if who["phone"] and _index(who["phone"], "phone") != resident.phone_index:
        changes["phone"] = who["phone"]
    if line.id_number and resident.id_number_index is None:
        changes["id_number"] = line.id_number
    if who["note"] and who["note"] not in (resident.note or ""):
        changes["note"] = "\n".join(filter(None, (resident.note, who["note"])))
    if resident.left_on:
        changes["left_on"] = None
        line.warn(say("名册里已标为搬离，按表格重新列入。"))
    return changes | _move(line, known)


def _move(line: Line, known: Known) -> dict[str, Any]:
    """Whether she lives behind another door now, or her door lies in another grid."""
    now, home = line.resident.household, known.home_of(line)
    if not line.door and now and now.address_known:
        if line.address:
            line.warnings = [say("表格里的住址认不出门牌，名册里原来的住址没有改。")]
        home = now
    elif (line.door or line.address) and (home is None or home is not now):
        return {"home": True}
    grid, home = line.named_grid, home or now
    return {"grid": True} if grid and home and home.grid_id != grid.id else {}


def _warn_of_no_grid(line: Line, known: Known) -> None:
    home = known.home_of(line) or (line.resident.household if line.resident else None)
    if line.grid is None and (home is None or home.grid_id is None):
        line.warn(say("分不出网格，先列在“未分网格”。"))


def _people(community: Area, *conditions: Any) -> list[Resident]:
    rows = select(Resident).outerjoin(Household, Household.id == Resident.household_id)
    rows = rows.where(Resident.community_id == community.id, *conditions)
    return list(session.scalars(rows.options(joinedload(Resident.household))))


def _elder_cases(residents: Iterable[Resident]) -> dict[int, Case]:
    ids = {resident.id for resident in residents}
    rows = select(Case).where(Case.kind == "elder", Case.closed_at.is_(None))
    found = session.scalars(rows.where(Case.resident_id.in_(ids)))
    return {case.resident_id: case for case in found}


def _index(value: str, field: str) -> str:
    return keyring().index(value, f"residents.{field}")
