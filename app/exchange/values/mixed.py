"""One cell that holds name, phone, ID number and address together, taken apart.

Only what is certain is taken: a number that can be one, a name with a usual surname
that stands by itself or at an end, a door that can be read. What is left is not lost:
it stays with the row as it was received.
"""

import re
import unicodedata

from app.exchange.values.names import looks_like_a_name
from app.exchange.values.text import HAN
from app.lib.rooms import read_room

ID_NUMBER = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])")
PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)")
LABELS = re.compile(
    r"(姓名|电话|手机号?码?|联系(电话|方式)|身份证号?码?|现?住址|地址|居住地)\s*[:：]?"
)
PARTED = re.compile(r"[,，;；、|\n\t:：。]+|\s{2,}|(?<=\D)\s+(?=\D)|\s+")
# 1、 or (2) before a line of a chat.
COUNTED = re.compile(r"^\s*[(]?\d{1,3}[)、.](?!\d)\s*")
# A name that follows a door without anything between: 2号楼1单元502王建国.
AFTER_DOOR = re.compile(rf"(.*(?:\d|室|户|号|房))\s*([{HAN}]{{2,4}})")
BEFORE_DOOR = re.compile(rf"([{HAN}]{{2,3}})\s*(\d+[-#号栋楼].*)")


def take_apart(cell: str) -> dict[str, str]:
    """``name``, ``phone``, ``id_number`` and ``address``, as far as they are certain."""
    rest = COUNTED.sub("", unicodedata.normalize("NFKC", cell))
    found: dict[str, str] = {}
    for field, pattern in (("id_number", ID_NUMBER), ("phone", PHONE)):
        numbers = [one.group(0) for one in pattern.finditer(rest)]
        if numbers:
            found[field] = "/".join(numbers) if field == "phone" else numbers[0]
            rest = pattern.sub("，", rest)
    rest = re.sub(r"[(（]\s*，?\s*[)）]", "，", LABELS.sub("，", rest))
    pieces = [piece.strip(" -/()（）") for piece in PARTED.split(rest)]
    return found | _words([piece for piece in pieces if piece])


def _words(pieces: list[str]) -> dict[str, str]:
    """The name and the address among what is left."""
    names = [piece for piece in pieces if looks_like_a_name(piece)]
    if len(names) == 1:
        others = [piece for piece in pieces if piece != names[0]]
        return {"name": names[0]} | _address(others)
    for at, piece in enumerate(pieces):
        for pattern, name_at in ((AFTER_DOOR, 2), (BEFORE_DOOR, 1)):
            parted = pattern.fullmatch(piece)
            if parted and looks_like_a_name(parted[name_at]):
                door = parted[3 - name_at]
                found = _address([*pieces[:at], door, *pieces[at + 1 :]])
                if found:
                    return {"name": parted[name_at]} | found
    return _address(pieces)


def _address(pieces: list[str]) -> dict[str, str]:
    """The door, alone or with the compound that stands before it."""
    for whole in ("".join(pieces), *pieces):
        if whole and read_room(whole):
            return {"address": whole}
    return {}
