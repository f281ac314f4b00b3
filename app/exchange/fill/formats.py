"""How a form wants a value written: as its example shows it, its number format, or its heading.

A format is a short key kept with the template; the words beside it are what the
director chooses from.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from openpyxl.styles.numbers import is_date_format

from app.exchange.fill.known import HIDDEN
from app.lib.words import N_

CELL = "cell"
DAYS = {
    "iso": "2022-10-06",
    "slash": "2022/10/6",
    "dots": "2022.10.6",
    "year": N_("2022年10月6日"),
    "month_day": N_("10月6日"),
    "short": "10.6",
    "compact": "20221006",
    CELL: N_("日期格式的单元格"),
}
MOMENTS = DAYS | {"iso_time": "2022-10-06 09:30", "month_day_time": N_("10月6日9:30")}
YES = {
    "words": N_("是/否"),
    "tick": N_("√/空白"),
    "have": N_("有/无"),
    "letters": "Y/N",
    "digits": "1/0",
}
FORMATS: Mapping[str, Mapping[str, str]] = {
    "text": {"plain": N_("照原样")},
    "number": {"plain": N_("文本")},
    "count": {"plain": N_("数字")},
    "phone": {"plain": "13800000000", "spaced": "138 0000 0000", "dashed": "138-0000-0000"},
    "day": DAYS,
    "moment": MOMENTS,
    "yes": YES,
    "mark": {"tick": YES["tick"]} | YES,
    "sex": {"words": N_("男/女"), "digits": "1/2"},
    "address": {
        "plain": N_("小区 2号楼 1单元 101"),
        "dashes": "2-1-101",
        "close": N_("小区2号楼1单元101"),
    },
    "part": {"plain": N_("2号楼、1单元"), "digits": N_("2、1")},
}
_YES_TELLS = (
    ("tick", r"[√✓✔]|(打|划|画)?[“\"]?[√✓✔][”\"]?"),
    ("have", r"[有无]|有[/或、]无"),
    ("letters", r"[YN]|Y/N"),
    ("digits", r"[01]|1/0|0/1"),
    ("words", r"[是否]|是[/或、]否"),
)
_TELLS: Mapping[str, Iterable[tuple[str, str]]] = {
    "phone": (("spaced", r"1\d\d \d{4} \d{4}"), ("dashed", r"1\d\d-\d{4}-\d{4}")),
    "day": (
        ("iso_time", r"\d{4}-\d\d?-\d\d? \d\d?:\d\d.*"),
        ("iso", r"\d{4}-\d\d?-\d\d?"),
        ("slash", r"\d{4}/\d\d?/\d\d?"),
        ("dots", r"\d{4}\.\d\d?\.\d\d?"),
        ("compact", r"20\d{6}|19\d{6}"),
        ("month_day_time", r"\d\d?月\d\d?日 ?\d\d?[:时].*"),
        ("year", r"\d{4}年\d\d?月\d\d?日"),
        ("month_day", r"\d\d?月\d\d?日"),
        ("short", r"\d\d?\.\d\d?"),
    ),
    "yes": _YES_TELLS,
    "mark": _YES_TELLS,
    "sex": (("digits", r"[12]|1\W*男\W*2\W*女|男\W*1\W*女\W*2"),),
    "address": (("dashes", r"\S*?\d+-\d+-\d+"), ("close", r"\S+\d+号?楼\d+单元\S+")),
    "part": (("digits", r"\d+"),),
}
_IN_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")


def learn(kind: str, *, example: Any, hints: Iterable[str], number_format: str) -> str:
    """The key of the format that a column shows; the usual one where it shows none."""
    if kind in ("day", "moment"):
        return _learn_day(kind, example, list(hints), number_format)
    shown = [str(example).strip()] if example is not None else []
    return _told(kind, [*shown, *_said(hints)]) or next(iter(FORMATS[kind]))


def _learn_day(kind: str, example: Any, hints: list[str], number_format: str) -> str:
    if isinstance(example, date):
        return CELL
    shown = [str(example).strip()] if example is not None else []
    told = _told("day", [*shown, *_said(hints)])
    if told:
        return told if told in FORMATS[kind] else told.removesuffix("_time")
    return CELL if is_date_format(number_format) else "iso"


def _told(kind: str, texts: list[str]) -> str | None:
    tells = _TELLS.get(kind, ())
    for text in texts:
        for key, pattern in tells:
            if re.fullmatch(pattern, text):
                return key
    return None


def _said(hints: Iterable[str]) -> list[str]:
    """What stands in brackets behind a name, or in a line of hints: 格式：10月6日, 如2022-10-06."""
    texts = [text for hint in hints for text in [*_IN_BRACKETS.findall(hint), hint]]
    return [re.sub(r"^(格式|例如?|如|示例|填写?)[:：为]?\s*", "", text.strip()) for text in texts]


def written(kind: str, key: str, value: Any) -> Any:
    """A value in a format: text, a number, or a date where the cell is to hold one."""
    if value == HIDDEN:
        return value
    write: Callable[[str, Any], Any] = _WRITE.get(kind, lambda _key, one: str(one))
    return write(key, value)


def shown(kind: str, key: str, value: Any) -> str:
    """The same for a sample on a page; nothing where nothing is known."""
    if value in (None, ""):
        return ""
    said = written(kind, key, value)
    return f"{said:%Y-%m-%d}" if isinstance(said, date) else str(said)


def _day(key: str, value: date) -> Any:
    if key == CELL:
        return value
    year, month, day = value.year, value.month, value.day
    at = f"{value:%H:%M}" if isinstance(value, datetime) else ""
    return {
        "iso": f"{year}-{month:02}-{day:02}",
        "iso_time": f"{year}-{month:02}-{day:02} {at}".strip(),
        "slash": f"{year}/{month}/{day}",
        "dots": f"{year}.{month}.{day}",
        "year": f"{year}年{month}月{day}日",
        "month_day": f"{month}月{day}日",
        "month_day_time": f"{month}月{day}日{at.removeprefix('0')}",
        "short": f"{month}.{day}",
        "compact": f"{year}{month:02}{day:02}",
    }[key]


def _phone(key: str, value: str) -> str:
    between = {"spaced": " ", "dashed": "-"}.get(key)
    if between is None or not re.fullmatch(r"1\d{10}", value):
        return value
    return between.join((value[:3], value[3:7], value[7:]))


def _yes(key: str, value: bool) -> str:
    pairs = {"tick": "√|", "have": "有|无", "letters": "Y|N", "digits": "1|0"}
    yes, no = pairs.get(key, "是|否").split("|")
    return yes if value else no


def _sex(key: str, value: str) -> str:
    return value if key == "digits" else {"1": "男", "2": "女"}.get(value, "")


def _address(key: str, value: tuple[str, str]) -> str:
    """`value` is the door as it is said, and its numbers (empty where they are not known)."""
    said, numbers = value
    if key == "dashes" and numbers:
        return numbers
    return said.replace(" ", "") if key == "close" else said


def _part(key: str, value: str) -> str:
    found = re.fullmatch(r"(\w+?)(号楼|号|栋|幢|座|单元|门)", value)
    return found.group(1) if key == "digits" and found else value


_WRITE: Mapping[str, Callable[[str, Any], Any]] = {
    "count": lambda _key, value: value,
    "day": _day,
    "moment": _day,
    "phone": _phone,
    "yes": _yes,
    "mark": _yes,
    "sex": _sex,
    "address": _address,
    "part": _part,
}
