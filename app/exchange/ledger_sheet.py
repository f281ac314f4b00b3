"""The rows of a ledger as a workbook: only text, so that nothing in it is ever calculated."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.marking import Mark, mark_book
from app.exchange.workbook import write_cells

NARROWEST, WIDEST = 8, 40  # characters
FIRST_ROW = 3
A4 = 9  # as ECMA-376 counts papers


def ledger_sheet(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], mark: Mark
) -> bytes:
    """The workbook's bytes: title and mark, the heads of the columns, then a line for each row."""
    book = Workbook()
    sheet = book.active
    write_cells(sheet, 1, [f"{title}（{mark}）"])
    write_cells(sheet, 2, heads)
    widths = [width_of(head) for head in heads]
    for number, row in enumerate(rows, start=FIRST_ROW):
        write_cells(sheet, number, row)
        widths = [max(pair) for pair in zip(widths, map(width_of, row), strict=True)]
    dress(sheet, widths)
    mark_book(book, mark)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def width_of(text: str) -> int:
    """Characters that a text takes; a Chinese one takes two."""
    return min(max(sum(1 + (sign > "\u2e80") for sign in text) + 2, NARROWEST), WIDEST)


def dress(sheet: Worksheet, widths: Sequence[int]) -> None:
    sheet["A1"].font = Font(bold=True, size=14)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.cell(2, column).font = Font(bold=True)
    sheet.freeze_panes = "A3"
    _print_on_a4(sheet)


def _print_on_a4(sheet: Worksheet) -> None:
    """As wide as the paper, as many pages as it takes, and the heads on each of them."""
    sheet.print_title_rows = "2:2"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
