"""The lists to choose from that a form has in its cells: what is written is one of their words."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

# A longer list is no choice that a person reads.
MOST = 200
# What means the same in lists of other offices.
ALIKE = (
    {"客车", "汽车", "大巴", "长途客车", "长途汽车", "班车"},
    {"自驾", "私家车", "自驾车", "自驾私家车"},
    {"火车", "高铁", "动车", "铁路"},
    {"飞机", "航班", "航空", "民航"},
    {"一切平安", "良好", "健康", "正常", "无异常", "平安", "身体健康", "好"},
)
YES = re.compile(r"是|[√✓✔]|有|Y(ES)?|1|已.+|在.*|需要?|符合|属于")
NO = re.compile(r"否|[×✕╳]|无|NO?|0|[未没不非].*")
PLAIN_NO = ("否", "×", "无", "N", "0")
_NUMBERED = re.compile(r"^\d{1,2}\s*[-.．、:：)）—]?\s*(?=\D)")
_DIGITS = "一二三四五六七八九"
_COUNTED = re.compile(rf"[{_DIGITS}](?=[天日检次])")
_NOT = re.compile(r"[未无不非没]$")


def choices_at(sheet: Worksheet, row: int) -> dict[int, tuple[str, ...]]:
    """By column, what may stand in a row."""
    found: dict[int, tuple[str, ...]] = {}
    for rule in sheet.data_validations.dataValidation:
        offered = _offered(rule, sheet) if rule.type == "list" else ()
        for cells in rule.sqref.ranges if offered else ():
            if cells.min_row <= row <= cells.max_row:
                columns = range(cells.min_col, min(cells.max_col, cells.min_col + MOST) + 1)
                found |= dict.fromkeys(columns, offered)
    return found


def fitting(value: Any, said: str, offered: Sequence[str]) -> str | None:
    """The one word of a list that means it; None where none does, or it is not clear which."""
    if not said and value is not False or said in offered:
        return said
    if isinstance(value, bool):
        return _yes(offered) if value else _no(offered)
    plain = {_plain(one): one for one in offered}
    found = _meant(_with_digits(said), list(plain))
    return plain[found] if found is not None else None


def _yes(offered: Sequence[str]) -> str | None:
    """已核 of 已核 and 未核, √ where nothing else is offered, 独居 of 独居 and 非独居."""
    able = [one for one in offered if not NO.fullmatch(_plain(one).upper())]
    clear = [one for one in able if YES.fullmatch(_plain(one).upper())]
    return _only(clear) or (_only(able) if len(offered) == 2 else None)


def _no(offered: Sequence[str]) -> str | None:
    """Nothing at all where only √ is offered."""
    denied = [one for one in offered if NO.fullmatch(_plain(one).upper())]
    plain = [one for one in denied if _plain(one).upper() in PLAIN_NO]
    return _only(plain) or _only(denied) or ("" if len(offered) == 1 else None)


def _meant(said: str, offered: Sequence[str]) -> str | None:
    """The same, one that means the same, or the longest that stands in it or around it."""
    if said in offered:
        return said
    same = next((words for words in ALIKE if said in words), set())
    if found := _only([one for one in offered if one in same]):
        return found
    alike = [one for one in offered if _holds(said, one) or _holds(one, said)]
    longest = max(alike, key=len, default="")
    return longest if alike and all(one in longest for one in alike) else None


def _holds(whole: str, part: str) -> bool:
    """Whether one says the other, too: 7天居家隔离 says 居家隔离, 不在本地 does not say 在本地."""
    if len(part) == 1:
        return bool(part) and whole.startswith(part) and len(whole) <= len(part) + 1
    begins = whole.find(part)
    return begins >= 0 and not _NOT.search(whole[:begins])


def _plain(word: str) -> str:
    """Without the number of a code list, and with numbers as digits: 2-三天三检 → 3天3检."""
    return _with_digits(_NUMBERED.sub("", word)) if not word.isdigit() else word


def _with_digits(words: str) -> str:
    return _COUNTED.sub(lambda one: str(_DIGITS.index(one.group()) + 1), words)


def _only(words: Sequence[str]) -> str | None:
    return words[0] if len(words) == 1 else None


def _offered(rule: DataValidation, sheet: Worksheet) -> tuple[str, ...]:
    formula = (rule.formula1 or "").strip()
    if formula.startswith('"'):
        words = (word.strip() for word in formula.strip('"').split(","))
    else:
        words = _in_cells(formula.removeprefix("="), sheet)
    return tuple(word for word in words if word)[:MOST]


def _in_cells(formula: str, sheet: Worksheet) -> Iterator[str]:
    """What stands in a range such as 选项!$A$1:$A$5; nothing for what is not one."""
    title, _, cells = formula.rpartition("!")
    book: Workbook = sheet.parent
    name = title.strip("'")
    try:
        left, top, right, bottom = range_boundaries(cells.replace("$", ""))
        there = book[name] if name else sheet
    except (ValueError, TypeError, KeyError):
        return
    for (row, column), cell in sorted(there._cells.items()):
        if top <= row <= bottom and left <= column <= right and cell.value is not None:
            yield str(cell.value).strip()
