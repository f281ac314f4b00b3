"""The daily report as a sheet: a line per grid and the whole, then the text below it."""

from io import BytesIO

from openpyxl import Workbook

from app.exchange.ledger_sheet import FIRST_ROW, dress, width_of
from app.exchange.marking import Mark, mark_book
from app.exchange.workbook import write_cells
from app.reports.report_of_day import COLUMNS, DayReport, table_of


def report_sheet(report: DayReport, text: str, mark: Mark) -> bytes:
    """The workbook's bytes; there is nobody in it, only sums."""
    book = Workbook()
    sheet = book.active
    sheet.title = "日报"
    told = report.whole
    write_cells(sheet, 1, [f"{told.community}日报 {told.day}（{mark}）"])
    write_cells(sheet, 2, ["网格", *COLUMNS])
    row = FIRST_ROW
    for place, numbers in table_of(report):
        write_cells(sheet, row, [place])
        for column, number in enumerate(numbers, start=2):
            sheet.cell(row, column).value = int(number)
        row += 1
    for number, line in enumerate(text.splitlines(), start=row + 1):
        write_cells(sheet, number, [line])
    dress(sheet, [12, *(width_of(name) for name in COLUMNS)])
    mark_book(book, mark)
    written = BytesIO()
    book.save(written)
    return written.getvalue()
