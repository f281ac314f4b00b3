"""信息核查 on the phone: one person after the other, each with one tap, and nobody asked twice."""

import json

import pytest

from app.domain.audit import AuditEntry
from app.domain.check import Check
from app.domain.residents import Resident
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.sync.inbox import receive
from tests.intake.telling import entry, tell
from tests.pushed import asked, asked_of_stranger, sent
from tests.unpacked import PhonePack
from tests.web.pages import HTMX, entry_on, queries, soup
from tests.web.worker.test_pack import told

MINE = "/checks/mine"


@pytest.fixture
def check(cast) -> Check:
    found = asked(cast, cast.plain)
    session.commit()
    return found


def cards(page) -> list:
    return soup(page).select(".one-by-one > .task")


def test_the_day_has_one_line_for_all_who_are_to_be_called(client_of, cast, check):
    asked_of_stranger(cast)
    session.commit()
    page = soup(client_of(cast.worker).get("/today"))
    assert "信息核查 2 人" in page.select_one("#calls").text
    assert page.find(id=f"task-{check.task.id}") is None
    assert "核查 2" in page.select_one("#day").text


def test_a_door_with_something_else_due_has_the_check_along_with_it(client_of, cast):
    task = asked(cast, cast.yellow).task
    session.commit()
    browser = client_of(cast.worker)
    assert soup(browser.get("/today")).find(id=f"task-{task.id}")
    stop = soup(browser.get(f"/stops/{cast.yellow.household_id}"))
    kinds = [one["data-entry"] for one in stop.select(f"#task-{task.id} input[data-entry]")]
    assert kinds == ["check_result", "check_result"]


def test_the_card_says_who_why_and_what_is_known_and_masks_it(client_of, cast, check):
    card = cards(client_of(cast.worker).get(MINE))[0]
    said = card.text
    assert cast.plain.masked_name in said and cast.plain.masked_phone in said
    assert "太原市专班：10月4日到过唐久便利解放路店没有" in said
    assert cast.plain.name not in said and cast.plain.phone not in said
    words = [button.text for button in card.select(".answers button")]
    assert words == ["真实", "无人接听", "不在本地", "非本辖区", "空号", "拒答", "已离开"]
    assert "其他" in card.select_one(".answers a").text


def test_every_outcome_is_one_tap_with_and_without_a_script(client_of, cast, check):
    browser = client_of(cast.worker)
    form = cards(browser.get(MINE))[0].select_one("form.answers")
    for button in form.select("button"):
        fields = json.dumps({button["name"]: button["value"]})  # as js/keep.js reads it
        one = entry_on({**form.attrs, "data-fields": fields})
        assert one["subject"] == {"task_id": str(check.task.id)}
    answer = browser.post(form["action"], data={"outcome": "left", "back": MINE})
    assert answer.headers["Location"] == MINE
    session.expire_all()
    assert (check.state, check.outcome) == ("done", "left")
    page = browser.get(MINE)
    assert "已离开" in soup(page).select_one("#said").text and cards(page) == []


def test_a_resident_on_three_lists_is_one_card_that_names_all_three(client_of, cast, check):
    asked(cast, cast.plain, sent(cast, "yellow", sender="迎泽区疾控中心"))
    asked(cast, cast.plain, sent(cast, sender="迎泽街道", question="打第四针没有"))
    session.commit()
    found = cards(client_of(cast.worker).get(MINE))
    assert len(found) == 1
    for word in ("太原市专班", "迎泽区疾控中心", "打第四针没有"):
        assert word in found[0].text


def test_what_was_asked_today_stands_there_before_she_asks_again(client_of, cast):
    asked(cast, cast.elder)
    tell("visit", cast.elder, by=cast.director, outcome="well", way="phone")
    session.commit()
    shield = cards(client_of(cast.worker).get(MINE))
    shield = shield or soup(client_of(cast.worker).get(f"/stops/{cast.elder.household_id}"))
    assert "今天 10:30 · 张敏 · 探访老人" in shield[0].select_one(".asked").text


def test_who_lives_together_is_called_together(client_of, cast, check):
    asked(cast, cast.sibling)
    mate = Resident(community=cast.home, household=cast.plain.household, grid_id=cast.grid1.id)
    mate.set_name("热娜")
    session.add(mate)
    asked_of_stranger(cast)
    session.flush()
    mate.set_phone("13503512222")
    asked(cast, mate)
    session.commit()
    names = [card.select_one(".who").text for card in cards(client_of(cast.worker).get(MINE))]
    assert names == ["阿**", "热**", "牛**"]
    first = cards(client_of(cast.worker).get(MINE))[0]
    assert "同户共 2 人要核" in first.text


def test_what_else_is_due_of_him_is_said_to_be_done_along(client_of, cast):
    asked(cast, cast.yellow)
    session.query(Task).filter(Task.kind != "check", Task.kind != "verify").delete()
    session.commit()
    assert "这次一并办：黄码核实" in cards(client_of(cast.worker).get(MINE))[0].text


def test_a_number_is_shown_to_be_called_and_that_is_on_record(client_of, cast, check):
    browser = client_of(cast.worker)
    shown = browser.post(f"/checks/{check.id}/call", headers=HTMX)
    assert f'href="tel:{cast.plain.phone}"' in shown.text
    noted = session.query(AuditEntry).filter_by(action="revealed").one()
    assert (noted.target, noted.who_id) == (f"check:{check.id}:phone", cast.worker.id)
    assert client_of(cast.colleague).post(f"/checks/{check.id}/call").status_code == 404


def test_a_wrong_button_is_taken_back_later_also_of_a_stranger(client_of, cast, check):
    of_stranger = asked_of_stranger(cast)
    for one, outcome in ((check, "real"), (of_stranger, "empty_number")):
        tell("check_result", one.task, by=cast.worker, outcome=outcome)
    session.commit()
    browser = client_of(cast.worker)
    assert "/checks/mine/done" in browser.get(MINE).text
    done = soup(browser.get("/checks/mine/done")).select("main .cell")
    assert [one.select_one("b").text for one in done] == ["牛**", cast.plain.masked_name]
    assert "空号" in done[0].text and "真实" in done[1].text
    assert told(PhonePack(browser).renew().page("/checks/mine/done"))
    for one in done:
        browser.post(one.form["action"])
    session.expire_all()
    assert {(one.state, one.outcome) for one in (check, of_stranger)} == {("open", "")}
    assert "今天还没有核过" in browser.get("/checks/mine/done").text
    assert client_of(cast.colleague).post(done[0].form["action"]).status_code == 404


def test_nobody_answered_so_she_is_gone_until_another_part_of_the_day(client_of, cast, check):
    browser = client_of(cast.worker)
    one = entry("check_result", check.task, outcome="no_answer", via="phone")
    assert receive([one], by=cast.worker)[0].state == "kept"
    assert cards(browser.get(MINE)) == []
    assert "稍后" in browser.get("/today").text
    with clock.stopped_at(check.next_try_at):
        assert "1 次未联系上" in cards(browser.get(MINE))[0].text


def test_it_opens_where_there_is_no_network_and_says_the_same(client_of, cast, check):
    asked_of_stranger(cast)
    session.commit()
    browser = client_of(cast.worker)
    phone = PhonePack(browser).renew()
    for path in (MINE, "/today", f"/record/check_result?task={check.task.id}"):
        assert told(phone.page(path)) == told(browser.get(path).text), path
    text = json.dumps(phone.rows, ensure_ascii=False)
    assert "13903510009" not in text and "牛二" not in text


def test_a_hundred_calls_are_one_page_of_few_queries(client_of, cast, check):
    browser = client_of(cast.worker)
    with queries() as one:
        browser.get(MINE)
    list_ = sent(cast)
    for n in range(99):
        asked_of_stranger(cast, list_, name=f"牛{n}", phone=f"1390351{n:04d}")
    session.commit()
    with queries() as hundred:
        assert len(cards(browser.get(MINE))) == 100
    assert len(hundred) <= max(len(one), 12)
