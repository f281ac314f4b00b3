"""Reading .xlsx workbooks without being hurt by them, and writing cells that are only text.

What a workbook holds is looked over before it is unpacked (unpacking); calamine
then gives the values that are shown, calculates nothing and follows no link. Cells
are written as text with a quote prefix, so that a name that begins with = is a
name and not a formula.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from app.exchange.merged import spread_downwards
from app.exchange.sheet import Sheet, filled, unusable
from app.exchange.unpacking import BROKEN, look_over
from app.lib.words import Say, say

if not openpyxl.DEFUSEDXML:
    raise RuntimeError("openpyxl must read through defusedxml (requirements.txt)")

LONGEST_CELL = 32_767
# What readers are known to raise for workbooks that were cut, forged or written by something odd.
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    CalamineError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    SyntaxError,  # xml.etree's ParseError is one
    TypeError,
    ValueError,  # the refusals of defusedxml are some
)


def read_workbook(content: bytes) -> list[Sheet]:
    """The sheets that are not hidden; Refused for what is no workbook, broken or too large."""
    remarks = look_over(content)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        tables = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        shown = [one.name for one in tables if one.visible == SheetVisibleEnum.Visible]
        hidden = [one.name for one in tables if one.name not in shown]
        if hidden:
            remarks.append(say("隐藏的工作表没有读：%(names)s。", names="、".join(hidden)))
        return [_read(book.get_sheet_by_name(name), remarks) for name in shown]
    except UNREADABLE as broken:
        raise unusable(say(BROKEN)) from broken
    except BaseException as panic:  # a fault inside the reader arrives as one of these
        if type(panic).__name__ != "PanicException":
            raise
        raise unusable(say(BROKEN)) from panic


def write_cells(sheet: Worksheet, row: int, texts: Iterable[Any]) -> None:
    """Write one row, every cell as text; None leaves a cell empty."""
    for column, text in enumerate(texts, start=1):
        if text is not None:
            cell = sheet.cell(row, column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(text))[:LONGEST_CELL]
            cell.data_type, cell.quotePrefix = "s", True


def _read(sheet: CalamineSheet, remarks: list[Say]) -> Sheet:
    merged = [(*begin, *end) for begin, end in sheet.merged_cell_ranges or ()]
    groups = tuple((top + 1, left, right) for top, left, _bottom, right in merged if right > left)
    rows = spread_downwards(filled(_rows(sheet)), merged)
    return Sheet(sheet.name, tuple(rows), groups, tuple(remarks))


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows with their numbers; what is empty is None."""
    if sheet.start is None:
        return
    before = (None,) * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, before + tuple(None if cell == "" else cell for cell in cells)
