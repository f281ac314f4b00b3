"""Doors as sheets and people write them, folded into compound, building, unit, room.

Seen in real sheets: 3-1-501, 3#1-501, 3号楼1单元501, 十二号楼四零四, 友园12号楼404,
A座1203, 5楼东户, 平房8排3号. What cannot be read gives None, and a person looks at it.
"""

import re
import unicodedata
from dataclasses import dataclass

PARTS = ("building", "unit", "room")
DIGITS = dict(zip("零〇一二三四五六七八九", "00123456789", strict=True))

NUMBER = r"(?:[0-9]+|[零〇一二三四五六七八九十]+)"
NAME = rf"(?:[A-Z甲乙丙丁戊]?{NUMBER}|[A-Z甲乙丙丁戊])"
BUILDING = rf"(?<![0-9A-Z-])(?P<building>{NAME})"
IS_A_BUILDING = r"(?:号楼|#楼?|楼(?![东西南北中])|栋|幢|座)-?"
# 街28号 is the number of the yard in the street, not a building.
IS_A_NUMBER = rf"(?<![街路巷道0-9])(?P<building>{NAME})号(?={NUMBER}单元)"
UNIT = rf"(?P<unit>{NAME})(?:单元|门)-?"
SIDE = rf"{NUMBER}[楼层][东西南北中]+[户门]"
ROOM = rf"(?P<room>{SIDE}|[东西南北中]+户|{NUMBER}[A-Z]?)(?:室|户|房|号)?"
DOORS = (
    rf"(?P<building>平房{NUMBER}排){ROOM}",
    rf"{BUILDING}{IS_A_BUILDING}(?:{UNIT})?{ROOM}",
    rf"{BUILDING}{IS_A_BUILDING}(?P<unit>{NAME})-{ROOM}",
    rf"{IS_A_NUMBER}{UNIT}{ROOM}",
    rf"{BUILDING}-(?P<unit>{NAME})-{ROOM}",
    rf"{BUILDING}-(?P<room>[0-9]{{3,4}}[A-Z]?)(?:室|户|房|号)?",
    rf"(?<![0-9楼元])(?P<room>{SIDE})",
)
DASHES, SPACE, REMARK = re.compile("[‐‑–—―－/]"), re.compile(r"\s"), re.compile(r"\([^()]*\)$")
NUMERALS = re.compile("[零〇一二三四五六七八九十]+")
LEADING_ZEROS = re.compile("(?<![0-9])0+(?=[0-9])")
PATTERNS = tuple(re.compile(rf"(?P<compound>.*?){door}") for door in DOORS)


@dataclass(frozen=True, slots=True)
class Room:
    """Where a door is; a part that was not written is an empty text."""

    compound: str
    building: str
    unit: str
    room: str


def read_room(text: str) -> Room | None:
    """The door that `text` names, or None."""
    plain = _fold(text)
    for pattern in PATTERNS:
        if door := pattern.fullmatch(plain):
            parts = door.groupdict(default="")
            return Room(parts["compound"], *(_plain(parts.get(part, "")) for part in PARTS))
    return None


def _fold(text: str) -> str:
    """Half-width capitals, one kind of dash, no spaces, no remark in brackets at the end."""
    plain = SPACE.sub("", unicodedata.normalize("NFKC", text).upper())
    return REMARK.sub("", DASHES.sub("-", plain))


def _plain(part: str) -> str:
    """Numerals as digits without leading zeros, and floors as 楼."""
    digits = NUMERALS.sub(lambda run: _as_digits(run.group()), part)
    return LEADING_ZEROS.sub("", digits).replace("层", "楼")


def _as_digits(words: str) -> str:
    """``十二`` → ``12``, ``二十`` → ``20``, ``四零四`` → ``404``."""
    if "十" not in words:
        return "".join(DIGITS[word] for word in words)
    tens, ones = words.split("十", 1)
    return (DIGITS[tens] if tens else "1") + (DIGITS[ones] if ones else "0")
