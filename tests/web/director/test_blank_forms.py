"""A director hands in somebody's blank form once; from then on it is filled with one press."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.domain.audit import AuditEntry
from app.domain.blank_forms import BlankForm
from app.domain.records import Record
from app.domain.tasks import Task
from app.lib.db import session
from tests.exchange.forms import form, returnees_form
from tests.exports import in_full, words_of
from tests.web.pages import press, queries, soup


@pytest.fixture
def desk(client_of, lived):
    return client_of(lived.director)


def hand_in(client, content: bytes, name: str = "返并表.xlsx", **more: str):
    data = {"file": (BytesIO(content), name), "kind": "returnee", "query": ""} | more
    return client.post("/blank-forms", data=data)


@pytest.fixture
def kept(desk) -> str:
    """The address of the street's form, handed in."""
    answer = hand_in(desk, returnees_form())
    assert answer.status_code == 303
    return answer.headers["Location"]


def sheet_of(answer):
    assert answer.status_code == 200, answer.headers
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return load_workbook(BytesIO(answer.data)).active


def told_in(answer) -> set[str]:
    return {str(cell.value) for row in sheet_of(answer).iter_rows() for cell in row}


def exported() -> list[tuple[str, str]]:
    session.rollback()
    return [
        (entry.target, entry.reason)
        for entry in session.query(AuditEntry).filter_by(action="exported")
    ]


def test_the_ledger_leads_to_it_with_its_filters(desk):
    page = soup(desk.get("/ledgers/returnee?state=every"))
    link = next(link for link in page.find_all("a") if "填别人发来的表" in link.text)
    form_page = soup(desk.get(link["href"]))
    assert form_page.find("input", {"name": "query"})["value"] == "state=every"
    assert form_page.find("option", selected=True)["value"] == "returnee"


def test_the_match_is_shown_with_samples_and_names_nobody(desk, kept, lived):
    with queries() as sent:
        page = soup(desk.get(kept))
    assert len(sent) <= 20
    text = page.get_text(" ", strip=True)
    assert "姓名" in text and lived.returnee.masked_name in text and "***" in text
    assert lived.returnee.name not in text and lived.returnee.phone not in text
    chosen = {one["name"]: one.find("option", selected=True) for one in page.find_all("select")}
    assert chosen["field-3"]["value"] == "id_number" and chosen["format-4"]["value"] == "spaced"


def test_one_press_the_next_day(desk, kept, lived):
    form_id = kept.rsplit("/", 1)[1]
    assert soup(desk.get("/blank-forms")).find("form", action=f"/blank-forms/{form_id}/filled.xlsx")
    words = told_in(desk.post(f"{kept}/filled.xlsx"))
    assert lived.returnee.masked_name in words
    assert not {lived.returnee.name, lived.returnee.phone, lived.returnee.id_number} & words
    ((target, reason),) = exported()
    assert target == f"blank_form:{form_id}" and reason.endswith("条")


def test_in_full_only_with_a_reason_that_is_kept(desk, kept, lived):
    assert desk.post(f"{kept}/full").location == kept
    assert exported() == []
    words = words_of(in_full(desk, f"{kept}/full"))
    assert {lived.returnee.name, lived.returnee.id_number} <= words
    ((_target, reason),) = exported()
    assert reason.startswith("报街道 ") and reason.endswith(" 人")


def test_what_is_corrected_holds(desk, kept, lived):
    page = soup(desk.get(kept))
    fields = {
        one["name"]: one.find("option", selected=True)["value"]
        for one in page.find_all("select")
        if one.find("option", selected=True)
    }
    changed = fields | {"field-9": "", "format-4": "plain", "name": "给街道的"}
    assert desk.post(f"{kept}/columns", data=changed).status_code == 303
    words = words_of(in_full(desk, f"{kept}/full"))
    assert lived.returnee.phone in words and "否" not in words
    again = hand_in(desk, returnees_form(), "给街道的.xlsx").headers["Location"]
    page = soup(desk.get(again))
    assert page.find("input", {"name": "name"})["value"] == "给街道的 2"
    assert (
        page.find("select", {"name": "format-4"}).find("option", selected=True)["value"] == "plain"
    )


def test_only_what_is_new_or_changed(desk, kept, lived):
    in_full(desk, f"{kept}/full")
    nothing = desk.post(f"{kept}/full", data={"reason": "报街道", "new": "1"})
    assert nothing.location == kept and "一条也没有" in desk.get(kept).text
    desk.post(f"{kept}/filled.xlsx")
    assert desk.post(f"{kept}/filled.xlsx", data={"new": "1"}).status_code == 303
    lived.returnee.set_phone("13900002222")
    session.commit()
    words = words_of(in_full(desk, f"{kept}/full", new="1"))
    assert lived.returnee.name in words and "13900002222" in {
        word.replace(" ", "") for word in words
    }


def test_what_is_missing_is_counted_and_named_masked(desk, kept, lived):
    lived.returnee.set_phone(None)
    session.commit()
    missing = soup(desk.get(kept)).find(id="missing").get_text(" ", strip=True)
    assert "联系电话 缺 1 人" in missing and lived.returnee.masked_name in missing


def test_what_is_missing_is_asked_for_in_one_go_and_only_once(desk, client_of, kept, lived):
    lived.returnee.set_phone(None)
    session.commit()
    given = desk.post(f"{kept}/missing").location
    assert "请补：电话" in desk.get(given).text
    (task,) = session.query(Task).filter_by(asks="supplement")
    assert (task.resident_id, task.grid_id) == (lived.returnee.id, lived.grid1.id)
    assert desk.post(f"{kept}/missing").location == kept  # it is under way
    worker = client_of(lived.worker)
    page = f"/record/supplement?task={task.id}"
    assert press(worker, page, page, phone="139").status_code == 422
    press(worker, page, page, phone="13900003333")
    session.expire_all()
    assert lived.returnee.phone == "13900003333" and task.state == "done"
    assert "缺 1 人" not in desk.get(kept).text
    record = session.query(Record).filter_by(kind="supplement").one()
    assert record.fields == {"told": ["phone"]}


def test_a_form_with_a_filter_gets_those_rows(desk, lived):
    answer = hand_in(desk, form(["姓名", "电话"]), kind="yellow", query="stage=ready")
    assert (
        len(list(sheet_of(desk.post(f"{answer.headers['Location']}/filled.xlsx")).iter_rows())) == 2
    )


@pytest.mark.parametrize(
    "content, name, says",
    [
        (b"", "表.xlsx", "这个文件是空的"),
        (b"<html>", "表.xlsx", "其实是网页"),
        (b"\xd0\xcf\x11\xe0 old", "表.xls", "旧版的 .xls"),
        (form(["项目", "数量"]), "表.xlsx", "没有认出表头"),
    ],
)
def test_what_is_no_form_is_one_sentence(desk, content, name, says):
    answer = hand_in(desk, content, name)
    assert answer.status_code == 422 and says in answer.text
    assert session.query(BlankForm).count() == 0


def test_without_a_file_it_asks_for_one(desk):
    answer = desk.post("/blank-forms", data={"kind": "yellow"})
    assert answer.status_code == 422 and "请先选一个文件" in answer.text


def test_it_can_be_thrown_away(desk, kept):
    assert desk.post(f"{kept}/removal").status_code == 303
    assert desk.get(kept).status_code == 404


def test_a_filter_that_is_no_more_says_so(desk, kept):
    session.query(BlankForm).one().query = "grid=140106001002999"
    session.commit()
    answer = desk.get(kept, follow_redirects=True)
    assert "筛选条件已失效" in answer.text


def test_nobody_elses(client_of, kept, lived):
    for who, status in (("worker", 403), ("next_director", 404), ("official", 403), ("admin", 403)):
        client = client_of(getattr(lived, who))
        assert client.get(kept).status_code == status
        for deed in ("filled.xlsx", "full", "columns", "removal"):
            assert client.post(f"{kept}/{deed}", data={"reason": "看看"}).status_code == status
    assert exported() == []
