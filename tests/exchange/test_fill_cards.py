"""A form of one card for each person comes back with a sheet for each, like the blank one."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

from app.domain.scope import Scope
from app.exchange.fill import Told, fill, look_over, tell
from app.exchange.marking import Mark
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.reports.ledger_asked import wanted_by
from tests.exchange.forms import BOX, form, saved


def card() -> bytes:
    """派出所's: labels left of blanks, somebody else's name and phone, a line to sign."""
    book = Workbook()
    sheet = book.active
    sheet.title = "登记卡"
    for row in (
        ["来返人员登记卡"],
        ["姓名", None, "性别", None],
        ["身份证号", None, None, None],
        ["现住址", None, "联系电话：", None],
        ["返并时间", None, "是否解除", None],
        ["紧急联系人", "姓名", None, None],
        [None, "电话", None, None],
        ["民警（签字）：", None],
    ):
        sheet.append(row)
    for cells in ("A1:D1", "B3:D3", "A6:A7"):
        sheet.merge_cells(cells)
    for row in sheet["A2:D7"]:
        for cell in row:
            cell.border = BOX
    sheet["B5"].number_format = 'yyyy"年"m"月"d"日"'
    sheet.row_dimensions[3].height, sheet.column_dimensions["B"].width = 30, 22
    for cells, words in (("D2", '"1-男,2-女"'), ("D5", '"已解除,未解除"')):
        choice = DataValidation(type="list", formula1=words, allow_blank=True)
        choice.add(cells)
        sheet.add_data_validation(choice)
    sheet.print_area, sheet.protection.sheet = "A1:D8", True
    book.create_sheet("填写说明").append(["请如实填写"])
    return saved(book)


def told_of(lived, content: bytes, ledger: str = "returnee", *, full: bool = True) -> Told:
    scope = Scope(lived.director)
    wanted = wanted_by(scope, ledger, {"state": "every"})
    return tell(look_over("卡.xlsx", content, ledger), wanted, scope.grids, full=full)


def cards(lived, content: bytes, ledger: str = "returnee", *, full: bool = True) -> Workbook:
    mark = Mark.of(lived.director, 1, at=clock.now())
    told = told_of(lived, content, ledger, full=full)
    return load_workbook(BytesIO(fill("卡.xlsx", content, told, mark)))


def test_everybody_has_a_sheet_of_his_own_that_looks_like_the_blank_one(lived):
    told, book, blank = told_of(lived, card()), cards(lived, card()), load_workbook(BytesIO(card()))
    assert len(book.sheetnames) == len(told.facts) + 1 > 2
    assert book.sheetnames[-1] == "填写说明"
    assert [book[name]["B2"].value for name in book.sheetnames[:-1]] == [
        facts["name"] for facts in told.facts
    ]
    for name in book.sheetnames[:-1]:
        sheet, first = book[name], blank.worksheets[0]
        assert sheet.merged_cells.ranges == first.merged_cells.ranges
        assert (sheet.row_dimensions[3].height, sheet.column_dimensions["B"].width) == (30, 22)
        assert len(sheet.data_validations.dataValidation) == 2 and sheet.protection.sheet
        assert sheet["B5"].number_format == first["B5"].number_format and sheet["B5"].is_date
        assert sheet.print_area.endswith("$A$1:$D$8")


def test_each_blank_gets_its_own_and_nobody_elses_is_touched(lived):
    book, person = cards(lived, card()), lived.returnee
    sheet = next(one for one in book.worksheets if one["B2"].value == person.name)
    assert [sheet[at].value for at in ("B3", "D4", "D5")] == [
        person.id_number,
        person.phone,
        "未解除",
    ]
    assert sheet["D2"].value in ("1-男", "2-女") and "二轻小区" in sheet["B4"].value
    assert [sheet[at].value for at in ("C6", "C7", "B8")] == [None, None, None]


def test_the_blank_may_stand_below_its_label(lived):
    rows = ["健康管理卡"], ["姓名", "性别", "电话"], [None] * 3, ["身份证号", "住址"], [None] * 3
    book = Workbook()
    for row in (*rows, ["赋码原因", "转码时间"], [None] * 3):
        book.active.append(row)
    for line in book.active["A2:C7"]:
        for cell in line:
            cell.border = BOX
    sheet = cards(lived, saved(book), "yellow").worksheets[0]
    assert sheet["A3"].value and sheet["A5"].value and sheet["A7"].value
    assert sheet["A2"].value == "姓名" and "-" in sheet["B7"].value


def test_masked_no_sheet_says_a_name(lived):
    book, person = cards(lived, card(), full=False), lived.returnee
    told = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert not {person.name, person.phone, person.id_number} & told
    assert person.masked_name in told and not any(person.name in one for one in book.sheetnames)


def test_a_name_that_no_sheet_may_have(lived):
    lived.returnee.set_name("=张/*[晓]:'" + "长" * 40)
    session.flush()
    book = cards(lived, card())
    sheet = next(one for one in book.worksheets if "长" in str(one["B2"].value))
    assert sheet["B2"].data_type == "s" and len(sheet.title) == 31 and "/" not in sheet.title


def test_for_more_people_than_one_file_holds_it_says_what_to_do(lived):
    told = told_of(lived, card())
    assert "每人一张工作表" in str(told.remarks()[0])
    few = replace(told, layout=replace(told.layout, card=1))
    assert "一次最多填 1 人" in str(few.remarks()[0]) and "按网格" in str(few.remarks()[0])
    with pytest.raises(Refused, match="一次最多填"):
        fill("卡.xlsx", card(), few, Mark.of(lived.director, 1, at=clock.now()))


def test_a_card_that_is_drawn_with_nothing_beside_its_labels(lived):
    sheet = cards(lived, form(["姓名："], ["电话"], ["住址"])).worksheets[0]
    assert sheet["A1"].value == "姓名：" and sheet["B1"].value and sheet["B3"].value
