"""Blank forms as offices send them round, made for tests."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.scope import Scope
from app.exchange.fill import fill, look_over, tell
from app.exchange.marking import Mark
from app.lib import clock
from app.reports.ledger_asked import wanted_by

LINE = Side(style="thin")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


def saved(book: Workbook) -> bytes:
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def form(*rows: Iterable[Any], title: str = "Sheet1") -> bytes:
    """A form of plain rows."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def returnees_form() -> bytes:
    """街道's: a title, two rows of header, an example in red, five free lines, a sum."""
    book = Workbook()
    sheet = book.active
    sheet.title = "返并人员"
    sheet.append(["迎泽街道返并人员信息登记表"])
    sheet.merge_cells("A1:I1")
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=18), Alignment("center")
    sheet.append(["填报单位：", None, None, None, None, "填报日期：    年  月  日"])
    sheet.append(["序号", "基本信息", None, None, "现住址", None, None, "返并时间", "是否解除"])
    sheet.append([None, "姓名", "公民身份号码", "联系电话", "小区", "楼号", "房号"])
    for cells in ("A3:A4", "B3:D3", "E3:G3", "H3:H4", "I3:I4"):
        sheet.merge_cells(cells)
    sheet.append(
        ["例", "张三", "140106199001010000", "138 0000 0000", "某小区", "1", "101", "10月1日", "是"]
    )
    for number in range(1, 6):
        sheet.append([number])
    sheet.append(["合计", "=COUNTA(B6:B10)"])
    sheet.append(["填表人：", None, None, "审核人："])
    sheet.merge_cells("A12:B12")
    for row in sheet["A3:I11"]:
        for cell in row:
            cell.border = BOX
    for cell in sheet[5]:
        cell.font = Font(color="FFFF0000", italic=True)
    for number in range(5, 11):
        sheet.row_dimensions[number].height = 24
    sheet.row_dimensions[11].height = 40
    choice = DataValidation(type="list", formula1='"是,否"', allow_blank=True)
    choice.add("I6:I10")
    sheet.add_data_validation(choice)
    return saved(book)


def filled(content: bytes, cast: Any, ledger: str, *, full: bool = True, **asked: str) -> Worksheet:
    """The sheet after the director of the cast has filled it."""
    scope = Scope(cast.director)
    layout = look_over("表.xlsx", content, ledger)
    told = tell(layout, wanted_by(scope, ledger, asked), scope.grids, full=full)
    mark = Mark.of(cast.director, 1, at=clock.now())
    return load_workbook(BytesIO(fill("表.xlsx", content, told, mark)))[layout.sheet]


def values(sheet: Worksheet, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row]]
