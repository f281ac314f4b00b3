"""A blank form of another office comes back filled, and looks as it was sent."""

import json
from datetime import datetime

from openpyxl import Workbook

from app.exchange.fill import Layout, look_over
from tests.exchange.forms import filled, form, returnees_form, saved, values


def matched(content: bytes, ledger: str = "returnee") -> dict[str, str]:
    layout = look_over("表.xlsx", content, ledger)
    return {column.names[-1]: column.field for column in layout.columns}


def test_title_header_example_and_sum_are_told_apart(lived):
    layout = look_over("表.xlsx", returnees_form(), "returnee")
    assert (layout.sheet, layout.top, layout.bottom) == ("返并人员", 3, 4)
    assert (layout.example, layout.first, layout.last) == (5, 5, 10)
    assert {column.names[-1]: (column.field, column.format) for column in layout.columns} == {
        "序号": ("seq", "plain"),
        "姓名": ("name", "plain"),
        "公民身份号码": ("id_number", "plain"),
        "联系电话": ("phone", "spaced"),
        "小区": ("compound", "plain"),
        "楼号": ("building", "digits"),
        "房号": ("room", "plain"),
        "返并时间": ("arrived", "month_day"),
        "是否解除": ("ended", "words"),
    }


def test_it_is_filled_in_its_own_way_of_writing(lived):
    sheet = filled(returnees_form(), lived, "returnee", state="every")
    person = lived.returnee
    row = next(row for row in range(5, 30) if sheet.cell(row, 2).value == person.name)
    phone = person.phone
    assert values(sheet, row) == [
        row - 4,
        "张晓",
        person.id_number,
        f"{phone[:3]} {phone[3:7]} {phone[7:]}",
        "二轻小区",
        "2",
        "301",
        values(sheet, row)[7],
        "否",
    ]
    assert sheet.cell(row, 3).number_format == "@" and sheet.cell(row, 3).data_type == "s"
    assert "张三" not in [value for number in range(1, 30) for value in values(sheet, number)]


def test_more_rows_than_the_form_has_push_its_sum_down(lived):
    sheet = filled(returnees_form(), lived, "resident")
    names = [row for row in range(5, 40) if sheet.cell(row, 2).value]
    total = next(row for row in range(5, 60) if sheet.cell(row, 1).value == "合计")
    assert total > 11 and len(names) - 1 == total - 5
    assert sheet.cell(total, 2).value == f"=COUNTA(B6:B{total - 1})"
    assert sheet.row_dimensions[total].height == 40
    assert f"A{total + 1}:B{total + 1}" in [str(one) for one in sheet.merged_cells.ranges]
    assert str(sheet.data_validations.dataValidation[0].sqref) == f"I6:I{total - 1}"
    for row in (6, 10, 11, total - 1):
        assert sheet.cell(row, 4).border.left.style == "thin"
        assert sheet.row_dimensions[row].height == 24
        assert not sheet.cell(row, 2).font.italic or row == 5


def test_what_the_form_looks_like_stays(lived):
    sheet = filled(returnees_form(), lived, "returnee")
    assert sheet["A1"].value == "迎泽街道返并人员信息登记表" and sheet["A1"].font.size == 18
    assert {"A1:I1", "B3:D3", "E3:G3"} <= {str(one) for one in sheet.merged_cells.ranges}
    assert sheet["A2"].value == "填报单位：南内环街二社区"
    assert sheet["F2"].value == "填报日期：2022年10月6日"


def test_a_name_that_looks_like_a_formula_is_a_name(lived):
    from app.lib.db import session

    for name in ("=1+1", "+86", "-张", "@SUM(A1)", "\t=1"):
        lived.returnee.set_name(name)
        session.flush()
        sheet = filled(form(["姓名", "电话"], [None, None]), lived, "returnee")
        cell = next(row[0] for row in sheet.iter_rows(min_row=2) if row[0].value == name)
        assert cell.data_type == "s" and cell.quotePrefix


def test_what_the_form_calculates_itself_stays_and_goes_on(lived):
    blank = form(
        ["姓名", "年龄", "是否满60"],
        [None, None, '=IF(B2>=60,"是","否")'],
        [None, None, '=IF(B3>=60,"是","否")'],
        ["合计", "=SUM(B2:B3)", None],
    )
    sheet = filled(blank, lived, "elder")
    total = next(row for row in range(2, 40) if sheet.cell(row, 1).value == "合计")
    assert total > 4
    for row in range(2, total):
        assert sheet.cell(row, 3).value == f'=IF(B{row}>=60,"是","否")'
    assert sheet.cell(total, 2).value == f"=SUM(B2:B{total - 1})"


def test_names_in_pinyin_in_english_and_with_remarks(lived):
    assert matched(form(["xm", "sfzh", "sjh", "xb"])) == {
        "xm": "name", "sfzh": "id_number", "sjh": "phone", "xb": "sex"
    }  # fmt: skip
    english = ["No.", "Name", "ID Number", "Mobile Phone", "Address"]
    fields = ["seq", "name", "id_number", "phone", "address"]
    assert list(matched(form(english)).values()) == fields
    odd = ["姓 名*", "身份证号码（必填）", "手机：", "何处返程", "车次/航班号/车牌号", "管控方式"]
    fields = ["name", "id_number", "phone", "came_from", "trip", "measure"]
    assert list(matched(form(odd)).values()) == fields


def test_another_persons_name_is_not_his(lived):
    assert matched(form(["姓名", "电话", "户主姓名", "紧急联系人电话", "户籍地址"])) == {
        "姓名": "name", "电话": "phone", "户主姓名": "", "紧急联系人电话": "", "户籍地址": ""
    }  # fmt: skip
    layout = look_over(
        "表.xlsx", form(["姓名", "电话", "户主", None], [None, None, "姓名", "电话"]), "elder"
    )
    assert [column.field for column in layout.columns if "户主" in column.names] == [""] * len(
        [column for column in layout.columns if "户主" in column.names]
    )


def test_two_columns_alike_are_named_and_the_first_is_filled(lived):
    layout = look_over("表.xlsx", form(["姓名", "联系电话", "手机号码"]), "elder")
    assert [column.field for column in layout.columns] == ["name", "phone", ""]
    assert [str(one) for one in layout.remarks()] == [
        "“联系电话”和“手机号码”很像，只填了前一列；要填后一列，请改一下对应。"
    ]


def test_a_date_cell_gets_a_date_and_a_hint_is_followed(lived):
    blank = form(["姓名", "出生日期", "返并时间（格式：10月6日）", "解除时间（如2022.10.6）"])
    layout = look_over("表.xlsx", blank, "returnee")
    assert [column.format for column in layout.columns] == ["plain", "iso", "month_day", "dots"]
    shown = form(["姓名", "出生日期"], ["张三", datetime(1990, 1, 1)])
    sheet = filled(shown, lived, "elder")
    assert isinstance(sheet["B2"].value, datetime) and sheet["B2"].is_date


def test_ticks_in_columns_of_their_own(lived):
    blank = form(["姓名", "性别", None], [None, "男", "女"], ["王某", "√", None], [None] * 3)
    sheet = filled(blank, lived, "elder")
    assert (sheet["A3"].value, sheet["B3"].value, sheet["C3"].value)[1:] in (
        ("√", None),
        (None, "√"),
    )
    assert sheet["B2"].value == "男"


def test_what_somebody_has_filled_in_already_stays(lived):
    blank = form(["姓名", "电话", "备注"], ["郭靖", "13900001111", "已报"], [None] * 3)
    sheet = filled(blank, lived, "elder")
    assert values(sheet, 2) == ["郭靖", "13900001111", "已报"]
    assert sheet["A3"].value


def test_masked_it_tells_what_a_ledger_tells(lived):
    sheet = filled(returnees_form(), lived, "returnee", full=False)
    person = lived.returnee
    told = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert not {person.name, person.phone, person.id_number} & told
    assert {"***", person.masked_name, person.masked_phone} <= told


def test_other_tables_of_the_file_are_named_and_left_as_they_are(lived):
    book = Workbook()
    sheet = book.active
    sheet.title = "在管"
    for row in (["姓名", "电话"], [], [], ["密接人员"], ["姓名", "电话", "关系"], []):
        sheet.append(row)
    book.create_sheet("老人").append(["姓名", "住址"])
    content = saved(book)
    layout = look_over("表.xlsx", content, "yellow")
    said = [str(remark) for remark in layout.remarks()]
    assert len(layout.others) == 2 and "还有别的表" in said[-1]
    assert Layout.from_stored(json.loads(json.dumps(layout.stored()))) == layout
