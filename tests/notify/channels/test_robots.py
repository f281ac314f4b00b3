"""Group robots against servers that check as their vendors do: signature, body, and the answer."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from app.domain.robots import SORTS, add_robot
from app.lib import clock
from app.lib.db import session
from app.notify.channels import Parcel, robots
from tests.notify.channels.sink import Answer

SECRET = "SECabc123"
PARCEL = Parcel("t", "12 条新任务", "南内环街二社区", "/messages/7", count=12)
MOBILES = ["13800000001", "13800000002"]
PATHS = {
    "wecom": "/cgi-bin/webhook/send?key=693a91f6-7xxx",
    "dingtalk": "/robot/send?access_token=566cc69da782ec",
    "feishu": "/open-apis/bot/v2/hook/xxxx-yyyy",
}


def robot(sort, sink, secret=SECRET):
    return SimpleNamespace(sort=sort, url=sink.address + PATHS[sort], secret=secret)


def said(**told) -> Answer:
    return Answer(200, {"Content-Type": "application/json"}, json.dumps(told).encode())


def mac(key: str, message: str) -> str:
    made = hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()
    return base64.b64encode(made).decode()


def wecom_says(asked):
    """https://developer.work.weixin.qq.com/document/path/91770: a key in the address, a text."""
    query = parse_qs(urlsplit(asked.path).query)
    if query.get("key") != ["693a91f6-7xxx"]:
        return said(errcode=93000, errmsg="invalid webhook url")
    content = asked.json["text"]["content"]
    if asked.json["msgtype"] != "text" or not 0 < len(content.encode()) <= 2048:
        return said(errcode=40008, errmsg="invalid message type")
    return said(errcode=0, errmsg="ok")


def dingtalk_says(asked):
    """https://open.dingtalk.com/document/robots/customize-robot-security-settings"""
    query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
    stamp = query.get("timestamp", "0")
    if abs(int(stamp) / 1000 - clock.now().timestamp()) > 3600:
        return said(errcode=310000, errmsg="invalid timestamp")
    if query.get("sign") != mac(SECRET, f"{stamp}\n{SECRET}"):
        return said(errcode=310000, errmsg="sign not match")
    if query["access_token"] != "566cc69da782ec" or asked.json["msgtype"] != "text":
        return said(errcode=300005, errmsg="token is not exist")
    return said(errcode=0, errmsg="ok")


def feishu_says(asked):
    """https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: the sign in the body."""
    stamp = asked.json.get("timestamp", "0")
    if abs(int(stamp) - clock.now().timestamp()) > 3600:
        return said(code=19021, msg="sign match fail or timestamp is not within one hour")
    if asked.json.get("sign") != mac(f"{stamp}\n{SECRET}", ""):
        return said(code=19021, msg="sign match fail or timestamp is not within one hour")
    if asked.json["msg_type"] != "text":
        return said(code=9499, msg="Bad Request")
    return said(code=0, msg="success", data={})


VENDORS = {"wecom": wecom_says, "dingtalk": dingtalk_says, "feishu": feishu_says}


@pytest.mark.parametrize("sort", SORTS)
def test_its_vendor_takes_what_it_says(sink, sort):
    sink.answers = VENDORS[sort]
    outcome = robots.carry(robot(sort, sink), PARCEL, MOBILES)
    assert outcome.is_sent, outcome
    (asked,) = sink.asked
    text = asked.json.get("text") or asked.json["content"]
    assert text.get("content", text.get("text")) == "12 条新任务\n南内环街二社区"


def test_who_it_is_for_is_called_where_the_robot_can_and_stands_in_no_text(sink):
    for sort in SORTS:
        sink.answers = VENDORS[sort]
        robots.carry(robot(sort, sink), PARCEL, MOBILES)
    wecom, dingtalk, feishu = (asked.json for asked in sink.asked)
    assert wecom["text"].pop("mentioned_mobile_list") == MOBILES
    assert dingtalk.pop("at") == {"atMobiles": MOBILES, "isAtAll": False}
    assert "1380000000" not in json.dumps([wecom, dingtalk, feishu])


def test_the_way_in_is_shown_where_the_installation_knows_it(sink, equip):
    equip(ROBOT_HOSTS=(sink.place,), ADDRESS="https://sw.example.cn")
    sink.answers = wecom_says
    robots.carry(robot("wecom", sink), PARCEL)
    assert sink.asked[0].json["text"]["content"].endswith("\nhttps://sw.example.cn/messages/7")


@pytest.mark.parametrize("sort", ["dingtalk", "feishu"])
def test_a_wrong_secret_is_noticed_behind_its_200(sink, sort):
    sink.answers = VENDORS[sort]
    outcome = robots.carry(robot(sort, sink, secret="SECother"), PARCEL)
    assert (outcome.state, outcome.why) == ("alarm", "机器人说签名不对，请核对加签密钥。")


def test_a_robot_without_a_secret_is_not_signed(sink):
    sink.answers = lambda _asked: said(errcode=0)
    assert robots.carry(robot("dingtalk", sink, secret=None), PARCEL).is_sent
    assert sink.asked[0].path == PATHS["dingtalk"]


ERRORS_IN_A_200 = [
    ("wecom", {"errcode": 45009, "errmsg": "api freq out of limit"}, "later", "太快"),
    ("wecom", {"errcode": 93000, "errmsg": "invalid webhook url"}, "gone", "没有这个机器人"),
    ("wecom", {"errcode": 40058, "errmsg": "invalid Request Parameter"}, "refused", "没有收下"),
    ("dingtalk", {"errcode": 130101, "errmsg": "send too fast"}, "later", "太快"),
    ("dingtalk", {"errcode": 300005, "errmsg": "token is not exist"}, "gone", "没有这个机器人"),
    ("dingtalk", {"errcode": 310000, "errmsg": "keywords not in content"}, "alarm", "关键词"),
    ("dingtalk", {"errcode": 310000, "errmsg": "sign not match"}, "alarm", "加签密钥"),
    ("feishu", {"code": 11232, "msg": "frequency limited"}, "later", "太快"),
    ("feishu", {"code": 19024, "msg": "Key Words Not Found"}, "alarm", "关键词"),
    ("feishu", {"code": 19001, "msg": "param invalid"}, "gone", "没有这个机器人"),
    ("feishu", {"StatusCode": 1, "StatusMessage": "?"}, "refused", "没有收下"),
]


@pytest.mark.parametrize(("sort", "told", "state", "words"), ERRORS_IN_A_200)
def test_an_error_inside_a_200_is_a_failure_with_a_sentence(sink, sort, told, state, words):
    sink.answers = lambda _asked: said(**told)
    outcome = robots.carry(robot(sort, sink), PARCEL)
    assert outcome.state == state and words in outcome.why


@pytest.mark.parametrize(
    "body", [b"", b"<html>Sign in to this Wi-Fi</html>", b"[]", b'"ok"', b'{"ok": true}',
             b'{"errcode": "0"}', b'{"errcode": true}', b"\xff\xfe", b"{" * 70_000],
)  # fmt: skip
@pytest.mark.parametrize("sort", SORTS)
def test_what_does_not_answer_like_a_robot_has_not_taken_it(sink, sort, body):
    sink.answers = lambda _asked: Answer(200, {}, body)
    assert robots.carry(robot(sort, sink), PARCEL).state == "refused"


@pytest.mark.parametrize(("status", "state"), [(429, "later"), (502, "later"), (302, "refused")])
def test_a_status_that_is_no_success(sink, status, state):
    sink.answers = lambda _asked: Answer(status, {"Location": "https://127.0.0.1/"})
    assert robots.carry(robot("feishu", sink), PARCEL).state == state


@pytest.mark.parametrize(
    "url",
    ["https://10.0.0.1/robot/send", "http://oapi.dingtalk.com/robot/send", "https://evil.cn/"],
)
def test_no_other_place_is_spoken_to(app, url):
    outcome = robots.carry(SimpleNamespace(sort="dingtalk", url=url, secret=""), PARCEL)
    assert outcome.state == "refused" and outcome.why


def test_a_robot_that_is_not_reached_is_tried_later(equip):
    equip(ROBOT_HOSTS=("localhost:9",))
    nobody = SimpleNamespace(sort="feishu", url="https://localhost:9/x", secret="")
    assert robots.carry(nobody, PARCEL).state == "later"


def test_a_long_text_is_cut_between_signs(sink):
    sink.answers = wecom_says
    assert robots.carry(robot("wecom", sink), Parcel("t", "长" * 2000, "", "/")).is_sent


@pytest.mark.parametrize(("sort", "limit"), [("wecom", 20), ("dingtalk", 20), ("feishu", 100)])
def test_no_minute_has_more_messages_than_the_vendor_takes(cast, sort, limit):
    now = clock.now()
    one = add_robot(cast.home, sort, "https://x/y", by=cast.director, at=now)
    sent = []
    for second in range(240):
        at = now + timedelta(seconds=second)
        while one.take(at=at) == 0:
            sent.append(second)
            session.flush()
    fullest = max(sum(start <= at < start + 60 for at in sent) for start in range(240))
    assert limit * 0.7 <= fullest <= limit
    if sort == "feishu":
        assert max(sent.count(second) for second in sent) <= 5


def test_an_empty_bucket_says_how_long(cast):
    one = add_robot(cast.home, "wecom", "https://x/y", by=cast.director, at=clock.now())
    while (wait := one.take(at=clock.now())) == 0:
        session.flush()
    assert one.take(at=clock.now() + timedelta(seconds=wait)) == 0


def test_a_clock_that_is_set_back_fills_no_bucket(cast):
    one = add_robot(cast.home, "wecom", "https://x/y", by=cast.director, at=clock.now())
    while one.take(at=clock.now()) == 0:
        session.flush()
    yesterday = clock.now() - timedelta(days=1)
    assert one.take(at=yesterday) > 0
    assert one.take(at=yesterday + timedelta(seconds=30)) == 0


def test_its_address_and_secret_lie_sealed(cast):
    url = "https://oapi.dingtalk.com/robot/send?access_token=566cc69da782ec"
    one = add_robot(cast.home, "dingtalk", url, SECRET, by=cast.director, at=clock.now())
    stored = str([getattr(one, column.name) for column in one.__table__.columns])
    assert "566cc69" not in stored and SECRET not in stored
    assert (one.url, one.secret, one.tail) == (url, SECRET, "82ec")


def test_a_known_robot_is_not_taken_in_twice(cast):
    first = add_robot(cast.home, "wecom", "https://x/y", by=cast.director, at=clock.now())
    first.switch(False, by=cast.director, at=clock.now())
    again = add_robot(cast.home, "wecom", "https://x/y", "new", by=cast.director, at=clock.now())
    assert again is first and (again.off_at, again.secret) == (None, "new")
