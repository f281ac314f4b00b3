"""The list that goes with an application for decoding, as a workbook."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.canary import in_order
from app.exchange.marking import Mark, mark_book
from app.exchange.workbook import write_cells
from app.lib import clock
from app.reports.badges import reason_words
from app.reports.decoding import Applicant

TITLE = "申报解码名单"
# Each column with its width in characters.
HEADS = {
    "序号": 6,
    "姓名": 14,
    "身份证号": 22,
    "电话": 16,
    "现住址": 32,
    "网格": 12,
    "黄码原因": 24,
    "转黄时间": 18,
    "阴性检测时间": 36,
}


def decoding_list(
    applicants: Iterable[Applicant], community: str, mark: Mark, *, full: bool
) -> bytes:
    """The workbook's bytes; names, numbers and phones are masked unless `full`."""
    book = Workbook()
    sheet = book.active
    sheet.title = TITLE
    write_cells(sheet, 1, [f"{community}{TITLE}（{mark}）"])
    write_cells(sheet, 2, HEADS)
    found = list(applicants)
    found = in_order(found, lambda one: one.case.resident.name, mark.number) if full else found
    for row, applicant in enumerate(found, start=3):
        write_cells(sheet, row, [str(row - 2), *_who(applicant, full=full), *_what(applicant)])
    _dress(sheet)
    mark_book(book, mark)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _who(applicant: Applicant, *, full: bool) -> list[str]:
    person = applicant.case.resident
    if full:
        return [person.name, person.id_number or "", person.phone or ""]
    return [person.masked_name, person.masked_id_number, person.masked_phone]


def _what(applicant: Applicant) -> list[str]:
    case = applicant.case
    home = case.resident.household
    return [
        home.address if home else "",
        case.grid.name if case.grid else "",
        reason_words(case),
        _time(case.anchor_at),
        "、".join(_time(at) for at in applicant.negatives),
    ]


def _dress(sheet: Worksheet) -> None:
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADS))
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=14), Alignment("center")
    for column, width in zip(sheet.iter_cols(max_row=2), HEADS.values(), strict=True):
        sheet.column_dimensions[column[1].column_letter].width = width
        column[1].font = Font(bold=True)
    sheet.freeze_panes, sheet.page_setup.orientation = "A3", "landscape"


def _time(at: datetime) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}"
