"""One value into one cell: as text wherever it is text, never as something to calculate."""

from datetime import date, datetime
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles.numbers import is_date_format

from app.exchange.workbook import LONGEST_CELL

LIVE = ("=", "+", "-", "@", "\t", "\r")
USUAL_DAY = "yyyy-mm-dd"
AS_TEXT = ("number", "phone")
TEXT_FORMAT = "@"


def write_value(cell: Cell, kind: str, value: Any) -> None:
    if isinstance(value, date):
        _write_day(cell, value)
    elif isinstance(value, int):
        cell.value = str(value) if cell.number_format == TEXT_FORMAT else value
    else:
        text = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_CELL]
        cell.value = text
        cell.data_type = "s"
        if text.startswith(LIVE):
            cell.quotePrefix = True
        if kind in AS_TEXT:
            cell.number_format = TEXT_FORMAT


def _write_day(cell: Cell, value: date) -> None:
    """A date as a date, with its time only where the cell shows one."""
    asked = cell.number_format if is_date_format(cell.number_format) else USUAL_DAY
    has_time = isinstance(value, datetime) and "h" in asked.lower()
    cell.value = value if has_time else date(value.year, value.month, value.day)
    cell.number_format = asked
