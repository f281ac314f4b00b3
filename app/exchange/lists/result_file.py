"""Every row of a list given back with what became of it, in its order and under its number.

Whoever has the list knows its rows by their numbers; names and numbers of people are
masked, as in everything that leaves the house, unless they were asked for in full
(app/exchange/exporting.py).
"""

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from app.domain.pushed import STATES, ListRow, PushedList
from app.exchange.columns.matching import Chosen
from app.exchange.lists.masked import masked
from app.exchange.lists.people import HOWS
from app.exchange.lists.receiving import Table, read_list
from app.exchange.lists.report import why_of
from app.exchange.marking import Mark, mark_book
from app.exchange.values.text import text
from app.exchange.workbook import write_cells
from app.lib.db import session
from app.lib.words import Say

ADDED = ("原行号", "结果", "原因", "认人依据", "提醒")
SKIPPED = "跳过"
COLOURS = {
    "refused": PatternFill("solid", fgColor="FBE3E0"),
    "doubtful": PatternFill("solid", fgColor="FFF3D6"),
    "unplaced": PatternFill("solid", fgColor="FFF3D6"),
}


def result_file(kept: PushedList, chosen: Chosen, mark: Mark, *, full: bool) -> bytes:
    """The workbook's bytes, a sheet for each sheet that was read."""
    rows = session.scalars(select(ListRow).where(ListRow.list_id == kept.id))
    became = {(row.sheet, row.number): row for row in rows}
    book = Workbook()
    book.remove(book.active)
    for number, table in enumerate(
        read_list("名单.xlsx", kept.file or b"", kept.kind, chosen).tables
    ):
        sheet = book.create_sheet((table.sheet.title or f"名单{number + 1}")[:31])
        _fill(sheet, table, became, full=full)
    mark_book(book, mark)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(
    sheet: Worksheet, table: Table, became: dict[tuple[str, int], ListRow], *, full: bool
) -> None:
    width = max([len(table.header.names), *(len(line.cells) for line in table.lines)])
    names = [*table.header.names, *[""] * (width - len(table.header.names))]
    fields = {column: table.header.field_at(column) or "" for column in range(width)}
    write_cells(sheet, 1, [*names, *ADDED])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for place, line in enumerate(table.lines, start=2):
        row = became.get((line.sheet[:60], line.number))
        cells: list[Any] = [
            text(cell) if full else masked(text(cell), fields.get(column, ""))
            for column, cell in enumerate(line.cells)
        ]
        cells += [None] * (width - len(cells))
        told = _told(row) if row else [SKIPPED, " ".join(map(str, line.why)), "", ""]
        write_cells(sheet, place, [*cells, line.number, *told])
        if row and row.state in COLOURS:
            sheet.cell(place, width + 2).fill = COLOURS[row.state]
    sheet.freeze_panes = "A2"
    for column, wide in ((width + 2, 12), (width + 3, 48), (width + 4, 20), (width + 5, 40)):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = wide


def _told(row: ListRow) -> list[str]:
    told = row.understood
    how = told.get("how")
    basis = f"{HOWS[how][0]}（{HOWS[how][1]:.0%}）" if how else ""
    remarks = " ".join(str(Say.from_json(one)) for one in told.get("remarks", ()))
    return [STATES.get(row.state, ""), why_of(row), basis, remarks]
