"""A director drops a list, looks the match over, sees its rows become work and decides the rest."""

from datetime import date
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook
from sqlalchemy import func, select

from app.domain.audit import AuditEntry
from app.domain.cases import Case
from app.domain.checks import Check
from app.domain.column_matches import remembered
from app.domain.pushed import ListRow, PushedList
from app.domain.residents import Resident
from app.exchange.tables import read_tables
from app.lib.db import session
from tests.exchange.sheets import named, number, workbook
from tests.exports import in_full, words_of

HEADS = ["姓名", "身份证号", "联系电话", "返并时间", "来自", "现住址", "管控措施"]
HOME = "二轻小区2号楼1单元601"


@pytest.fixture
def desk(client_of, cast):
    return client_of(cast.director)


def drop(desk, *rows, **told):
    file = (BytesIO(workbook(rows)), "名单.xlsx")
    return desk.post("/imports", data={"file": file, "kind": "auto", "sender": "防控办"} | told)


def words(response) -> str:
    return BeautifulSoup(response.data, "lxml").get_text(" ", strip=True)


def taken(desk, *rows, **told) -> str:
    """Drop a list, confirm its match, let it be worked through; the address of its page."""
    match = drop(desk, *rows, **told).headers["Location"]
    page = desk.post(f"{match}/confirmation").headers["Location"]
    assert desk.post(f"{page}/progress").status_code == 200
    return page


def states() -> list[str]:
    session.rollback()
    return list(session.scalars(select(ListRow.state).order_by(ListRow.id)))


def test_the_match_is_shown_with_samples_and_nothing_is_done(desk, cast):
    answer = drop(desk, HEADS, ["张一", number(1), "13911112221", "10.5", "吕梁", HOME, "3天3检"])
    assert answer.status_code == 303
    page = desk.get(answer.headers["Location"])
    chosen = BeautifulSoup(page.data, "lxml").select(".matches option[selected]")
    assert [one["value"] for one in chosen][:3] == ["name", "id_number", "phone"]
    assert "返回人员" in words(page) and "吕梁" in words(page)
    assert session.scalar(select(func.count(PushedList.id))) == 0


def test_clear_rows_become_work_and_the_others_wait(desk, cast):
    plain = cast.plain
    rows = [
        ["张一", number(1), "13911112221", "10.5", "吕梁离石", HOME, "3天3检"],
        ["李四", "", plain.phone, "10.5", "吕梁离石", "", "3天3检"],
        ["张三", number(3), "13911112223", "10.5", "吕梁离石", "恒大绿洲3-1-501", "3天3检"],
        ["张四", "1.40106E+17", "", "10.5", "吕梁离石", HOME, ""],
    ]
    page = taken(desk, HEADS, *rows)
    assert states() == ["work", "doubtful", "unplaced", "refused"]
    shown = words(desk.get(page))
    assert "已成任务 1" in shown and "丢位" in shown and "张一" not in shown
    waiting = words(desk.get(f"{page}/waiting"))
    assert "电话相同" in waiting and "姓名不同" in waiting and "恒大绿洲" in waiting
    assert plain.phone not in waiting and plain.name not in waiting and "李四" not in waiting


def decide(desk, place: int, what: str, value: object = "") -> None:
    row = session.scalars(select(ListRow.id).order_by(ListRow.id)).all()[place]
    session.rollback()
    answer = desk.post(f"/imports/rows/{row}/decision", data={"what": what, "value": value})
    assert answer.status_code == 303


def test_a_person_decides_with_one_tap(desk, cast):
    heads, plain = ["姓名", "电话", "地址"], cast.plain
    rows = [["李四", plain.phone, ""], ["张二", "13911112222", ""], ["张三", "13911112223", ""]]
    taken(desk, heads, *rows, kind="check", question="近期是否离并")
    assert states() == ["doubtful", "unplaced", "unplaced"]
    decide(desk, 0, "person", plain.id)
    decide(desk, 1, "grid", cast.grid2.code)
    decide(desk, 2, "outside", "other_community")
    assert states() == ["work", "work", "outside"]
    checks = session.scalars(select(Check).order_by(Check.id)).all()
    assert [check.grid_id for check in checks] == [cast.grid1.id, cast.grid2.id]
    decide(desk, 2, "grid", cast.grid2.code)
    assert states()[2] == "outside"


def test_what_was_changed_of_the_match_is_remembered_for_the_sender(desk, cast):
    heads, row = ["姓名", "电话", "联系人电话"], ["张一", "13911112221", "13911112222"]
    match = drop(desk, heads, row, kind="check").headers["Location"]
    desk.post(f"{match}/confirmation", data={"field-2": "", "field-3": "phone"})
    kept = {"电话": "", "联系人电话": "phone"}
    assert remembered(cast.home, "check", "防控办") == kept
    again = drop(desk, heads, ["张二", *row[1:]], kind="check").headers["Location"]
    page = BeautifulSoup(desk.get(again).data, "lxml")
    assert page.select_one("select[name=field-3] option[selected]")["value"] == "phone"


def test_a_wrong_guess_of_the_kind_is_changed_and_nothing_else_is_lost(desk, cast):
    heads = ["姓名", "电话", "单位电话", "到并日期"]
    row = ["张一", "13911112221", "13911112222", "10.5"]
    match = drop(desk, heads, row, kind="check", question="近期是否离并").headers["Location"]
    told = {"kind": "returnee", "field-2": "", "field-3": "phone"}
    assert desk.post(f"{match}/kind", data=told).headers["Location"] == match
    page = BeautifulSoup(desk.get(match).data, "lxml")
    assert [one["value"] for one in page.select("option[selected]")] == [
        "returnee", "name", "phone", "arrived"]  # fmt: skip
    assert page.select_one("[name=field-3] [selected]")["value"] == "phone"
    for kind in ("yellow", "returnee"):  # changed and not yet looked at: nothing is imported
        told = {"kind": kind}
        assert desk.post(f"{match}/confirmation", data=told).headers["Location"] == match
    desk.post(f"{match}/confirmation", data=told)
    kept = session.scalars(select(PushedList)).one()
    assert (kept.kind, kept.sender, kept.question) == ("returnee", "防控办", "近期是否离并")
    remembers = remembered(cast.home, "returnee", "防控办")
    assert remembers == {"电话": "", "单位电话": "phone"}


def test_sheets_with_other_headers_have_columns_of_their_own(desk, cast):
    other = ["住址", "姓名", "联系人电话"]
    book = workbook([HEADS, ["张一", number(1), "13911112221"]], [other, ["3-1-501", "张二", "1"]])
    file = {"file": (BytesIO(book), "两张.xlsx"), "kind": "check", "sender": "防控办"}
    match = desk.post("/imports", data=file).headers["Location"]
    chosen = BeautifulSoup(desk.get(match).data, "lxml").select(".matches [selected]")
    told = {one.find_parent("select")["name"]: one["value"] for one in chosen}
    assert (len(told), told["field-9"]) == (9, "phone")  # 姓名 of the second is that of the first
    desk.post(f"{match}/confirmation", data=told | {"field-9": ""})
    assert remembered(cast.home, "check", "防控办") == {"联系人电话": ""}


def test_every_row_is_given_back_with_its_state(desk, cast):
    rows = [["张一", number(1), "13911112221", "10.5", "吕梁离石", HOME, "3天3检"],
            ["合计", "1人"], ["张四", "1.40106E+17", "", "", "", HOME, ""]]  # fmt: skip
    page = taken(desk, ["返并台账"], HEADS, *rows)
    result = load_workbook(BytesIO(desk.post(f"{page}/result").data)).active
    told = [[cell.value for cell in row][-5:-2] for row in result.iter_rows()]
    assert [one[1] for one in told] == ["结果", "已成任务", "跳过", "有错"]
    assert [one[0] for one in told] == ["原行号", "3", "4", "5"]
    assert not {"张一", number(1), "13911112221"} & words_of(result.parent)


def test_whole_names_of_a_list_go_the_way_of_every_export(desk, cast):
    row = ["张一", number(1), "13911112221", "10.5", "吕梁离石", HOME, "3天3检"]
    page = taken(desk, HEADS, row)
    assert {"张一", number(1), "13911112221"} <= words_of(in_full(desk, f"{page}/full"))
    entry = session.query(AuditEntry).filter_by(action="exported").one()
    assert (entry.target[:5], entry.reason) == ("list:", "报街道 1 人")
    many = [[f"牛{n}", "", f"1390351{n:04d}", "", "", HOME, ""] for n in range(51)]
    page = taken(desk, HEADS, *many, kind="check")
    asked = desk.post(f"{page}/full", data={"reason": "报街道"}, follow_redirects=True)
    assert "等第二个人批准" in asked.text
    assert "先写明用途" in desk.post(f"{page}/full", follow_redirects=True).text


def test_a_list_is_taken_back_until_somebody_has_worked_on_it(desk, cast):
    page = taken(desk, HEADS, ["张一", number(1), "", "10.5", "吕梁离石", HOME, "3天3检"])
    assert "已撤回 1 行" in words(desk.post(f"{page}/undoing", follow_redirects=True))
    assert states() == ["undone"]
    assert session.scalar(select(Case.closed_at).order_by(Case.id.desc()).limit(1)) is not None
    assert session.scalar(select(Resident.left_on).where(Resident.name == "张一")) is not None
    assert named("张一") is not None


def test_others_see_nothing_of_it(desk, client_of, cast):
    page = taken(desk, HEADS, ["张一", number(1), "", "10.5", "吕梁离石", HOME, "3天3检"])
    assert client_of(cast.next_director).get(page).status_code == 404
    assert client_of(cast.worker).get(page).status_code == 403


def test_a_roll_comes_by_the_same_desk(desk, cast):
    heads = ["姓名", "身份证号", "与户主关系", "住址", "人员类别"]
    known = [cast.plain.name, cast.plain.id_number, "户主", "", ""]
    elder = ["张二", number(2, date(1940, 1, 2)), "户主", "新院9-1-101", "独居"]
    page = taken(desk, heads, ["张一", number(1), "户主", HOME, ""], known, elder)
    assert states() == ["added", "updated", "added"]
    assert "新增 2" in words(desk.get(page)) and "1 位老人" in words(desk.get(page))
    rows = words(desk.get(f"{page}/rows?state=added"))
    assert "张*" in rows and "张一" not in rows and "未分网格" in rows and "列入关爱名册" in rows


def test_a_row_is_taken_back_with_one_tap_or_says_why_not(desk, cast):
    rest = ["", "10.5", "吕梁离石", HOME, "3天3检"]
    taken(desk, HEADS, ["张一", number(1), *rest], ["张二", number(2), *rest])
    row = session.scalars(select(ListRow.id)).first()
    session.rollback()
    shown = desk.post(f"/imports/rows/{row}/undoing", follow_redirects=True)
    assert "第 2 行已撤回" in words(shown)
    assert states() == ["undone", "work"]
    assert session.scalars(select(Case.closed_at).order_by(Case.id)).all()[-2:][0] is not None
    again = desk.post(f"/imports/rows/{row}/undoing", follow_redirects=True)
    assert "已经撤回" in words(again)


def test_an_empty_roll_can_be_filled_and_handed_in(desk, cast):
    blank = read_tables("x.xlsx", desk.get("/imports/blank-roll.xlsx").data)[0].rows[0].cells
    row = {"姓名": "张一", "身份证号": number(1), "小区": "二轻小区", "楼号": "2", "房号": "101"}
    taken(desk, blank, [row.get(head) for head in blank], kind="resident")
    assert named("张一").household.address == "二轻小区 2号楼 101"


def test_a_file_without_a_table_is_one_sentence_beside_the_field(desk, cast):
    form = ["姓名", "张一"], ["身份证号", number(1)], ["联系电话", "13911112221"], ["住址", HOME]
    for rows, says in (
        ([["请于今日上报"]], "没有找到表头"),
        (form, "一人一张"),
        ([HEADS], "只有表头"),
    ):
        answer = drop(desk, *rows)
        assert answer.status_code == 422 and says in words(answer)
