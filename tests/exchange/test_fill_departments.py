"""Blank forms of other departments: civil affairs, the health centre, the police, the street."""

from collections.abc import Iterable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.fill import Layout, look_over
from app.exchange.fill.headings import field_of
from app.exchange.fill.known import told_by
from app.lib import clock
from app.lib.db import session
from tests.exchange.forms import filled, form, saved
from tests.intake.telling import tell

# By ledger, what is asked for and what that is; nothing for what nobody knows.
ASKED = {
    "elder": {
        "独居/空巢": "elder_class",
        "是否独居、空巢": "alone",
        "是否空巢": "empty_nest",
        "老人类别": "elder_kind",
        "身体状况": "health",
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


def test_a_table_beside_and_a_table_below_are_named_and_left_alone(app, cast):
    heads = ["序号", "姓名", "电话"]
    beside = form([*heads, None, *heads])
    assert "E 列起右边" in str(layout(beside, "elder").remarks()[0])
    assert [cell.value for cell in filled(beside, cast, "elder")[2]][4:] == [None, None, None]
    below = form(["一、独居老人"], heads, [1], [2], [], ["二、空巢老人"], heads, [1])
    assert "Sheet1 第 7 行" in str(layout(below, "elder").remarks()[0])
    assert [cell.value for cell in filled(below, cast, "elder")[8]] == [1, None, None]
