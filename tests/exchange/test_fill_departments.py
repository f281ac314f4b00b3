"""Blank forms of other departments: civil affairs, the health centre, the police, the street."""

from collections.abc import Iterable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.scope import Scope
from app.exchange.fill import Layout, look_over
from app.exchange.fill import tell as fill_tell
from app.exchange.fill.choices import fitting
from app.exchange.fill.headings import field_of
from app.exchange.fill.known import told_by
from app.lib import clock
from app.lib.db import session
from app.reports.ledger_asked import wanted_by
from tests.exchange.forms import BOX, filled, form, saved
from tests.intake.telling import tell

# By ledger, what is asked for and what that is; nothing for what nobody knows.
ASKED = {
    "elder": {
        "独居/空巢": "elder_class",
        "是否独居、空巢": "alone",
        "是否空巢": "empty_nest",
        "老人类别": "elder_kind",
        "身体状况": "health",
        "类别（独居/空巢/高龄）": "elder_kind",
        "居住情况": "elder_class",
        "末次随访时间": "contact",
        "实足年龄": "age",
        "80岁以上": "old80",
        "是否65岁以上": "old65",
        "网格员电话": "worker_phone",
        "户籍地址": None,
        "疫苗接种情况": None,
        "紧急联系人电话": None,
        "备注": None,
    },
    "returnee": {
        "来返并时间": "arrived",
        "学生姓名": "name",
        "现居住地详址": "address",
        "返自何地": "came_from",
        "离开出发地时间": "left_on",
        "返并交通方式及车次": "transport_trip",
        "已采取管控措施": "measure",
        "隔离管控截止日期": "ends",
        "赋标情况": "label",
        "来自地区": "came_from",
        "交通方式/车次": "transport_trip",
        "隔离方式": "measure",
        "隔离起始时间": "opened",
        "预计解除时间": "ends",
        "最近一次核酸时间": "sampled",
        "核酸结果": "test_result",
        "返并后居住地址": "address",
        "健康码颜色": None,
    },
    "yellow": {
        "当前码色": "code",
        "管控到期日": "ends",
        "采样结果": "test_result",
        "核查结果": "check_result",
        "核查时间": "check_at",
        "核查人姓名": "check_by",
        "是否核实": "checked",
        "转绿时间": "ended_at",
    },
    "record": {"核查人姓名": "by", "被核查人姓名": "name", "排查时间": "at"},
    "resident": {"承租人姓名": "name", "房东姓名": None, "核查人姓名": None},
}


@pytest.mark.parametrize("ledger", ASKED)
def test_what_departments_ask_for_is_known_and_nothing_else_is_guessed(ledger):
    offered = told_by(ledger)
    assert {name: field_of((name,), offered) for name in ASKED[ledger]} == ASKED[ledger]
    assert field_of(("房东", "姓名"), offered) is None


def sheet(*rows: Iterable[Any]) -> Worksheet:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    return book.active


def choice(sheet: Worksheet, cells: str, formula: str) -> None:
    rule = DataValidation(type="list", formula1=formula, allow_blank=True)
    rule.add(cells)
    sheet.add_data_validation(rule)


def layout(content: bytes, ledger: str) -> Layout:
    return look_over("表.xlsx", content, ledger)


def test_civil_affairs_ask_of_elders_with_lists_in_the_cells(app, cast):
    tell("visit", cast.elder, by=cast.worker, outcome="unwell", way="door")
    form = sheet(
        ["独居、空巢老人探访台账"],
        ["序号", "老人", None, "独居/空巢", "探访情况", None, "是否80岁以上"],
        [None, "姓名", "性别（1男2女）", None, "最近探访时间", "身体状况"],
        [1],
        [2],
        ["合计"],
    )
    for cells in ("A1:G1", "A2:A3", "B2:C2", "D2:D3", "E2:F2", "G2:G3"):
        form.merge_cells(cells)
    choice(form, "D4:D5", '"独居老人,空巢老人"')
    choice(form, "G4:G5", '"√,×"')
    choice(form, "F4:F5", "=选项!$A$1:$A$2")
    options = form.parent.create_sheet("选项")
    options.append(["健康"])
    options.append(["身体不舒服"])
    form["E4"].number_format = "yyyy/m/d"
    found = filled(saved(form.parent), cast, "elder")
    line = [cell.value for cell in found[4]]
    assert line[:4] == [1, "刘福", "1", "独居老人"]
    assert (line[4].date(), line[6]) == (clock.today(), "√")
    assert layout(saved(form.parent), "elder").columns[0].words == "序号"


def test_who_checked_a_yellow_code_when_and_what_she_found(app, cast):
    tell("code_check", cast.yellow_case, by=cast.worker, outcome="not_ours")
    session.commit()
    heads = ["姓名", "电话", "当前码色", "核查结果", "核查时间", "核查人姓名", "是否核实"]
    line = [cell.value for cell in filled(form(heads), cast, "yellow")[2]]
    assert line[2:] == ["黄码", "不是本社区的", "2022-10-06", "李娜", "是"]


def test_the_same_columns_twice_side_by_side_are_filled_left_then_right(app, lived):
    heads = ["序号", "姓名", "电话"]
    twice = form([*heads, None, *heads], [1, None, None, None, 2], ["填表人："])
    assert "左边填满，再填右边" in str(layout(twice, "resident").remarks()[0])
    found = filled(twice, lived, "resident")
    rows = [[cell.value for cell in row] for row in found.iter_rows(min_row=2)]
    ends = next(number for number, row in enumerate(rows) if str(row[0]).startswith("填表人"))
    numbers = [row[0] for row in rows[:ends]] + [row[4] for row in rows[:ends] if row[5]]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) > ends > 1


def test_another_table_beside_and_a_table_below_are_named_and_left_alone(app, cast):
    heads = ["序号", "姓名", "电话"]
    beside = form([*heads, None, *heads[1:], "年龄"])
    assert "E 列起右边还有" in str(layout(beside, "elder").remarks()[0])
    assert [cell.value for cell in filled(beside, cast, "elder")[2]][4:] == [None] * 3
    below = form(["一、独居老人"], heads, [1], [2], [], ["二、空巢老人"], heads, [1])
    assert "Sheet1 第 7 行" in str(layout(below, "elder").remarks()[0])
    assert [cell.value for cell in filled(below, cast, "elder")[8]] == [1, None, None]


def test_a_sheet_for_each_grid_gets_the_rows_of_its_grid(app, lived):
    form = sheet(["姓名", "所属网格"], [None, None])
    form.title = "第一网格"
    other = form.parent.copy_worksheet(form)
    other.title = "第9网格"
    found = filled(saved(form.parent), lived, "resident")
    assert {row[1].value for row in found.iter_rows(min_row=2) if row[0].value} == {"第1网格"}
    assert found.parent["第9网格"].max_row < 3
    told = layout(saved(form.parent), "resident")
    assert "按网格分开填" in str(told.remarks()[0]) and told.others == ()


def test_lines_of_the_office_sums_above_and_numbers_of_columns_are_no_rows(app, lived):
    form = sheet(
        ["核查反馈表"],
        ["反馈单位：", None, "反馈时间："],
        ["编号", "老人姓名", "联系电话"],
        ["合计", "=COUNTA(B5:B6)"],
        [1],
        [2],
        [],
        ["采样员："],
    )
    for row in form["A3:C6"]:
        for cell in row:
            cell.border = BOX
    told = layout(saved(form.parent), "elder")
    assert (told.top, told.first, told.last) == (3, 5, 6)
    assert [column.field for column in told.columns] == ["seq", "name", "phone"]
    found = filled(saved(form.parent), lived, "elder")
    assert found["B4"].value.startswith("=COUNTA(B5:B") and found["B5"].value == "刘福"


def test_what_a_list_has_no_word_for_stays_empty_and_is_said(app, lived):
    heads = ["姓名", "是否独居", "身体状况"]
    form = sheet(heads, [None] * 3)
    choice(form, "B2:B9", '"有,无"')
    choice(form, "C2:C9", '"1-优,2-差"')
    found = filled(saved(form.parent), lived, "elder")
    assert {found["B2"].value, found["C2"].value} == {"有", None}
    scope = Scope(lived.director)
    wanted = wanted_by(scope, "elder", {})
    told = fill_tell(layout(saved(form.parent), "elder"), wanted, scope.grids)
    assert "下拉选项里没有" in str(told.remarks()[0])
    assert "身体状况" in [gap.column.words for gap in told.missing]


@pytest.mark.parametrize(
    "value, said, offered, meant",
    [
        (True, "是", ("已核", "未核"), "已核"),
        (False, "否", ("已核", "未核"), "未核"),
        (False, "否", ("是", "否", "不详"), "否"),
        (True, "是", ("√",), "√"),
        (False, "否", ("√",), ""),
        (True, "是", ("独居", "非独居"), "独居"),
        ("coach", "客车", ("1-飞机", "3-汽车"), "3-汽车"),
        ("x", "7天居家隔离医学观察", ("居家", "居家隔离", "集中隔离"), "居家隔离"),
        ("x", "3天自我监测，3天3检", ("居家隔离", "三天三检"), "三天三检"),
        ("x", "不在本社区", ("在本社区", "空号"), None),
        ("x", "需要帮忙", ("良好", "一般"), None),
    ],
)
def test_the_word_of_a_list_that_means_it(value, said, offered, meant):
    assert fitting(value, said, offered) == meant
