"""Who a row is about: by ID number, then phone and name, then name and door.

How sure that is stands with every match. Two that contradict each other wait for a
person who sees both sides; nobody is guessed, and a name alone is never enough.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.domain.places import Area
from app.domain.residents import Resident
from app.exchange.values.names import like_name, same_name
from app.lib.crypto import keyring
from app.lib.db import session
from app.lib.script import simplified
from app.lib.words import N_, Say, say

# How somebody was found, and how sure that is (0 to 1).
HOWS = {
    "id": (N_("身份证号相同"), 1.0),
    "phone": (N_("电话和姓名相同"), 0.95),
    "door": (N_("同一户同名"), 0.9),
    "only_phone": (N_("电话相同，名单没有写姓名"), 0.8),
    "person": (N_("由人认定"), 1.0),
    "new": (N_("名册里没有"), 0.9),
}
OTHER_NAME = N_("身份证号相同，姓名却不同。")
OTHER_NUMBER = N_("姓名和电话或住址相同，身份证号却不同。")
SEVERAL = N_("有几位都对得上，分不清是哪一位。")
OTHER_CALLER = N_("电话相同，姓名却不同。")
ALIKE = N_("姓名只差一点，可能是同一个人。")
NAMESAKE = N_("名册里有同名的人，名单没有写清是不是。")
MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a row means. With a `doubt` it is one of the candidates, or none of them."""

    resident: Resident | None = None
    how: str = "new"
    doubt: Say | None = None
    candidates: tuple[Resident, ...] = ()


class Roll:
    """The residents whom some rows, living at `homes` as far as known, may mean."""

    def __init__(
        self, told: Sequence[Mapping[str, Any]], homes: Sequence[int | None], community: Area
    ):
        self.community = community
        numbers = {_index(one["id_number"], "id_number") for one in told if one.get("id_number")}
        phones = {_index(phone, "phone") for one in told for phone in phones_of(one)}
        nowhere = [one for one, home in zip(told, homes, strict=True) if home is None]
        names = {way for one in nowhere if one.get("name") for way in _ways(one["name"])}
        self.by_number: dict[str, Resident] = {}
        self.by_phone: dict[str, list[Resident]] = defaultdict(list)
        self.by_home: dict[int, list[Resident]] = defaultdict(list)
        self.by_name: dict[str, list[Resident]] = defaultdict(list)
        self._look_up(
            (Resident.id_number_index, numbers),
            (Resident.phone_index, phones),
            (Resident.household_id, set(homes) - {None}),
            (Resident.name, names),
        )

    def note(self, resident: Resident) -> None:
        """Somebody who is on the roll, or was put on it just now."""
        if resident.id_number_index:
            self.by_number[resident.id_number_index] = resident
        for key, book in (
            (resident.phone_index, self.by_phone),
            (resident.household_id, self.by_home),
            (simplified(resident.name), self.by_name),
        ):
            if key and resident not in book[key]:
                book[key].append(resident)

    def leave_out(self, taken: Set[int]) -> None:
        """Whom another row of the same roll means: this one can mean her by her number only."""
        for book in (self.by_phone, self.by_home, self.by_name):
            for key, several in book.items():
                book[key] = [one for one in several if one.id not in taken]

    def _look_up(self, *wanted: tuple[Any, Set[Any]]) -> None:
        """Everybody who has one of the wanted values in one of the columns."""
        ids: set[int] = set()
        for column, values in wanted:
            alike = select(Resident.id).where(Resident.community_id == self.community.id)
            ids |= set(session.scalars(alike.where(column.in_(values)))) if values else set()
        rows = select(Resident).where(Resident.id.in_(ids)).order_by(Resident.id)
        for resident in session.scalars(rows):
            self.note(resident)


def find(
    told: Mapping[str, Any], home: int | None, roll: Roll, *, says_where: bool = False
) -> Found:
    """Whom `told` means, living at `home` as far as that is known.

    With `says_where` the row itself says where she lives, known or not (a community's own
    roll): then a phone that she shares, or a namesake elsewhere, is no doubt.
    """
    ways = (_by_number, _by_phone, _by_door, _by_likeness)
    if not says_where:
        ways = (*ways[:3], _by_phone_alone, _by_likeness, _by_name)
    for way in ways:
        if found := way(told, home, roll):
            return found
    return Found()


def phones_of(told: Mapping[str, Any]) -> list[str]:
    return told.get("phones") or ([told["phone"]] if told.get("phone") else [])


def _by_number(told: Mapping[str, Any], _home: int | None, roll: Roll) -> Found | None:
    number = told.get("id_number")
    resident = roll.by_number.get(_index(number, "id_number")) if number else None
    if resident is None:
        return None
    if told.get("name") and not same_name(told["name"], resident.name):
        return _doubt(OTHER_NAME, [resident])
    return Found(resident, "id")


def _by_phone(told: Mapping[str, Any], _home: int | None, roll: Roll) -> Found | None:
    return _named(told, _callers(told, roll), "phone") if told.get("name") else None


def _by_door(told: Mapping[str, Any], home: int | None, roll: Roll) -> Found | None:
    if home is None or not told.get("name"):
        return None
    here = [one for one in roll.by_home.get(home, []) if one.left_on is None]
    return _named(told, here, "door")


def _named(told: Mapping[str, Any], near: Iterable[Resident], how: str) -> Found | None:
    """The one of the same name whose number does not say otherwise."""
    same = [one for one in near if same_name(told["name"], one.name)]
    if len(same) > 1:
        return _doubt(SEVERAL, same)
    if same and told.get("id_number") and same[0].id_number_index:
        return _doubt(OTHER_NUMBER, same)
    return Found(same[0], how) if same else None


def _by_phone_alone(told: Mapping[str, Any], home: int | None, roll: Roll) -> Found | None:
    """A number without a name: the one who has it; with another name: somebody has to look."""
    callers = _callers(told, roll)
    if not callers or (told.get("id_number") and told.get("name") and home):
        return None
    if not told.get("name") and not told.get("id_number"):
        return Found(callers[0], "only_phone") if len(callers) == 1 else _doubt(SEVERAL, callers)
    family = home is not None and all(one.household_id == home for one in callers)
    if family and not any(like_name(told.get("name", ""), one.name) for one in callers):
        return None  # one phone for the family, and somebody of it who is not on the roll
    return _doubt(OTHER_CALLER, callers)


def _by_likeness(told: Mapping[str, Any], home: int | None, roll: Roll) -> Found | None:
    name = told.get("name")
    if not name:
        return None
    near = [*_callers(told, roll), *(roll.by_home.get(home, []) if home else [])]
    alike = [one for one in near if like_name(name, one.name) and _may_be(told, one)]
    return _doubt(ALIKE, alike) if alike else None


def _by_name(told: Mapping[str, Any], home: int | None, roll: Roll) -> Found | None:
    """A namesake elsewhere is somebody else, unless nothing says where the row's person lives."""
    if home is not None or not told.get("name"):
        return None
    names = roll.by_name.get(simplified(told["name"]), [])
    may_be = [one for one in names if _may_be(told, one)]
    return _doubt(NAMESAKE, may_be) if may_be else None


def _may_be(told: Mapping[str, Any], resident: Resident) -> bool:
    """Whether no number says that these are two people."""
    return not (told.get("id_number") and resident.id_number_index)


def _callers(told: Mapping[str, Any], roll: Roll) -> list[Resident]:
    near = (roll.by_phone.get(_index(phone, "phone"), []) for phone in phones_of(told))
    return list(dict.fromkeys(one for several in near for one in several))


def _doubt(words: str, candidates: Sequence[Resident]) -> Found:
    return Found(None, "", say(words), tuple(candidates[:MOST_CANDIDATES]))


def _ways(name: str) -> set[str]:
    return {name, simplified(name)}


def _index(value: str, field: str) -> str:
    return keyring().index(value, f"residents.{field}")
