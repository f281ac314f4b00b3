"""What was verified goes to the city's platform, and its receipt comes back row by row."""

from io import BytesIO

import pytest

from app.domain.uploads import UploadBatch, UploadItem
from app.lib import clock
from app.lib.db import session
from app.reports.counters import asked, count
from tests.exchange.forms import form
from tests.exports import fetched, words_of
from tests.lived_day import at, tell
from tests.uploads import record_of, verified
from tests.web.pages import soup


@pytest.fixture
def desk(client_of, cast):
    return client_of(cast.director)


def waiting(cast, name: str = "to_upload") -> int:
    session.rollback()
    return count(name, asked(cast.home))


def drawn(desk) -> str:
    """The address of a batch of all that waits."""
    answer = desk.post("/uploads")
    assert answer.status_code == 303
    return answer.location


def sent(desk) -> str:
    batch = drawn(desk)
    assert desk.post(f"{batch}/sending").status_code == 303
    return batch


def receipt(desk, batch: str, *rows: list, name: str = "回执.xlsx", **more: str):
    file = {"file": (BytesIO(form(*rows)), name)}
    return desk.post(f"{batch}/receipt", data=file | more)


def states() -> dict[int, str]:
    session.rollback()
    return {item.number: item.state for item in session.query(UploadItem)}


def test_the_board_counts_exactly_what_is_verified_and_not_uploaded(desk, cast):
    verified(cast, 3)
    record_of(cast.elder, "code_check", "unreachable", clock.now(), cast)
    tell("visit", cast.elder, cast.worker, at(6, 9), outcome="well", way="door")
    session.commit()
    assert waiting(cast) == 3
    line = next(li for li in soup(desk.get("/board")).select("li.need") if "未上传" in li.text)
    assert line.find(attrs={"data-count": "3"}).text == "3 条已核实未上传"
    assert line.find("a", class_="btn")["href"] == "/uploads"
    sent(desk)
    assert waiting(cast) == 0 and "已核实未上传" not in desk.get("/board").text


def test_what_is_old_rises_above_all_that_is_not_grave(desk, cast):
    verified(cast, 1, hours_ago=30)
    line = soup(desk.get("/board")).find("li", class_="need")
    assert "已核实未上传" in line.text and "bad" in line["class"] and "30 小时" in line.text


def test_a_batch_is_fetched_sent_and_answered(desk, cast):
    people = [record.resident for record in verified(cast, 3)]
    batch = drawn(desk)
    assert waiting(cast) == 3  # drawn is not uploaded
    book = fetched(desk, soup(desk.get(batch)).find("form", action=_export_file)["action"][:-5])
    assert {person.id_number for person in people} <= words_of(book)
    assert [cell.value for cell in book.active[3]][:2] == ["1", "核0"]
    desk.post(f"{batch}/sending")
    assert waiting(cast) == 0
    page = receipt(
        desk, batch,
        ["编号", "姓名", "核实结果", "导入结果", "失败原因"],
        [1, "核0", "情况属实", "成功", ""],
        [2, "核1", "情况属实", "失败", "身份证号重复"],
        [9, "谁", "情况属实", "成功", ""],
        [3, "核2", "情况属实", "转人工", ""],
    )  # fmt: skip
    assert states() == {1: "accepted", 2: "refused", 3: "sent"}
    said = soup(page).find(id="read").get_text(" ", strip=True)
    assert "第 4 行：这一行对不上" in said and "看不懂结果“转人工”" in said
    assert "身份证号重复" in page.text
    assert (waiting(cast), waiting(cast, "upload_refused")) == (0, 1)
    assert "1 条被平台退回" in desk.get("/board").text


def _export_file(action: str) -> bool:
    return bool(action) and action.startswith("/exports/") and action.endswith("/file")


def test_a_receipt_by_id_number_that_names_only_failures(desk, cast):
    people = [record.resident for record in verified(cast, 3)]
    batch = sent(desk)
    rows = [["身份证号", "状态", "原因"], [people[1].id_number, "未通过", "信息不全"]]
    receipt(desk, batch, *rows, rest_taken="y")
    assert states() == {1: "accepted", 2: "refused", 3: "accepted"}


def test_receipts_in_other_shapes(desk, cast):
    people = [record.resident for record in verified(cast, 5)]
    batch = sent(desk)
    failures = ["姓名", "手机号", "导入失败原因"], [people[0].name, people[0].phone, "重复"]
    receipt(desk, batch, ["失败数据"], *failures, name="失败.xlsx")
    both = ["序号", "身份证号码", "校验状态"], [9, "'" + people[1].id_number, "失败：住址有误"]
    page = receipt(desk, batch, *both, [4, people[3].id_number, "新增成功"]).text
    assert states() == {1: "refused", 2: "refused", 3: "sent", 4: "accepted", 5: "sent"}
    assert "住址有误" in page and "重复" in page


def test_what_was_given_back_goes_up_again(desk, cast):
    verified(cast, 1)
    receipt(desk, sent(desk), ["编号", "结果", "原因"], [1, "失败", "格式"])
    (item,) = session.query(UploadItem)
    desk.post("/uploads/again")
    assert waiting(cast, "upload_refused") == 1
    desk.post("/uploads/again", data={"items": item.id})
    assert (waiting(cast), waiting(cast, "upload_refused")) == (1, 0)
    sent(desk)
    assert waiting(cast) == 0


def test_a_correction_is_to_be_uploaded_and_the_old_one_is_not(desk, cast):
    (record,) = verified(cast, 1)
    batch = drawn(desk)
    better = record_of(record.resident, "code_check", "wrong", clock.now(), cast)
    better.supersedes = record.id
    session.commit()
    desk.post(f"{batch}/sending")
    assert states() == {1: "left"} and waiting(cast) == 1


def test_nothing_is_in_two_batches_and_a_batch_can_be_given_up(desk, cast):
    verified(cast, 2)
    batch = drawn(desk)
    assert drawn(desk) == "/uploads"  # nothing is left to draw
    assert "已经在别的批次里" in desk.get("/uploads").text
    desk.post(f"{batch}/removal")
    assert drawn(desk) != batch and waiting(cast) == 2


def test_on_the_platforms_own_form(desk, cast):
    verified(cast, 2)
    blank = form(["证件号码", "姓名", "核查结果", "序号"])
    data = {"file": (BytesIO(blank), "平台模板.xlsx"), "kind": "record", "query": ""}
    kept = desk.post("/blank-forms", data=data).location.rsplit("/", 1)[1]
    desk.post("/uploads", data={"form": kept})
    export = session.query(UploadBatch).one().export_id
    sheet = fetched(desk, f"/exports/{export}").active
    assert [cell.value for cell in sheet[3]][1:] == ["核1", "情况属实", 2]


@pytest.mark.parametrize(
    "content, says",
    [
        (form(["编号", "姓名"], [1, "核0"]), "认不出哪些收了"),
        (form(["编号", "姓名", "原因", "备注"], [1, "核0", "密接", "无"]), "认不出哪些收了"),
        (form(["编号", "结果"], [7, "成功"]), "一条也对不上"),
    ],
)
def test_what_is_no_receipt_is_one_sentence(desk, cast, content, says):
    verified(cast, 1)
    batch = sent(desk)
    answer = desk.post(f"{batch}/receipt", data={"file": (BytesIO(content), "回执.xlsx")})
    assert answer.status_code == 422 and says in answer.text and states() == {1: "sent"}
    assert desk.post(f"{batch}/receipt").status_code == 422


def test_nobody_elses(client_of, desk, cast):
    verified(cast, 1)
    batch = drawn(desk)
    for who, status in (("worker", 403), ("official", 403), ("next_director", 404)):
        client = client_of(getattr(cast, who))
        assert client.get(batch).status_code == status
        for deed in ("sending", "removal", "receipt"):
            assert client.post(f"{batch}/{deed}").status_code == status
    assert states() == {1: "drawn"}
