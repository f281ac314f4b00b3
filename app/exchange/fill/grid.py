"""What stands where on a sheet, read without making a single new cell.

openpyxl makes every cell it is asked for; a form whose last cell is in row
1,048,576 would fill the memory. So only the cells that are there are looked at.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.sheet import MOST_COLUMNS, is_blank

Line = Mapping[int, Any]
LABEL = re.compile(r"[^:：]{1,20}[:：].*", re.DOTALL)
SMALL = re.compile(r"\d{1,4}[.、]?")


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


def is_unit_line(line: Line) -> bool:
    """Whether a row says who reports and when (填报单位： … 填报日期：), above a table or below."""
    said = set(words_of(line))
    return 0 < len(said) < 2 * sum(1 for word in said if LABEL.fullmatch(word))


def is_numbered(line: Line, columns: int) -> bool:
    """Whether only its number stands in a row; numbers under all columns are no such row."""
    said = words_of(line)
    return all(map(SMALL.fullmatch, said)) and len(said) * 2 <= max(columns, 2)


def ruled_rows(sheet: Worksheet) -> set[int]:
    """The rows in which a cell has a line below: drawn for somebody to write in."""
    return {row for (row, _column), cell in sheet._cells.items() if cell.border.bottom.style}
