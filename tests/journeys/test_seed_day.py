"""The day of a deputy director and of one of her workers, lived through in two browsers.

Each scene stands by itself: it notes what the other person's page says, does
something, and looks at that page again. Pictures of every step are in screenshots/.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.director import Director
from tests.journeys.official import Official
from tests.journeys.someone import DESK, PHONE
from tests.journeys.worker import Worker

pytestmark = pytest.mark.browser

UNVERIFIED = "/ledgers/yellow?counter=yellow_unverified"
RETURNEES = "返回人员在管"
VISITED = "今日已探访老人"
# Somebody of lina's grids whom nothing is kept about, and whose initials nobody else there has.
UNKNOWN = """
select min(r.name_initials) from residents r
join grid_assignments a on a.grid_id = r.grid_id join users u on u.id = a.user_id
where u.login = 'lina'
group by r.name_initials
having count(*) = 1 and min(r.born) < '1990-01-01' and length(r.name_initials) = 3
  and min(r.id) not in (select resident_id from cases)
order by min(r.id)
"""
# Somebody of hers whose code turned yellow this morning.
UNVERIFIED_YET = """
select r.name_initials from cases c join residents r on r.id = c.resident_id
join grid_assignments a on a.grid_id = c.grid_id join users u on u.id = a.user_id
where u.login = 'lina' and c.kind = 'yellow' and c.stage = 'reported'
"""


@pytest.fixture(scope="module")
def lina(chromium, town) -> Iterator[Worker]:
    worker = Worker(chromium, town, PHONE)
    yield worker
    worker.goes_home()


@pytest.fixture(scope="module")
def zhangmin(chromium, town) -> Iterator[Director]:
    director = Director(chromium, town, DESK)
    yield director
    director.goes_home()


@pytest.fixture(autouse=True)
def nobody_complains(lina, zhangmin) -> Iterator[None]:
    """No browser has anything to say of a breach of the content policy, or of an error."""
    yield
    assert lina.complaints == []
    assert zhangmin.complaints == []


def test_she_sees_her_day_with_what_is_late_first(lina):
    lina.opens_today().keeps_a_picture("today")
    sections = lina.main.locator(".sec h2").all_inner_texts()
    assert sections[0] in ("先办", "超时")
    assert "超时" in sections[:2]
    assert lina.main.locator(".sec.late ~ .task").first.is_visible()


def test_a_visit_counts_at_once_and_can_be_taken_back(lina, zhangmin):
    before = zhangmin.figure(VISITED)
    elder = lina.opens_today().first_with("一切平安")
    lina.taps("一切平安", elder).keeps_a_picture("visited")
    assert zhangmin.keeps_a_picture("board_before").figure(VISITED) == before + 1
    zhangmin.keeps_a_picture("board_after_visit")
    lina.takes_back(elder).keeps_a_picture("visit_taken_back")
    assert zhangmin.figure(VISITED) == before
    lina.opens_today().walks_on_to(elder).taps("一切平安", elder)
    assert zhangmin.figure(VISITED) == before + 1


def test_a_yellow_code_is_verified(lina, zhangmin, town):
    before = zhangmin.counted(UNVERIFIED)
    zhangmin.keeps_a_picture("unverified")
    initials = town.ask(UNVERIFIED_YET)[0][0]
    lina.opens_today().verifies_a_yellow_code(initials).keeps_a_picture("verified")
    assert zhangmin.counted(UNVERIFIED) == before - 1


def test_somebody_is_not_reached(lina, zhangmin):
    before = zhangmin.figure("未联系上", "/checklist")
    somebody = lina.opens_today().first_with("未联系上")
    somebody.get_by_role("button", name="未联系上").click()
    expect(somebody).to_contain_text(re.compile(r"第 \d 次未联系上.*再试"))
    lina.keeps_a_picture("not_reached")
    assert zhangmin.figure("未联系上", "/checklist") == before + 1
    zhangmin.keeps_a_picture("checklist")


def test_a_known_resident_arrives(lina, zhangmin, town):
    before = zhangmin.figure(RETURNEES)
    initials = town.ask(UNKNOWN)[0][0]
    lina.opens_today().logs_an_arrival(initials).keeps_a_picture("arrived")
    assert zhangmin.figure(RETURNEES) == before + 1


def test_an_incident_goes_its_whole_way(chromium, town, lina):
    lina.reports("起火冒烟", "二单元楼道冒烟", "3号楼二单元")
    phone = Director(chromium, town, PHONE)
    first = phone.needs().first
    expect(first).to_contain_text("起火冒烟")
    phone.keeps_a_picture("board_on_the_phone").follows("去核实", first)
    phone.sees("二单元楼道冒烟").keeps_a_picture("incident_reported").takes_the_step("核实属实")
    phone.sees("派给谁").chooses("李娜").chooses("1 小时内").writes("交代几句", "先断电")
    phone.keeps_a_picture("incident_assigning").takes_the_step("派单")
    phone.sees("处理中").keeps_a_picture("incident_assigned")

    lina.opens_today().sees("二单元楼道冒烟").keeps_a_picture("incident_is_hers")
    lina.follows("去处理", lina.main.locator("article.task").filter(has_text="二单元楼道冒烟"))
    lina.sees("先断电").keeps_a_picture("incident_course").follows("处理完毕")
    lina.writes("怎么处理的", "电动车电瓶冒烟，已搬到楼外，无人受伤").presses("保存").sees("已保存")

    phone.follows("去复核", phone.needs().filter(has_text="起火冒烟"))
    phone.sees("电动车电瓶冒烟").keeps_a_picture("incident_handled").takes_the_step("复核通过")
    phone.sees("待办结").takes_the_step("办结")
    phone.sees("已办结").keeps_a_picture("incident_closed")
    assert phone.complaints == []
    phone.goes_home()


def test_a_record_comes_back_with_a_question(lina, zhangmin):
    question, answer = "她今天吃药了吗？", "吃过了，药还够三天"
    visited = lina.opens_today().first_with("一切平安")
    lina.taps("一切平安", visited)
    zhangmin.opens("/checklist").follows("第1网格")
    zhangmin.keeps_a_picture("grid_left").follows("待审").keeps_a_picture("grid_to_check")
    hers = zhangmin.main.locator("li.judge").filter(has_text=re.compile("李娜.*一切平安"))
    zhangmin.follows("退回", hers.first)
    zhangmin.page.locator("summary", has_text="有疑问").click()
    zhangmin.main.get_by_role("textbox").fill(question)
    zhangmin.keeps_a_picture("question").presses("退回").sees("退回")

    lina.opens_today().sees(question).keeps_a_picture("asked_back")
    asked = lina.main.locator("article.task").filter(has_text=question)
    asked.get_by_role("link", name="答复").click()
    lina.writes("答复", answer).keeps_a_picture("answering").presses("保存").sees("已保存")

    zhangmin.follows("查看", zhangmin.needs().filter(has_text="已答复"))
    zhangmin.sees("已答复待审").keeps_a_picture("answered_records").follows("探访老人")
    zhangmin.sees(question).sees(answer).keeps_a_picture("answer").presses("没问题，通过")


def test_everybody_who_is_ready_is_applied_for_and_turns_green(zhangmin):
    before = zhangmin.figure("黄码在管")
    zhangmin.follows("批量申报", zhangmin.needs().filter(has_text="可申报解码"))
    ticked = zhangmin.page.locator("input[name=case]:checked").count()
    zhangmin.keeps_a_picture("decode").presses("申报勾选的人").sees("解码申报名单")
    zhangmin.keeps_a_picture("decode_batch")
    zhangmin.page.locator("summary", has_text="待答复的全部已转绿").click()
    zhangmin.keeps_a_picture("decode_all_green")
    zhangmin.page.locator(".sure-box").get_by_role("button", name="已转绿").first.click()
    zhangmin.sees("已转绿").keeps_a_picture("decode_green")
    assert ticked > 0
    assert zhangmin.figure("黄码在管") == before - ticked


def test_a_number_leads_to_the_rows_it_counts(zhangmin):
    number = zhangmin.opens_the_board().main.locator("td [data-count]:not([data-count='0'])").first
    told = int(number.get_attribute("data-count"))
    number.click()
    expect(zhangmin.page.locator(f"[data-rows='{told}']")).to_be_visible()
    zhangmin.keeps_a_picture("rows_of_a_number")
    assert zhangmin.page.locator("[data-rows] tbody tr").count() == told


def test_a_closed_tab_loses_nothing(lina):
    lina.opens_today()
    card = lina.first_with("一切平安")
    card.get_by_role("link", name="详情").click()
    lina.chooses("需要帮忙").chooses("药品")
    with lina.page.expect_response("**/drafts/**"):
        lina.writes("备注", "降压药两盒")
    form = lina.page.url
    lina.closes_the_tab()
    lina.opens_a_tab()
    lina.opens(form).sees("已恢复上次没存的内容").keeps_a_picture("restored")
    assert lina.page.get_by_label("备注").input_value() == "降压药两盒"
    assert lina.page.get_by_label("药品").is_checked()
    lina.presses("清空")


def test_a_wrong_entry_keeps_what_was_typed(lina):
    lina.opens_today().taps_tab("上报").chooses("起火冒烟").writes("在哪里", "6号楼顶层")
    lina.presses("保存").sees("请写一两句情况。").keeps_a_picture("refused")
    assert lina.page.get_by_label("在哪里").input_value() == "6号楼顶层"
    assert lina.page.get_by_label("起火冒烟").is_checked()


def test_the_day_closes_and_what_comes_later_stands_apart(lina, zhangmin):
    visited = zhangmin.figure(VISITED)
    yellow = zhangmin.figure("黄码在管")
    zhangmin.follows("日结").keeps_a_picture("day_close").presses("日结，写出日报")
    zhangmin.sees("日结").keeps_a_picture("day_report")
    report = zhangmin.page.locator("#report").inner_text()
    assert "南内环街二社区" in report
    assert str(visited) in report
    assert str(yellow) in report
    day = zhangmin.page.url

    left = lina.opens_today().first_with("已采样")
    lina.taps("已采样", left)
    zhangmin.opens(day).sees("日结后补录 1 条").keeps_a_picture("day_with_late_record")


def test_above_there_are_sums_and_a_name_only_with_a_reason(chromium, town):
    official = Official(chromium, town)
    official.keeps_a_picture("sums").sees("只有汇总，没有姓名")
    known = {name for (name,) in town.ask("select name from residents")}
    words = official.main.inner_text()
    assert not [name for name in known if name in words]
    official.main.locator("section.kpi b [data-count]").first.click()
    official.keeps_a_picture("rows_without_names").follows("写明理由查看")
    official.presses("查看姓名").sees("请写明事由")
    official.chooses("核实投诉、信访").writes("写明事由", "工单 2026-0117").presses("查看姓名")
    official.sees("自动关闭").keeps_a_picture("name_opened")
    words = official.main.inner_text()
    assert [name for name in known if name in words]
    official.goes_home()
