"""The header of a blank form: below its titles, in one row or several, with merged groups."""

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.columns import SEARCHED, fold
from app.exchange.fill.grid import Line, is_formula, is_unit_line, lines_of
from app.exchange.fill.headings import Heading, field_of

FEWEST = 2  # columns that are known
DEEPEST = 3  # rows
LONGEST_NAME = 60  # characters


@dataclass(frozen=True, slots=True)
class Header:
    """The rows `top` to `bottom`, and what stands above each column."""

    top: int
    bottom: int
    headings: tuple[Heading, ...]

    @property
    def fields(self) -> int:
        """How many different known things it asks for."""
        found = {field_of(heading.names) for heading in self.headings}
        return len(found - {None, "seq"})


def find_header(sheet: Worksheet) -> Header | None:
    """The rows that ask for most of what is known; None where hardly anything is."""
    lines = lines_of(sheet)
    spread = _spread(sheet, lines)
    # what says one thing alone is a title, however wide its cell
    rows = [row for row, line in lines.items() if row <= SEARCHED and not is_unit_line(line)]
    rows = [row for row in rows if len(set(spread[row].values())) > 1]
    found = [_header(spread, top, top + deep) for top in rows for deep in range(DEEPEST)]
    best = max(found, key=lambda header: header.fields, default=None)
    if best is None or best.fields < FEWEST:
        return None
    bottom = _bottom(sheet, lines, best)
    return best if bottom == best.bottom else _header(spread, best.top, bottom)


def _header(spread: Mapping[int, Line], top: int, bottom: int) -> Header:
    rows = [spread.get(row, {}) for row in range(top, bottom + 1)]
    columns = sorted({column for row in rows for column in row})
    headings = (Heading(column, _names(rows, column)) for column in columns)
    return Header(top, bottom, tuple(heading for heading in headings if heading.names))


def _names(rows: list[Line], column: int) -> tuple[str, ...]:
    """The names above a column, each once: a cell merged downwards says it in every row."""
    said = (" ".join(str(row[column]).split()) for row in rows if column in row)
    return tuple(dict.fromkeys(name[:LONGEST_NAME] for name in said if fold(name)))


def _spread(sheet: Worksheet, lines: Mapping[int, Line]) -> dict[int, dict[int, str]]:
    """The texts of the first rows; a merged cell's text stands in all of its columns and rows."""
    spread = {
        row: {column: value for column, value in line.items() if not is_formula(value)}
        for row, line in lines.items()
        if row <= SEARCHED + DEEPEST
    }
    for merged in sheet.merged_cells.ranges:
        text = lines.get(merged.min_row, {}).get(merged.min_col)
        if text is None or merged.min_row > SEARCHED + DEEPEST:
            continue
        for row in range(merged.min_row, min(merged.max_row, SEARCHED + DEEPEST) + 1):
            for column in range(merged.min_col, merged.max_col + 1):
                spread.setdefault(row, {})[column] = text
    return spread


def _bottom(sheet: Worksheet, lines: Mapping[int, Line], header: Header) -> int:
    """Where the header ends: as deep as its merged cells, and with what stands below a group."""
    bottom = header.bottom
    for merged in sheet.merged_cells.ranges:
        if not header.top <= merged.min_row <= header.bottom:
            continue
        bottom = max(bottom, min(merged.max_row, header.top + DEEPEST - 1))
        is_group = merged.max_col > merged.min_col and merged.max_row == header.bottom
        below = lines.get(merged.max_row + 1, {})
        named = [column for column in range(merged.min_col, merged.max_col + 1) if column in below]
        if is_group and len(named) > 1:
            bottom = max(bottom, merged.max_row + 1)
    return bottom
