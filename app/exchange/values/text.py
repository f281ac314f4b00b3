"""Single values as sheets write them, in the form that the page's fields take."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from app.exchange.sheet import UNSEEN
from app.lib.phones import BadPhone, read_phone

NOTHING = re.compile(
    r"(无|没有|暂无|不详|未知|未说明|空|未填|未办理?|无(电话|手机|身份证|证件)|[-—–/\\.。0]+|N/?A)?"
)
WIDTHLESS = str.maketrans("", "", UNSEEN[-2:])
HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
SEXES = {"男": "1", "男性": "1", "M": "1", "1": "1", "女": "2", "女性": "2", "F": "2", "2": "2"}
HEADS = ("户主", "本人", "户主本人", "本人户主")
# A number cell keeps 15 digits; what is longer is shown, and lost, as 1.40106E+17.
FIRST_LOST = 10**15
DAYS = (
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:\s*00:00(?::00)?)?",
    r"(\d{4})(\d\d)(\d\d)",
)
ONLY_MONTH = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*月?|\d{6}|\d{4}年?")


def text(cell: Any) -> str:
    """A cell as one line of text; nothing for a dash, 无 and the like."""
    plain = " ".join(_written(cell).translate(WIDTHLESS).split())
    return "" if NOTHING.fullmatch(plain.upper()) else plain


def one_name(name: str) -> str:
    """王　芳, padded so that the column looks even, is 王芳."""
    return re.sub(rf"(?<=[{HAN}])\s+(?=[{HAN}])", "", name)


def first_phone(cells: Iterable[str]) -> tuple[str, list[str]]:
    """The first number that can be one, and what else was written; else all of it as it stands."""
    pieces = [piece for cell in cells for piece in _pieces(cell)]
    good = next((piece for piece in pieces if _is_phone(piece)), None)
    if good is None:
        return "、".join(filter(None, cells)), []
    phone = _without_remark(good)
    return phone, [piece for piece in dict.fromkeys(pieces) if piece != phone]


def sex_code(written: str) -> str:
    """``男`` → ``1``; what is not known stays, and is refused by the field."""
    plain = unicodedata.normalize("NFKC", written).strip().upper()
    return SEXES.get(plain, plain and written)


def read_day(cell: Any) -> str:
    """A day as 1950-03-02; what cannot be read stays as it was written."""
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    plain = unicodedata.normalize("NFKC", text(cell))
    for pattern in DAYS:
        if found := re.fullmatch(pattern, plain):
            year, month, day = found.groups()
            return f"{year}-{int(month):02}-{int(day):02}"
    return plain


def is_only_month(written: str) -> bool:
    """Whether of a birth only the month or year is written."""
    return bool(ONLY_MONTH.fullmatch(written))


def is_head(relation: str) -> bool:
    return relation in HEADS


def _written(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, int | float) and abs(cell) >= FIRST_LOST:
        return f"{cell:.14E}"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _pieces(cell: str) -> list[str]:
    """The numbers of a cell, however they are parted; a number with spaces in it stays whole."""
    pieces = []
    for part in re.split(r"[/、,，;；|\\]|或|和", unicodedata.normalize("NFKC", cell)):
        words = part.split()
        whole = len(words) < 2 or _is_phone(part) or not all(map(_is_phone, words))
        pieces += [part.strip()] if whole else words
    return [piece for piece in pieces if piece]


def _is_phone(piece: str) -> bool:
    try:
        read_phone(_without_remark(piece))
    except BadPhone:
        return False
    return True


def _without_remark(piece: str) -> str:
    return re.sub(rf"\([^()]*\)|[{HAN}:]", "", piece)
