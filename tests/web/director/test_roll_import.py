"""A director hands in her community's roll on a page: look first, then import, mend the rest."""

from io import BytesIO
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from app.domain.audit import AuditEntry
from app.domain.residents import Resident
from app.exchange.tables import read_tables
from app.lib import vault
from app.lib.db import session
from tests.exchange.sheets import HEADS, named, number, person, roll


def hand_in(client, content: bytes, name: str = "名册.xlsx"):
    return client.post("/roll-import", data={"file": (BytesIO(content), name)})


def words(response) -> str:
    return BeautifulSoup(response.data, "lxml").get_text(" ", strip=True)


def residents() -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Resident))


@pytest.fixture
def desk(client_of, cast):
    return client_of(cast.director)


@pytest.fixture
def looked(desk) -> str:
    """The page of a roll of three: one new, one known, one wrong."""
    rows = person(1, "张一"), person(2, "张二", 身份证号="1.40106E+17"), ["合计", "2人"]
    answer = hand_in(desk, roll(*rows))
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_the_page_asks_for_a_file(desk):
    page = desk.get("/roll-import")
    assert page.status_code == 200
    assert "先看看会怎样" in words(page)


def test_what_would_happen_is_shown_and_nothing_is_done(desk, looked):
    shown = words(desk.get(looked))
    assert "导入：新增 1，更新 0" in shown
    assert "号码在表格里已丢位" in shown and "合计行" in shown
    assert "张一" not in shown and number(1) not in shown
    assert residents() == 6


def test_the_import_follows_her_word(desk, looked):
    answer = desk.post(f"{looked}/confirmation")
    assert answer.status_code == 303
    shown = words(desk.get(answer.headers["Location"]))
    assert "名册已导入" in shown and "确认" not in shown
    assert residents() == 7 and named("张一")
    assert "新增 1，更新 0，没有变化 0，有错误 1，跳过 1" in words(desk.get("/roll-import"))


def test_a_second_press_imports_nothing_more(desk, looked):
    desk.post(f"{looked}/confirmation")
    before = words(desk.get(looked))
    assert desk.post(f"{looked}/confirmation").status_code == 303
    assert words(desk.get(looked)) == before
    assert residents() == 7


def test_while_it_runs_the_page_says_so(desk, looked, cast):
    roll_id, owner = UUID(looked.rpartition("/")[2]), f"user:{cast.director.id}"
    kept = vault.take(roll_id, owner)
    assert "正在导入" in words(desk.get(looked))
    assert desk.post(f"{looked}/confirmation").status_code == 303
    assert residents() == 6
    vault.put(roll_id, kept, owner)
    assert "导入前看一看" in words(desk.get(looked))


def test_a_file_that_is_not_wanted_is_deleted(desk, looked):
    answer = desk.post(f"{looked}/removal")
    assert answer.status_code == 303
    assert "什么也没有导入" in words(desk.get(answer.headers["Location"]))
    assert desk.get(looked).status_code == 404
    assert residents() == 6


def test_the_wrong_rows_come_back_mended_and_go_in(desk, looked):
    desk.post(f"{looked}/confirmation")
    book = desk.post(f"{looked}/rows.xlsx")
    entry = session.query(AuditEntry).filter_by(action="exported").one()
    assert (entry.who, entry.target) == ("zhangmin", f"roll:{looked.rsplit('/', 1)[1]}")
    assert book.headers["Content-Disposition"].startswith("attachment")
    header, row = read_tables("x.xlsx", book.data)[0].rows
    assert header.cells == (*HEADS, "原行号", "结果", "原因")
    assert row.cells[1:3] == ("张二", "1.40106E+17") and "已丢位" in row.cells[-1]
    mended = list(row.cells)
    mended[2] = number(2)
    answer = hand_in(desk, roll(mended, heads=header.cells))
    desk.post(f"{answer.headers['Location']}/confirmation")
    assert residents() == 8 and named("张二").id_number == number(2)


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "", "请先选一个文件"),
        (b"%PDF", "名册.pdf", "请交 .xlsx"),
        (b"PK\x03\x04xx", "名册.xlsx", "这个文件打不开"),
        (roll(heads=("甲", "乙")), "名册.xlsx", "没有找到表头"),
    ],
)
def test_a_file_that_is_no_roll_is_refused_beside_the_field(desk, content, name, why):
    answer = hand_in(desk, content, name)
    assert answer.status_code == 422
    field = BeautifulSoup(answer.data, "lxml").find(id="file-why")
    assert why in field.get_text()


def test_only_the_one_who_handed_it_in_finds_it(desk, looked, cast, client_of):
    for other in (cast.secretary, cast.next_director):
        client = client_of(other)
        assert client.get(looked).status_code == 404
        assert client.post(f"{looked}/rows.xlsx").status_code == 404
        assert client.post(f"{looked}/confirmation").status_code == 404
        assert client.post(f"{looked}/removal").status_code == 404
    assert desk.get(looked).status_code == 200
    assert residents() == 6


def test_others_cannot_import(client_of, cast):
    for other in (cast.worker, cast.official, cast.admin):
        client = client_of(other)
        assert client.get("/roll-import").status_code == 403
        assert hand_in(client, roll(person(1, "张一"))).status_code == 403
    assert residents() == 6


def test_a_blank_roll_can_be_filled_and_handed_in(desk):
    blank = read_tables("x.xlsx", desk.get("/roll-import/blank.xlsx").data)[0].rows[0].cells
    row = {"姓名": "张一", "身份证号": number(1), "小区": "二轻小区", "楼号": "2", "房号": "101"}
    answer = hand_in(desk, roll([row.get(head) for head in blank], heads=blank))
    desk.post(f"{answer.headers['Location']}/confirmation")
    assert named("张一").household.address == "二轻小区 2号楼 101"
