"""Writing rows into a blank form: only cells that are ours, as text wherever a value is text.

Whatever comes of a person's record is never calculated: a name that begins with =
is a name. What the form itself calculates stays, and goes on in new rows.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.formula.translate import Translator
from openpyxl.styles.numbers import is_date_format
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.fill.choices import choices_at, fitting
from app.exchange.fill.formats import written
from app.exchange.fill.grid import is_formula
from app.exchange.fill.layout import Layout
from app.exchange.fill.room import Dress, make_room, reach
from app.exchange.workbook import LONGEST_CELL

LIVE = ("=", "+", "-", "@", "\t", "\r")
USUAL_DAY = "yyyy-mm-dd"
AS_TEXT = ("number", "phone")
TEXT_FORMAT = "@"

Facts = Mapping[str, Any]
Choices = Mapping[int, tuple[str, ...]]


def write_rows(book: Workbook, layout: Layout, rows: Sequence[Facts]) -> None:
    """Fill the form; where its free rows do not suffice, room is made below them."""
    sheet = book[layout.sheet]
    dress = Dress.of(sheet, _pattern(sheet, layout))
    formulas, choices = _formulas(sheet, layout), choices_at(sheet, layout.first)
    beyond = _make_room(book, sheet, layout, len(rows))
    _empty_example(sheet, layout)
    for number, facts in enumerate(rows):
        row = layout.first + number
        if row in beyond:
            dress.put_on(sheet, row)
        _write_row(sheet, layout, row, facts, choices)
        _calculate(sheet, formulas, row)


def _pattern(sheet: Worksheet, layout: Layout) -> int:
    """The row that new ones look like: a free one below an example, which is often in red."""
    ends = layout.last or layout.first + 1
    below = layout.first + 1
    is_dressed = any(row == below for row, _column in sheet._cells) and below <= ends
    return below if layout.first == layout.example and is_dressed else layout.first


def _formulas(sheet: Worksheet, layout: Layout) -> dict[int, tuple[str, str]]:
    """What the first of the free rows calculates: column → formula and the cell it stands in."""
    found = {}
    for column in layout.columns:
        cell = sheet._cells.get((layout.first, column.place))
        if column.calculated and cell is not None and isinstance(cell.value, str):
            found[column.place] = (cell.value, cell.coordinate)
    return found


def _make_room(book: Workbook, sheet: Worksheet, layout: Layout, wanted: int) -> range:
    """The rows that had to be put in, or lie below all that was dressed for rows."""
    ends = layout.first + wanted - 1
    if layout.last is not None:
        more = max(ends - layout.last, 0)
        if more:
            make_room(book, sheet, layout.first, layout.last, more)
        return range(layout.last + 1, layout.last + 1 + more)
    dressed = max((row for row, _column in sheet._cells), default=layout.first)
    dressed = max(dressed, layout.first)
    if ends > dressed:
        reach(sheet, dressed, ends - dressed)
    return range(dressed + 1, ends + 1)


def _empty_example(sheet: Worksheet, layout: Layout) -> None:
    """Nothing of the example stays where our rows begin."""
    if layout.example != layout.first:
        return
    for (row, _column), cell in list(sheet._cells.items()):
        if row == layout.first and isinstance(cell, Cell) and not is_formula(cell.value):
            cell.value = None


def _write_row(sheet: Worksheet, layout: Layout, row: int, facts: Facts, choices: Choices) -> None:
    for column in layout.filled:
        value = facts.get(column.field)
        cell = sheet.cell(row, column.place)
        if value in (None, "") or isinstance(cell, MergedCell) or is_formula(cell.value):
            continue
        said = written(column.kind, column.format, value)
        if isinstance(said, str) and column.place in choices:
            said = fitting(said, choices[column.place])
        _write(cell, column.kind, said)


def _write(cell: Cell, kind: str, value: Any) -> None:
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


def _calculate(sheet: Worksheet, formulas: Mapping[int, tuple[str, str]], row: int) -> None:
    for place, (formula, stood) in formulas.items():
        cell = sheet.cell(row, place)
        if isinstance(cell, Cell) and cell.value is None:
            cell.value = Translator(formula, stood).translate_formula(cell.coordinate)
