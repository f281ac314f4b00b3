"""What a row of a roll says anew about somebody who is on it, with what is to be told of that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.places import Household
from app.domain.residents import Resident
from app.exchange.values.text import one_name
from app.lib.crypto import keyring
from app.lib.words import N_, Say, say

PLAIN = ("sex", "relation", "category")
UNKNOWN_SEX = "0"
OTHER_NAME = N_("姓名与名册里的%(name)s不同，按表格改了。")
OTHER_NUMBER = N_("身份证号与名册里的不同，没有改；要改请在居民页里更正。")
CAME_BACK = N_("名册里已标为搬离，按表格重新列入。")
KEPT_HOME = N_("表格里的住址认不出门牌，名册里原来的住址没有改。")


@dataclass(frozen=True, slots=True)
class Home:
    """The household behind the door that a row names, None for one that is not there yet;
    and of each household the grid that the rows above have put it into."""

    named: Household | None
    grids: Mapping[int, int]

    def grid_of(self, home: Household) -> int | None:
        return self.grids.get(home.id, home.grid_id)


def changes_of(
    told: Mapping[str, Any], resident: Resident, home: Home
) -> tuple[dict[str, Any], list[Say]]:
    """The columns to write, under ``home`` that she moves, under ``grid`` that her door does."""
    remarks: list[Say] = []
    changes = {
        name: told[name]
        for name in PLAIN
        if told.get(name) and told[name] != UNKNOWN_SEX and told[name] != getattr(resident, name)
    }
    born = date.fromisoformat(told["born"]) if told.get("born") else None
    if born and born != resident.born:
        changes["born"] = born
    changes |= _who(told, resident, remarks)
    note = told.get("note", "")
    if note and note not in (resident.note or ""):
        changes["note"] = "\n".join(filter(None, (resident.note, note)))
    if resident.left_on:
        changes["left_on"] = None
        remarks.append(say(CAME_BACK))
    return changes | _move(told, resident, home, remarks), remarks


def _who(told: Mapping[str, Any], resident: Resident, remarks: list[Say]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if one_name(resident.name) != told["name"]:
        found["name"] = told["name"]
        remarks.append(say(OTHER_NAME, name=resident.masked_name))
    phone, number = told.get("phone"), told.get("id_number")
    if phone and _index(phone, "phone") != resident.phone_index:
        found["phone"] = phone
    if number and resident.id_number_index is None:
        found["id_number"] = number
    elif number and _index(number, "id_number") != resident.id_number_index:
        remarks.append(say(OTHER_NUMBER))
    return found


def _move(
    told: Mapping[str, Any], resident: Resident, home: Home, remarks: list[Say]
) -> dict[str, Any]:
    """Whether she lives behind another door now, or her door lies in another grid."""
    now, door, address = resident.household, told.get("door"), told.get("address")
    if not door and now and now.address_known:
        if address:
            remarks.append(say(KEPT_HOME))
    elif (door or address) and (home.named is None or home.named is not now):
        return {"home": None}
    grid = told.get("named_grid")
    return {"grid": grid} if grid and now and home.grid_of(now) != grid else {}


def _index(value: str, field: str) -> str:
    return keyring().index(value, f"residents.{field}")
