"""The lists to choose from that a form has in its cells: what is written is one of their words."""

from collections.abc import Iterator

from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

# A longer list is no choice that a person reads.
MOST = 200


def choices_at(sheet: Worksheet, row: int) -> dict[int, tuple[str, ...]]:
    """By column, what may stand in a row."""
    found: dict[int, tuple[str, ...]] = {}
    for rule in sheet.data_validations.dataValidation:
        offered = _offered(rule, sheet) if rule.type == "list" else ()
        for cells in rule.sqref.ranges if offered else ():
            if cells.min_row <= row <= cells.max_row:
                columns = range(cells.min_col, min(cells.max_col, cells.min_col + MOST) + 1)
                found |= dict.fromkeys(columns, offered)
    return found


def fitting(text: str, offered: tuple[str, ...]) -> str:
    """The one word of a list that means it: the same, or the only one in it or around it.

    Where none does it is written as it is: the list says so to whoever looks at the cell.
    """
    if not text or text in offered:
        return text
    alike = [one for one in offered if len(one) > 1 and (one in text or text in one)]
    return alike[0] if len(alike) == 1 else text


def _offered(rule: DataValidation, sheet: Worksheet) -> tuple[str, ...]:
    formula = (rule.formula1 or "").strip()
    if formula.startswith('"'):
        words = (word.strip() for word in formula.strip('"').split(","))
    else:
        words = _in_cells(formula.removeprefix("="), sheet)
    return tuple(word for word in words if word)[:MOST]


def _in_cells(formula: str, sheet: Worksheet) -> Iterator[str]:
    """What stands in a range such as 选项!$A$1:$A$5; nothing for what is not one."""
    title, _, cells = formula.rpartition("!")
    book: Workbook = sheet.parent
    name = title.strip("'")
    try:
        left, top, right, bottom = range_boundaries(cells.replace("$", ""))
        there = book[name] if name else sheet
    except (ValueError, TypeError, KeyError):
        return
    for (row, column), cell in sorted(there._cells.items()):
        if top <= row <= bottom and left <= column <= right and cell.value is not None:
            yield str(cell.value).strip()
