"""Writing rows into a blank form: only cells that are ours, as text wherever a value is text.

Whatever comes of a person's record is never calculated: a name that begins with =
is a name (cells). What the form itself calculates stays, and goes on in new rows.
"""

from collections.abc import Iterator, Mapping, Sequence

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formula.translate import Translator
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.fill.by_grid import SHEET
from app.exchange.fill.card_sheets import write_cards
from app.exchange.fill.cells import write_value
from app.exchange.fill.facts import Facts, numbered
from app.exchange.fill.grid import is_formula
from app.exchange.fill.header import find_header
from app.exchange.fill.known import KNOWN
from app.exchange.fill.layout import Layout
from app.exchange.fill.recognising import table_on
from app.exchange.fill.room import Dress, make_room, reach


def write_rows(book: Workbook, layout: Layout, rows: Sequence[Facts]) -> None:
    """Fill the form: its table, its table of each grid, or a card for each person."""
    if layout.card:
        write_cards(book, layout, rows)
        return
    for part, facts in _parts(book, layout, rows):
        _write_table(book, part, facts)


def _parts(
    book: Workbook, layout: Layout, rows: Sequence[Facts]
) -> Iterator[tuple[Layout, Sequence[Facts]]]:
    """Each sheet with its own rows, numbered from one, all filled in the same way."""
    if not layout.sheets:
        yield layout, rows
    for title in layout.sheets:
        part = table_on(book[title], find_header(book[title]), KNOWN).as_before(layout)
        yield part, numbered(facts for facts in rows if facts.get(SHEET) == title)


def _write_table(book: Workbook, layout: Layout, rows: Sequence[Facts]) -> None:
    """Where its free rows do not suffice, room is made below them."""
    sheet = book[layout.sheet]
    dress = Dress.of(sheet, _pattern(sheet, layout))
    formulas, deep = _formulas(sheet, layout), _deep(sheet, layout, len(rows))
    beyond = _make_room(book, sheet, layout, min(len(rows), deep))
    _empty_example(sheet, layout)
    for number, facts in enumerate(rows):
        row, shift = layout.first + number % deep, number // deep * layout.twin
        if row in beyond and not shift:
            dress.put_on(sheet, row)
        _write_row(sheet, layout, (row, shift), facts)
        _calculate(sheet, formulas, row)


def _deep(sheet: Worksheet, layout: Layout, wanted: int) -> int:
    """How many rows stand below each other; where the table stands twice, half of too many."""
    if not layout.twin:
        return max(wanted, 1)
    free = (layout.last or _dressed(sheet, layout)) - layout.first + 1
    return max(free, (wanted + 1) // 2, 1)


def _dressed(sheet: Worksheet, layout: Layout) -> int:
    """The last row that anything stands in or is drawn."""
    return max(layout.first, max((row for row, _column in sheet._cells), default=0))


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
    dressed = _dressed(sheet, layout)
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


def _write_row(sheet: Worksheet, layout: Layout, at: tuple[int, int], facts: Facts) -> None:
    """`at` is the row, and how many columns further right than the first table."""
    row, shift = at
    for column in layout.filled:
        said = column.said(facts.get(column.field))
        cell = sheet.cell(row, column.place + shift)
        if said is None or isinstance(cell, MergedCell) or is_formula(cell.value):
            continue
        write_value(cell, column.kind, said)


def _calculate(sheet: Worksheet, formulas: Mapping[int, tuple[str, str]], row: int) -> None:
    for place, (formula, stood) in formulas.items():
        cell = sheet.cell(row, place)
        if isinstance(cell, Cell) and cell.value is None:
            cell.value = Translator(formula, stood).translate_formula(cell.coordinate)
