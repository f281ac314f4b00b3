"""Every save takes one road: kept on the phone first, then sent; what waits shows in its place."""

import json
import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Route, expect

from app.domain.receipts import Receipt
from app.domain.records import Record
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.given import given_to_one

pytestmark = pytest.mark.browser


def kept(kind: str) -> list[Record]:
    session.rollback()
    return session.query(Record).filter_by(kind=kind).order_by(Record.id).all()


def arrives(phone, kind: str, how_many: int = 1) -> list[Record]:
    """The records of a kind, once so many are there."""
    for _try in range(50):
        if len(found := kept(kind)) >= how_many:
            return found
        session.rollback()  # an open transaction would keep the server from writing
        phone.page.wait_for_timeout(100)
    raise AssertionError(f"{len(found)} of {how_many} records of {kind}")


@pytest.fixture
def at_the_door(phone_of, cast):
    """李娜 in the hour in which 刘福 is visited."""
    visit = session.query(Task).filter_by(resident_id=cast.elder.id, kind="visit").one()
    with clock.stopped_at(visit.due_at - timedelta(hours=8)):
        yield phone_of(cast.worker).opens_the_app()


def test_a_tap_without_network_waits_on_its_card_and_goes_by_itself(at_the_door, cast):
    phone, page = at_the_door, at_the_door.page
    done = int(page.locator("#day").get_attribute("data-done"))
    page.context.set_offline(True)
    phone.button("一切平安")
    card = page.locator(".task.over")
    expect(card).to_contain_text("待上传")
    assert page.locator(".ring text").first.text_content() == str(done + 1)
    assert kept("visit") == []
    session.rollback()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    assert arrives(phone, "visit")[0].outcome == "well"
    expect(card).not_to_contain_text("待上传")


def test_a_form_without_network_is_kept_and_shown_beside_the_person(phone_of, cast):
    phone = phone_of(cast.worker).open(f"/residents/{cast.elder.id}").link("探访老人")
    phone.page.route("**/sync", lambda route: route.abort())
    phone.chip("一切平安").writes("备注", "都好").button("保存").sees("已存在手机上")
    phone.page.wait_for_url(re.compile(r"/residents/\d+$"))
    expect(phone.page.locator("[data-unsent] .cell")).to_contain_text("探访老人")
    phone.page.unroute("**/sync")
    phone.page.evaluate("outbox.send()")
    assert arrives(phone, "visit")[0].fields["note"] == "都好"


def test_what_the_server_refuses_is_mended_in_its_form_under_the_same_id(phone_of, cast):
    phone = phone_of(cast.worker).open(f"/record/arrival?resident={cast.plain.id}")
    phone.chip("蓝标一").writes("出发地", "吕梁离石").writes("离开当地的日期", "2022-10-09")
    phone.chip("火车").button("保存").sees("这个时间还没到")
    first = phone.page.locator("form.entry [name=id]").input_value()
    phone.writes("离开当地的日期", "2022-10-05").button("保存").sees("已保存")
    assert first in [str(record.id) for record in kept("arrival")]


def test_a_question_that_must_be_answered_is_asked_for_at_once(phone_of, cast):
    phone = phone_of(cast.worker).open(f"/record/visit?resident={cast.elder.id}")
    phone.page.context.set_offline(True)
    phone.button("保存").sees("请填这一项")
    assert phone.page.evaluate("outbox.count()") == 0


def test_where_she_goes_while_it_is_sent_she_gets(phone_of, cast):
    task, phone = given_to_one(cast.worker, cast, asks="note"), phone_of(cast.worker)
    phone.page.clock.install()
    phone.open(f"/assignments/mine/{task.id}")
    phone.page.clock.pause_at(datetime.now() + timedelta(minutes=1))  # no patience runs out
    sync, form = held_up(phone.page, "**/sync"), held_up(phone.page, "**/record/*")
    phone.button("接收").sees("正在上传")
    phone.page.get_by_role("link", name="办好了").click(no_wait_after=True)
    on_the_way(phone.page, form)
    on_the_way(phone.page, sync).abort()
    phone.page.wait_for_timeout(500)  # as long as the phone takes to hear that it failed
    form[0].continue_()
    phone.writes("办得怎么样", "都贴好了").sees("已存在手机上，有网络时自动上传")


def test_a_call_from_the_page_keeps_no_save_from_leading_on(phone_of, cast):
    phone = phone_of(cast.worker).open(f"/record/visit?resident={cast.elder.id}")
    phone.page.evaluate("dispatchEvent(new Event('beforeunload'))")  # as a tel: link does
    phone.chip("一切平安").button("保存").sees("已保存")


def held_up(page, address: str) -> list[Route]:
    """What is asked of an address, none of it answered yet."""
    asked = []
    page.route(address, lambda route: asked.append(route))
    return asked


def on_the_way(page, asked: list[Route]) -> Route:
    while not asked:
        page.wait_for_timeout(20)
    return asked[0]


def test_a_whole_door_is_kept_without_network(phone_of, cast):
    phone = phone_of(cast.worker).open(f"/stops/{cast.yellow.household_id}")
    phone.page.route("**/sync", lambda route: route.abort())
    phone.chip("已采样").chip("已核实").button("一起保存").sees("已存在手机上")
    phone.page.wait_for_url("**/today")
    assert phone.page.evaluate("outbox.count()") == 2
    phone.page.unroute("**/sync")
    phone.page.evaluate("outbox.send()")
    assert arrives(phone, "code_check") and arrives(phone, "test")


def test_two_tabs_send_once(phone_of, cast):
    phone = phone_of(cast.worker).open(f"/record/visit?resident={cast.elder.id}")
    sent = []
    phone.page.context.on(
        "request",
        lambda request: sent.append(request.post_data) if request.url.endswith("/sync") else None,
    )
    other = phone.page.context.new_page()
    other.goto("/today")
    phone.page.context.route("**/sync", lambda route: route.abort())
    phone.chip("一切平安").button("保存").sees("已存在手机上")
    phone.page.wait_for_url("**/today")
    sent.clear()
    phone.page.context.unroute("**/sync")
    for page in (other, phone.page):
        page.evaluate("{ outbox.send(); outbox.send(); }")
    arrives(phone, "visit")
    phone.page.wait_for_timeout(300)
    assert len([body for body in sent if body and json.loads(body)["entries"]]) == 1
    assert session.query(Receipt).count() == 1


def test_somebody_else_on_the_same_phone_neither_sends_nor_sees_it(phone_of, cast, client_of):
    phone = phone_of(cast.worker).open(f"/record/visit?resident={cast.elder.id}")
    phone.page.route("**/sync", lambda route: route.abort())
    phone.chip("一切平安").button("保存").sees("已存在手机上")
    another = client_of(cast.colleague).get_cookie("shouwang").value
    phone.page.wait_for_url("**/today")
    cookie = {"name": "shouwang", "value": another, "url": phone.page.url.removesuffix("/today")}
    phone.page.context.add_cookies([cookie])
    phone.page.unroute("**/sync")
    phone.open("/today")
    phone.page.evaluate("outbox.send()")
    phone.page.wait_for_timeout(500)
    assert phone.page.evaluate("outbox.list()") == []
    assert kept("visit") == []
    assert phone.page.evaluate("outbox.disk.all('entries')")[0]["owner"] == cast.worker.id
