"""What the cells of a column look like, whatever stands above them.

Only what is hard to mistake counts: ID numbers, phones, people's names, doors,
results of tests. A share is of the cells that hold anything.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.exchange.values.moments import read_moment
from app.exchange.values.names import looks_like_a_name
from app.exchange.values.text import HAN, text
from app.lib import clock
from app.lib.rooms import read_room

SAMPLED = 80
ID_NUMBER = re.compile(r"'?\d{17}[\dXx×]|\d\.\d+E\+1[5-7]")
PHONE = re.compile(r"(\+?86)?1[3-9]\d{9}(\.0)?")
ANY_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
RESULT = re.compile(r"[(（]?[阴阳]性?[)）]?|未检出|未出结果|检出|[+-]|待(出)?结果")
CREDIT = re.compile(r"9[0-9A-HJ-NP-RT-UW-Y]{17}")


def shares(cells: Iterable[Any]) -> Mapping[str, float]:
    """How much of the first cells looks like each of the fields that have a look."""
    told = [one for one in (_plain(cell) for cell in cells) if one][:SAMPLED]
    if not told:
        return {}
    return {field: sum(map(looks_so, told)) / len(told) for field, looks_so in LOOKS.items()}


def _plain(cell: Any) -> str:
    return text(cell)[:200]


def _squeezed(told: str) -> str:
    return re.sub(r"[\s\-‐–—]", "", told)


def _is_phone(told: str) -> bool:
    pieces = [piece for piece in re.split(r"[/、,，;；\s]+", told) if piece]
    return any(PHONE.fullmatch(_squeezed(piece)) for piece in [told, *pieces])


def _is_mixed(told: str) -> bool:
    """Two of name, phone and door in one cell, with more around the phone than a remark."""
    phone = ANY_PHONE.search(told)
    around = ANY_PHONE.sub("", told)
    return bool(phone) and len(re.findall(rf"[{HAN}]", around)) > 1 and len(around) > 3


LOOKS: Mapping[str, Callable[[str], bool]] = {
    "id_number": lambda told: bool(ID_NUMBER.fullmatch(_squeezed(told))),
    "phone": _is_phone,
    "credit": lambda told: bool(CREDIT.fullmatch(told.upper())),
    "name": looks_like_a_name,
    "sex": lambda told: told in ("男", "女", "男性", "女性"),
    "room": lambda told: bool(re.fullmatch(r"\d{3,4}[A-Z]?", told)),
    "result": lambda told: bool(RESULT.fullmatch(told)),
    "mixed": _is_mixed,
    "address": lambda told: len(told) > 3 and read_room(told) is not None,
    "moment": lambda told: read_moment(told, near=clock.today()) is not None,
}
