"""The rows of a roll that need a look, given back as a workbook: mend them and hand it in again."""

from io import BytesIO
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.columns import FIELDS
from app.exchange.marking import Mark, mark_book
from app.exchange.rows.line import STATES
from app.exchange.workbook import write_cells
from app.lib.words import Say

TITLE = "名册"
ADDED = ("原行号", "结果", "原因")
COLOUR = PatternFill("solid", fgColor="FFF3D6")
# The columns of an empty roll, in the order in which a form would ask.
BLANK = ("grid", "compound", "building", "unit", "room", "name", "relation", "id_number", "phone",
         "category", "note")  # fmt: skip


def rows_to_mend(
    report: dict[str, Any], *, warned: bool = False, mark: Mark | None = None
) -> bytes:
    """A workbook of the refused rows, and with `warned` of those that were taken with a remark."""
    book = Workbook()
    book.remove(book.active)
    names = {sheet["title"]: sheet["names"] for sheet in report["sheets"]}
    rows = [row for row in report["rows"] if _is_wanted(row, warned)]
    for title, given in groupby(rows, key=lambda row: row["sheet"]):
        _fill(book.create_sheet(title or TITLE), names[title], list(given))
    if not rows:
        book.create_sheet(TITLE)
    if mark:
        mark_book(book, mark)
    return _bytes(book)


def blank_roll() -> bytes:
    """A workbook with nothing but the usual columns, all of them text."""
    book = Workbook()
    book.active.title = TITLE
    write_cells(book.active, 1, [FIELDS[field][0] for field in BLANK])
    for cell in book.active[1]:
        cell.font = Font(bold=True)
        column = book.active.column_dimensions[cell.column_letter]
        column.number_format, column.width = "@", 14
    book.active.freeze_panes = "A2"
    return _bytes(book)


def _is_wanted(row: dict[str, Any], warned: bool) -> bool:
    return row["state"] == "refused" or (warned and bool(row["warnings"]))


def _fill(sheet: Worksheet, names: list[str], rows: list[dict[str, Any]]) -> None:
    width = max(len(names), *(len(row["cells"]) for row in rows))
    blanks = [None] * (width - len(names))
    write_cells(sheet, 1, [*names, *blanks, *ADDED])
    for place, row in enumerate(rows, start=2):
        cells = row["cells"] + [None] * (width - len(row["cells"]))
        why = " ".join(str(Say.from_json(said)) for said in row["why"] + row["warnings"])
        write_cells(sheet, place, [*cells, row["row"], STATES[row["state"]], why])
        sheet.cell(place, width + len(ADDED)).fill = COLOUR
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.column_dimensions[sheet.cell(1, width + len(ADDED)).column_letter].width = 60


def _bytes(book: Workbook) -> bytes:
    written = BytesIO()
    book.save(written)
    return written.getvalue()
