"""提醒方式: by what she is told, whether this phone can, and when she wants quiet."""

from datetime import time

import pytest

from app.domain import robots, subscriptions
from app.domain.messages import Message, quiet_hours_of
from app.domain.sign_in import Device
from app.domain.subscriptions import Subscription
from app.lib import clock
from app.lib.db import session
from app.notify.channels import sealing
from tests.notify.channels.phones import phone
from tests.web.pages import soup

PAGE, PLACE = "/account/reminders", "https://updates.push.services.mozilla.com/wpush/v2/"


@pytest.fixture
def client(client_of, cast):
    return client_of(cast.worker)


def rows() -> list[Subscription]:
    return session.query(Subscription).all()


def test_it_explains_why_before_it_asks(client):
    page = soup(client.get(PAGE))
    card = page.find(id="this-phone")
    assert "不写姓名、住址" in card.text
    assert card["data-key"] == sealing.application_key()
    assert page.find(id="push-on").has_attr(
        "hidden"
    )  # a browser without scripts has nothing to ask
    assert [
        line["data-said"] for line in card.select("[data-said]") if not line.has_attr("hidden")
    ] == []


def test_it_stands_on_her_own_page(client):
    assert soup(client.get("/me")).find("a", href=PAGE)


@pytest.mark.parametrize("who", ["worker", "director", "official", "admin"])
def test_everybody_has_it(client_of, cast, who):
    page = client_of(getattr(cast, who)).get(PAGE)
    assert page.status_code == 200 and "提醒方式" in page.text


def test_what_the_browser_tells_is_kept(client, cast):
    one = phone(PLACE + "one")
    answer = client.post("/subscription", json=one.told | {"key": sealing.application_key()})
    assert answer.json["push"] == "on"
    (row,) = rows()
    assert (row.user_id, row.address) == (cast.worker.id, one.address)
    assert "这部手机能收到推送" in visible(client)


def visible(client) -> str:
    lines = soup(client.get(PAGE)).select("[data-said]")
    return "".join(line.text for line in lines if not line.has_attr("hidden"))


SAID = {
    "denied": "通知被关着",
    "silent": "推送服务连不上",
    "unable": "收不到浏览器推送",
    "off": "推送已关掉",
}


@pytest.mark.parametrize(("answer", "words"), SAID.items())
def test_why_there_are_none_is_kept_and_said_with_what_is_used_instead(client, cast, answer, words):
    client.post("/subscription", json=phone(PLACE + "one").told)
    assert client.post("/subscription", json={"push": answer}).json["push"] == answer
    assert rows() == []
    assert session.query(Device).filter_by(user_id=cast.worker.id).one().push == answer
    assert words in visible(client) and "将用应用内消息提醒您" in visible(client)


def test_the_communitys_robots_stand_among_the_ways(client, cast):
    url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x"
    robot = robots.add_robot(cast.home, "wecom", url, by=cast.director, at=clock.now())
    session.commit()
    assert "企业微信群消息" in soup(client.get(PAGE)).text
    session.get(robots.Robot, robot.id).switch(False, by=cast.director, at=clock.now())
    session.commit()
    assert "企业微信群消息" not in soup(client.get(PAGE)).text


def test_a_text_message_stands_there_only_for_who_can_get_one(client, cast, equip):
    equip(SMS_URL="https://sms.example.cn/", SMS_SECRET="s")
    assert "紧急时短信" not in soup(client.get(PAGE)).text
    cast.worker.set_phone("13800000001")
    session.commit()
    assert "紧急时短信" in soup(client.get(PAGE)).text


FOREIGN = phone(PLACE + "one").address.p256dh
BAD = [
    (b"[]", "没有读懂"), (b"{", "没有读懂"), (b'"x"', "没有读懂"), (b"{}", "不是允许的推送服务"),
    (b'{"push": "maybe"}', "不是允许的推送服务"), (b'{"push": ["off"]}', "不是允许的推送服务"),
    (b'{"endpoint": "https://10.0.0.1/x"}', "不是允许的推送服务"),
    (b'{"endpoint": "https://fcm.googleapis.com/x", "keys": {"auth": "x"}}', "密钥不对"),
    (f'{{"endpoint": "{PLACE}x", "key": "{FOREIGN}"}}'.encode(), "另一个系统"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "words"), BAD)
def test_what_is_no_subscription_is_refused_with_a_sentence(client, body, words):
    answer = client.post("/subscription", data=body, content_type="application/json")
    assert answer.status_code in (400, 422) and words in answer.json["why"]
    assert rows() == []


def test_somebody_elses_address_stays_hers(client_of, client, cast):
    client_of(cast.colleague).post("/subscription", json=phone(PLACE + "one").told)
    answer = client.post("/subscription", json=phone(PLACE + "one").told)
    assert answer.status_code == 422 and "不是这部手机的" in answer.json["why"]
    assert [row.user_id for row in rows()] == [cast.colleague.id]


def test_who_is_signed_out_tells_nothing(visitor):
    answer = visitor.post("/subscription", json=phone(PLACE + "one").told)
    assert answer.status_code == 401 and answer.json["signed_out"]


def test_signing_out_ends_it(client):
    client.post("/subscription", json=phone(PLACE + "one").told)
    client.post("/sign-out")
    assert rows() == []


def test_telling_it_at_every_start_keeps_it_alive(client, cast):
    one = phone(PLACE + "one").told
    client.post("/subscription", json=one)
    later = clock.now() + subscriptions.KEPT_FOR * 0.8
    with clock.stopped_at(later):
        subscriptions.keep(
            rows()[0].address, by=cast.worker, at=later,
            session_id=rows()[0].session_id, device_id=rows()[0].device_id,
        )  # fmt: skip
        session.commit()
    assert subscriptions.reaching([cast.worker.id], at=later + subscriptions.KEPT_FOR * 0.8)


def test_quiet_hours_are_hers(client, cast):
    client.post(PAGE + "/quiet-hours", data={"begins": "21:30", "ends": "07:00"})
    assert quiet_hours_of(cast.worker) == (time(21, 30), time(7))
    page = soup(client.get(PAGE))
    assert page.find(id="begins")["value"] == "21:30" and page.find(id="ends")["value"] == "07:00"
    client.post(PAGE + "/quiet-hours", data={"begins": "", "ends": ""})
    session.expire_all()
    assert quiet_hours_of(cast.worker) == (None, None)


@pytest.mark.parametrize("typed", [{"begins": "21:30"}, {"begins": "25:00", "ends": "x"}])
def test_half_quiet_hours_are_refused_with_a_sentence(client, cast, typed):
    answer = client.post(PAGE + "/quiet-hours", data=typed)
    assert answer.status_code == 422
    assert "都填上" in answer.text or "时间写法不对" in answer.text
    assert quiet_hours_of(cast.worker) == (None, None)


def test_a_trial_is_a_message_like_every_other(client, cast):
    client.post("/subscription", json=phone(PLACE + "one").told)
    client.post(PAGE + "/trial")
    client.post(PAGE + "/trial")
    trials = session.query(Message).filter_by(person_id=cast.worker.id, kind="trial")
    assert [one.state for one in trials.order_by(Message.id)] == ["pointless", "open"]
    assert "几秒钟内会到" in client.get(PAGE).text


def test_there_is_nothing_to_try_without_a_phone_that_gets_pushes(client):
    client.post(PAGE + "/trial")
    assert session.query(Message).filter_by(kind="trial").count() == 0
    assert "没有可试的" in client.get(PAGE).text


def test_in_her_quiet_hours_a_trial_waits_and_says_so(client):
    client.post("/subscription", json=phone(PLACE + "one").told)
    client.post(PAGE + "/quiet-hours", data={"begins": "10:00", "ends": "11:00"})
    client.post(PAGE + "/trial")
    assert "现在是勿扰时段，11:00 发" in client.get(PAGE).text
