"""What stands where on a sheet, read without making a single new cell.

openpyxl makes every cell it is asked for; a form whose last cell is in row
1,048,576 would fill the memory. So only the cells that are there are looked at.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.sheet import MOST_COLUMNS, is_blank

Line = Mapping[int, Any]


def lines_of(sheet: Worksheet) -> dict[int, Line]:
    """Row number → column → what stands there, for every row that holds something, from the top."""
    lines: dict[int, dict[int, Any]] = defaultdict(dict)
    for (row, column), cell in sorted(sheet._cells.items()):
        if column <= MOST_COLUMNS and not is_blank(cell.value):
            lines[row][column] = cell.value
    return dict(lines)


def is_formula(value: Any) -> bool:
    """Whether the sheet calculates this itself (an array formula is an object)."""
    return (isinstance(value, str) and value.startswith("=")) or hasattr(value, "ref")


def words_of(line: Line) -> list[str]:
    """The texts of a row from the left, without its formulas."""
    return [str(value).strip() for value in line.values() if not is_formula(value)]
