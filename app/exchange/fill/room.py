"""Room for more rows than a form has: what stands below moves down, whole, and is still right.

openpyxl's own insert_rows moves the cells alone and leaves merged cells, heights,
validation lists, coloured rules and sums where they were.
"""

from copy import copy
from dataclasses import dataclass

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.fill.formulas import stretch_formulas


def make_room(book: Workbook, sheet: Worksheet, first: int, last: int, more: int) -> None:
    """Put `more` rows in below `last`, the last of the free rows that begin with `first`."""
    _move_cells(sheet, last, more)
    _move_merged(sheet, last, more)
    _move_heights(sheet, last, more)
    stretch_formulas(book, sheet, first, last, more)
    reach(sheet, last, more)


def reach(sheet: Worksheet, last: int, more: int) -> None:
    """Lists to choose from, coloured rules, filter and print area go on over the new rows."""
    for rule in sheet.data_validations.dataValidation:
        rule.sqref = MultiCellRange([_stretched(one, last, more) for one in rule.sqref.ranges])
    _move_colours(sheet, last, more)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _stretched(CellRange(sheet.auto_filter.ref), last, more).coord
    for table in sheet.tables.values():
        table.ref = _stretched(CellRange(table.ref), last, more).coord
    if sheet.print_area:
        areas = sheet.print_area.split(",")
        cells = [CellRange(area.rpartition("!")[2].replace("$", "")) for area in areas]
        sheet.print_area = [_stretched(one, last, more).coord for one in cells]


@dataclass(frozen=True, slots=True)
class Dress:
    """How a row looks: the styles of its cells, its height, its cells merged sideways."""

    styles: tuple[tuple[int, StyleArray], ...]
    height: float | None
    merged: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, sheet: Worksheet, row: int) -> "Dress":
        cells = ((column, sheet._cells[at, column]) for at, column in sheet._cells if at == row)
        styles = tuple((column, copy(cell._style)) for column, cell in cells)
        height = sheet.row_dimensions[row].height if row in sheet.row_dimensions else None
        lying = (one for one in sheet.merged_cells.ranges if one.min_row == one.max_row == row)
        return cls(styles, height, tuple((one.min_col, one.max_col) for one in lying))

    def put_on(self, sheet: Worksheet, row: int) -> None:
        """Make another row look the same."""
        for column, style in self.styles:
            sheet.cell(row, column)._style = copy(style)
        if self.height is not None:
            sheet.row_dimensions[row].height = self.height
        for left, right in self.merged:
            cells = CellRange(min_row=row, max_row=row, min_col=left, max_col=right)
            merged = MergedCellRange(sheet, cells.coord)
            sheet._clean_merge_range(merged)
            sheet.merged_cells.ranges.add(merged)


def _stretched(cells: CellRange, last: int, more: int) -> CellRange:
    """A range that lies below moves; one that reaches the last free row grows."""
    left, top, right, bottom = range_boundaries(cells.coord)
    top = top + more if top > last else top
    bottom = bottom + more if bottom >= last else bottom
    return CellRange(min_col=left, min_row=top, max_col=right, max_row=min(bottom, 1_048_576))


def _move_cells(sheet: Worksheet, last: int, more: int) -> None:
    for row, column in sorted(sheet._cells, reverse=True):
        if row > last:
            cell = sheet._cells.pop((row, column))
            cell.row = row + more
            sheet._cells[row + more, column] = cell


def _move_merged(sheet: Worksheet, last: int, more: int) -> None:
    """A cell merged down to the last free row goes on over the new ones; one lying in it stays."""
    moved = MultiCellRange()
    for merged in list(sheet.merged_cells.ranges):
        lies = merged.min_row == merged.max_row == last
        cells = merged if lies else _stretched(merged, last, more)
        moved.ranges.add(MergedCellRange(sheet, cells.coord))
    sheet.merged_cells = moved


def _move_heights(sheet: Worksheet, last: int, more: int) -> None:
    for row in sorted((row for row in sheet.row_dimensions if row > last), reverse=True):
        kept = sheet.row_dimensions.pop(row)
        kept.index = row + more
        sheet.row_dimensions[row + more] = kept


def _move_colours(sheet: Worksheet, last: int, more: int) -> None:
    moved = ConditionalFormattingList()
    for coloured in sheet.conditional_formatting:
        cells = " ".join(_stretched(one, last, more).coord for one in coloured.sqref.ranges)
        for rule in coloured.rules:
            moved.add(cells, rule)
    sheet.conditional_formatting = moved
