"""A form's own formulas after rows were put in: a sum goes on over all rows, as in a spreadsheet.

Rows come in below `last`, the last free row. What points below it moves down; a
range that ends there grows. Anything else is left exactly as it was written.
"""

import re

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})")


def stretch_formulas(book: Workbook, sheet: Worksheet, first: int, last: int, more: int) -> None:
    """Mend every formula of the workbook that speaks of rows of `sheet`."""
    for each in book.worksheets:
        for cell in list(each._cells.values()):
            if cell.data_type == "f" and isinstance(cell.value, str):
                ours = each is sheet
                grows = not (ours and first <= cell.row <= last)
                cell.value = _mended(cell.value, sheet.title, last, more, ours=ours, grows=grows)


def _mended(  # noqa: PLR0913
    formula: str, title: str, last: int, more: int, *, ours: bool, grows: bool
) -> str:
    read = Tokenizer(formula)
    if not read.items:
        return formula
    said = []
    for token in read.items:
        is_range = token.type == Token.OPERAND and token.subtype == Token.RANGE
        said.append(
            _moved(token.value, title, last, more, ours=ours, grows=grows)
            if is_range
            else token.value
        )
    return "=" + "".join(said)


def _moved(  # noqa: PLR0913
    reference: str, title: str, last: int, more: int, *, ours: bool, grows: bool
) -> str:
    sheet, mark, cells = reference.rpartition("!")
    if mark and sheet.strip("'").replace("''", "'") != title or not (mark or ours):
        return reference
    ends = cells.split(":")
    if len(ends) == 2 and all(map(_CELL.fullmatch, ends)):
        begin, end = (_shifted(ends[0], last, more), _shifted(ends[1], last - grows, more))
        return f"{sheet}{mark}{begin}:{end}"
    return f"{sheet}{mark}{_shifted(cells, last, more)}" if _CELL.fullmatch(cells) else reference


def _shifted(cell: str, last: int, more: int) -> str:
    found = _CELL.fullmatch(cell)
    fixed, column, fixed_row, row = found.groups()
    number = int(row)
    return f"{fixed}{column}{fixed_row}{number + more if number > last else number}"
