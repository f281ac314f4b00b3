"""Reading a table that is a web page, or the XML of Excel 2003, under the name of a workbook.

Systems export so. Of its tags only those of tables are looked at, from the first to the
last and each once: nothing is run, fetched or styled, and no writing makes it slow.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Any

from app.exchange.comma_file import decoded
from app.exchange.merged import Merged, spread_downwards
from app.exchange.sheet import MOST_COLUMNS, MOST_ROWS, Sheet, filled, unusable
from app.exchange.unpacking import MOST_PLACES, TOO_LONG
from app.lib.words import N_, say

FROM_A_PAGE = N_("这其实是网页，只是名字叫表格；按里面的表格读了。")
# Nothing is tried twice: what a file of 8 MB is made of must not keep us busy.
TAG = re.compile(r"<(/?)([A-Za-z][\w:]*+)([^<>]*+)>")
ATTRIBUTE = re.compile(r"(?<![\w:])([\w:]++)\s*+=\s*+[\"']?([^\"'\s]*+)")
UNSEEN = ("script", "style", "head", "title")
ROWS = ("tr", "row", "table")
CELLS, BREAKS = ("td", "th", "cell"), ("br", "p", "div", "li")
TABLES = (*ROWS, *CELLS, "worksheet")
MOST_LINES = 2 * MOST_ROWS  # empty ones counted, too


@dataclass
class Reading:
    """The sheet in hand: its rows, and the cells that reach over others."""

    title: str = ""
    rows: list[tuple[int, tuple[Any, ...]]] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    number: int = 0
    covered: dict[int, int] = field(default_factory=dict)  # column → last row it is covered in
    cells: dict[int, str] | None = None  # of the open row
    column: int = 0
    is_open: bool = False  # whether a cell is


def read_page(content: bytes) -> list[Sheet]:
    """The tables of a page one below the other, or the sheets of the XML; none where none are."""
    sheets = [Reading()]
    for tag, ends, said, told in _tags(_without_comments(decoded(content))):
        if tag == "worksheet" and not ends:
            sheets.append(Reading(html.unescape(said.get("name", ""))))
        else:
            _take(sheets[-1], tag, ends, said)
        _write(sheets[-1], told)
    return [_sheet(one) for one in sheets if one.rows]


def _tags(text: str) -> Iterator[tuple[str, bool, dict[str, str], str]]:
    """Tag by tag: its name, whether it ends something, what it says, and the text behind it."""
    unseen = ""
    for tag, behind in pairwise(chain(TAG.finditer(text), [None])):
        name, ends = tag[2].lower().rpartition(":")[2], bool(tag[1])
        if name in UNSEEN:
            unseen = "" if ends else name
        told = "" if unseen else text[tag.end() : behind.start() if behind else None]
        said = {}
        if name in TABLES and len(tag[3]) > 1:
            pairs = ATTRIBUTE.findall(tag[3])
            said = {key.lower().rpartition(":")[2]: value for key, value in pairs}
        if tag[3].endswith("/"):
            yield name, ends, said, ""
            name, ends, said = name, True, {}
        yield name, ends, said, told


def _without_comments(text: str) -> str:
    kept, at = [], 0
    while (begin := text.find("<!--", at)) >= 0:
        kept.append(text[at:begin])
        end = text.find("-->", begin)
        at = end + 3 if end >= 0 else len(text)
    return "".join([*kept, text[at:]])


def _take(sheet: Reading, tag: str, ends: bool, said: dict[str, str]) -> None:
    if tag in ROWS:
        _close_row(sheet)
        if tag != "table" and not ends:
            _open_row(sheet, said)
    elif tag in CELLS and ends:
        sheet.is_open = False
    elif tag in CELLS:
        _open_cell(sheet, said)
    elif tag in BREAKS and not ends:
        _write(sheet, "\n")


def _open_row(sheet: Reading, said: dict[str, str]) -> None:
    sheet.number = max(sheet.number + 1, _whole(said.get("index")))
    if sheet.number > MOST_LINES:
        raise unusable(say(TOO_LONG))
    sheet.cells, sheet.column = {}, -1


def _open_cell(sheet: Reading, said: dict[str, str]) -> None:
    """Where the next cell stands, past those that reach down from above, and how far it goes."""
    if sheet.cells is None:
        return
    column = max(sheet.column + 1, min(_whole(said.get("index")) - 1, MOST_COLUMNS))
    while sheet.covered.get(column, 0) >= sheet.number:
        column += 1
    wide = max(_whole(said.get("colspan")), _whole(said.get("mergeacross")) + 1)
    deep = max(_whole(said.get("rowspan")), _whole(said.get("mergedown")) + 1)
    right, bottom = min(column + wide - 1, MOST_COLUMNS), sheet.number + min(deep, MOST_ROWS) - 1
    if column > MOST_COLUMNS:
        right = column = MOST_COLUMNS
    if bottom > sheet.number:
        sheet.covered |= dict.fromkeys(range(column, right + 1), bottom)
    if right > column or bottom > sheet.number:
        sheet.merged.append((sheet.number - 1, column, bottom - 1, right))
    sheet.cells[column], sheet.column, sheet.is_open = "", right, True


def _write(sheet: Reading, told: str) -> None:
    if sheet.is_open and sheet.cells:
        sheet.cells[next(reversed(sheet.cells))] += told


def _close_row(sheet: Reading) -> None:
    if sheet.cells:
        told = {column: html.unescape(cell).strip() or None for column, cell in sheet.cells.items()}
        cells = tuple(told.get(column) for column in range(max(told) + 1))
        sheet.rows.append((sheet.number, cells))
    sheet.cells, sheet.is_open = None, False


def _sheet(one: Reading) -> Sheet:
    if len(one.rows) * max(len(cells) for _number, cells in one.rows) > MOST_PLACES:
        raise unusable(say(TOO_LONG))
    groups = tuple((top + 1, left, right) for top, left, _bottom, right in one.merged
                   if right > left)  # fmt: skip
    rows = tuple(spread_downwards(filled(one.rows), one.merged))
    return Sheet(one.title, rows, groups, (say(FROM_A_PAGE),))


def _whole(told: str | None) -> int:
    return int(told) if told and told.isascii() and told.isdecimal() and len(told) < 9 else 0
