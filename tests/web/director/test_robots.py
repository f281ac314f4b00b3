"""群机器人: taken in by address, tried, switched off; address and secret never shown again."""

import pytest

from app.domain.robots import Robot
from app.lib.db import session
from tests.web.pages import soup

URLS = {
    "wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7abc-4bc4-97a0-0ec2sifa5aaa",
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=" + "5a" * 32,
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/9f8e7d6c-0000-4000-8000-000000000000",
}
SECRET = "SEC0123456789abcdef"


@pytest.fixture
def client(client_of, cast):
    return client_of(cast.director)


def add(client, sort="dingtalk", url=None, secret=SECRET):
    told = {"sort": sort, "url": URLS[sort] if url is None else url, "secret": secret}
    return client.post("/robots", data=told)


def only() -> Robot:
    return session.query(Robot).one()


@pytest.mark.parametrize("sort", URLS)
def test_each_vendors_robot_is_taken_in(client, cast, sort):
    assert add(client, sort).status_code == 303
    robot = only()
    assert (robot.sort, robot.url, robot.secret) == (sort, URLS[sort], SECRET)
    assert robot.community_id == cast.home.id


def test_its_address_and_secret_are_never_shown_again(client):
    add(client)
    page = client.get("/robots").text
    assert f"地址末尾 {URLS['dingtalk'][-4:]}" in page
    assert URLS["dingtalk"] not in page and SECRET not in page and "5a5a5a5a5a" not in page


WRONG = [
    ("dingtalk", "", "请把机器人的地址粘贴进来"),
    ("", URLS["dingtalk"], "请选是哪一家"),
    ("wecom", URLS["dingtalk"], "这不是企业微信机器人的地址"),
    ("dingtalk", "oapi.dingtalk.com/robot", "不是群机器人的地址"),
    ("dingtalk", "http://oapi.dingtalk.com/robot/send?access_token=x", "不是群机器人的地址"),
    ("dingtalk", "https://192.168.1.1/robot/send", "不是群机器人的地址"),
    ("dingtalk", "https://oapi.dingtalk.com@10.0.0.1/x", "不是群机器人的地址"),
    ("dingtalk", "https://oapi.dingtalk.com/" + "x" * 2000, "最多写 1024 个字"),
]


@pytest.mark.parametrize(("sort", "url", "words"), WRONG)
def test_what_is_no_robot_is_refused_with_a_sentence(client, sort, url, words):
    answer = (
        add(client, sort or "dingtalk", url) if sort else client.post("/robots", data={"url": url})
    )
    assert answer.status_code == 422 and words in soup(answer).text
    assert session.query(Robot).count() == 0


def test_a_test_is_asked_for_and_not_sent_in_the_request(client):
    add(client)
    client.post(f"/robots/{only().id}/trial")
    assert only().asked_at is not None
    assert "正在试" in client.get("/robots").text


def test_it_is_switched_off_and_on(client):
    add(client)
    for words, off in (("已停用", True), ("已启用", False)):
        client.post(f"/robots/{only().id}/switch")
        session.expire_all()
        assert words in client.get("/robots").text and (only().off_at is not None) is off


def test_a_robot_that_is_off_is_not_tried(client):
    add(client)
    client.post(f"/robots/{only().id}/switch")
    client.post(f"/robots/{only().id}/trial")
    assert only().asked_at is None and "启用后再试" in client.get("/robots").text


def test_what_came_of_the_last_message_is_said(client, cast):
    add(client)
    only().heard("机器人说签名不对，请核对加签密钥。", at=only().added_at)
    session.commit()
    page = client.get("/robots").text
    assert "发不出" in page and "请核对加签密钥" in page


@pytest.mark.parametrize("deed", ["trial", "switch"])
def test_nobody_elses_robot(client, client_of, cast, deed):
    add(client_of(cast.next_director))
    assert client.post(f"/robots/{only().id}/{deed}").status_code == 404
    assert "地址末尾" not in client.get("/robots").text
