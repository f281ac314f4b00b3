"""The daily report in the community's own words: per grid and in all, to copy and take along."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.domain.audit import AuditEntry
from app.domain.report_wordings import ReportWording
from app.lib.db import session
from tests.web.pages import press, soup

TODAY = "/days/2022-10-06/report"
WORDING = "/report-wording"


@pytest.fixture
def desk(client_of, lived):
    return client_of(lived.director)


def text(page, part: str) -> str:
    return soup(page).find(id=part).get_text("\n", strip=True)


def test_the_whole_and_each_grid(desk):
    page = desk.get(TODAY)
    assert text(page, "report").startswith("【南内环街二社区日报】2022年10月6日 星期四")
    assert "突发事件在办" in text(page, "relay")
    rows = soup(page).select("table.rows tbody tr")
    assert [row.td.text for row in rows] == ["第1网格", "第2网格", "合计"]
    sums = [[int(cell.text) for cell in row.find_all("td")[1:]] for row in rows]
    assert all(sum(pair) <= whole for *pair, whole in zip(*sums, strict=True))
    one = desk.get(f"{TODAY}?grid=1401060010020001")
    assert text(one, "report").startswith("【南内环街二社区第1网格日报】")
    assert "第1网格" in text(one, "relay")


def test_nobody_is_named_in_what_goes_to_the_group(desk, lived):
    said = text(desk.get(TODAY), "relay")
    people = (lived.elder, lived.yellow, lived.returnee, lived.worker)
    assert not [person.name for person in people if person.name in said]


def test_their_own_words_hold_also_when_the_day_is_closed(desk):
    words = "【{社区}】{日期}\n黄码{黄码在管}；备注：{ 备注 }"
    answer = desk.post(WORDING, data={"kind": "report", "words": words})
    assert answer.status_code == 303
    assert text(desk.get(TODAY), "report") == "【南内环街二社区】2022年10月6日\n黄码5；备注：无"
    closed = press(desk, "/day-close?day=2022-10-05", "/day-close", note="都好")
    assert "备注：都好" in closed.text
    assert "备注：都好" in text(desk.get("/days/2022-10-05/report"), "report")
    desk.post(f"{WORDING}/removal", data={"kind": "report"})
    assert "星期四" in text(desk.get(TODAY), "report")


@pytest.mark.parametrize(
    "kind, words, says",
    [
        ("report", "黄码{黄码人数}人，{天气}", "没有“黄码人数、天气”这个字段"),
        ("report", "黄码{黄码在管人", "没有配对"),
        ("report", "  ", "请写一句话"),
        ("relay", "备注：{备注}", "没有“备注”这个字段"),
    ],
)
def test_a_field_that_is_not_there_is_refused_and_what_was_typed_stays(desk, kind, words, says):
    answer = desk.post(WORDING, data={"kind": kind, "words": words})
    assert answer.status_code == 422 and says in answer.text
    assert words.strip() in soup(answer).find("textarea").text
    assert session.query(ReportWording).count() == 0


def test_the_sheet_has_a_line_per_grid_and_is_on_the_record(desk):
    answer = desk.post(f"{TODAY}.xlsx")
    sheet = load_workbook(BytesIO(answer.data)).active
    assert [sheet.cell(row, 1).value for row in (2, 3, 4, 5)] == [
        "网格",
        "第1网格",
        "第2网格",
        "合计",
    ]
    assert sheet["B5"].value == 5
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    entry = session.query(AuditEntry).filter_by(action="exported").one()
    assert entry.target == "report:2022-10-06" and f"编号{entry.id}" in sheet["A1"].value


def test_nobody_elses(client_of, desk, lived):
    desk.post(WORDING, data={"kind": "relay", "words": "我们的{社区}"})
    other = client_of(lived.next_director)
    assert "我们的" not in other.get(TODAY).text and other.get(f"{TODAY}?grid=x").status_code == 404
    assert client_of(lived.worker).get(TODAY).status_code == 403
    assert client_of(lived.official).get(WORDING).status_code == 403
