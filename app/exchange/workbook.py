"""Reading .xlsx workbooks without being hurt by them, and writing cells that are only text.

A workbook is a zip of XML files: its unpacked size is looked up before anything
is unpacked, and openpyxl reads through defusedxml, which refuses entities. Cells
are written as text with a quote prefix, so that a name that begins with = is a
name and not a formula.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.sheet import MOST_COLUMNS, Sheet, filled, unusable
from app.lib.words import N_, say

if not openpyxl.DEFUSEDXML:
    raise RuntimeError("openpyxl must read through defusedxml (requirements.txt)")

MOST_UNPACKED = 20 * 1024 * 1024
MOST_PARTS = 500
# Empty rows are counted, too: a row may claim any number, and all those above it are gone through.
MOST_LINES = 1_100_000
LONGEST_CELL = 32_767
TOO_LARGE = N_("这个工作簿解开后太大（超过 20 MB），请删去图片和不用的工作表，或分成几个文件。")
TOO_LONG = N_("这个工作簿的空白行太多，请删去数据下面的空白行再试。")
BROKEN = N_("这个文件打不开，可能已损坏。请在表格软件里打开后另存为 .xlsx 再试。")
# What openpyxl is known to raise for workbooks that were cut, forged or written by something odd.
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
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
    refuse_bombs(content)
    try:
        book = openpyxl.load_workbook(
            BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        read = count(1)
        return [Sheet(sheet.title, tuple(filled(_rows(sheet, read)))) for sheet in shown]
    except UNREADABLE as broken:
        raise unusable(say(BROKEN)) from broken


def write_cells(sheet: Worksheet, row: int, texts: Iterable[Any]) -> None:
    """Write one row, every cell as text; None leaves a cell empty."""
    for column, text in enumerate(texts, start=1):
        if text is not None:
            cell = sheet.cell(row, column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(text))[:LONGEST_CELL]
            cell.data_type, cell.quotePrefix = "s", True


def refuse_bombs(content: bytes) -> None:
    """Look only at the table of contents: a part cannot give more than it says there."""
    try:
        parts = ZipFile(BytesIO(content)).infolist()
    except (BadZipFile, NotImplementedError, ValueError) as broken:
        raise unusable(say(BROKEN)) from broken
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise unusable(say(TOO_LARGE))


def _rows(sheet: Any, read: Iterator[int]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows with their numbers; `read` counts those of the whole workbook."""
    sheet.reset_dimensions()  # what a sheet says of its own size may be a lie
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
        if next(read) > MOST_LINES:
            raise unusable(say(TOO_LONG))
        yield number, cells
