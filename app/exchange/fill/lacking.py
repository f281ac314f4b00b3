"""What a form lacks of each person that somebody can ask at the door, in the words of the task."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.residents import Resident
from app.exchange.fill.told import Told
from app.lib.words import N_

_DOOR = N_("楼号、单元、门牌")
_NUMBER = N_("身份证号")
# Fields of a form that a worker can fill in (app/intake/supplement.py), as they are asked for.
ASKED_AS = {
    "phone": N_("电话"),
    "id_number": _NUMBER,
    "sex": _NUMBER,
    "born": _NUMBER,
    "age": _NUMBER,
    "address": _DOOR,
    "compound": _DOOR,
    "building": _DOOR,
    "unit": _DOOR,
    "room": _DOOR,
    "relation": N_("与户主关系"),
    "category": N_("人员类别"),
}


@dataclass(frozen=True, slots=True)
class Lack:
    """One person with what is lacking of her."""

    person: Resident
    asked: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"请补：{'、'.join(self.asked)}"


def lacking(told: Told) -> list[Lack]:
    """Everybody of whom something is lacking that can be asked; each person once."""
    found: dict[int, tuple[Resident, list[str]]] = {}
    for gap in told.missing:
        words = ASKED_AS.get(gap.column.field)
        for person in filter(None, map(told.person, gap.rows if words else ())):
            asked = found.setdefault(person.id, (person, []))[1]
            if words not in asked:
                asked.append(words)
    return [Lack(person, tuple(asked)) for person, asked in _in_order(found.values())]


def _in_order(found: Iterable[tuple[Resident, list[str]]]) -> list[tuple[Resident, list[str]]]:
    return sorted(found, key=lambda one: (one[0].grid_id or 0, one[0].household_id or 0))
