"""The SMS gateway: urgent only, signed, and every answer understood."""

import hashlib
import hmac

import pytest

from app.lib import clock
from app.notify.channels import Parcel, webhook
from tests.notify.channels.sink import Answer

URGENT = Parcel("m7", "派给您一起突发事件", "请打开守望查看。", "/messages/7", urgency="urgent")
PHONE, SECRET = "13800000001", "gateway-secret"


@pytest.fixture
def gateway(sink, equip):
    equip(SMS_URL=f"{sink.address}/sms?from=sw", SMS_SECRET=SECRET)
    sink.answers = says
    return sink


def says(asked):
    """A gateway that checks who is speaking, and when."""
    stamp = asked.headers.get("x-shouwang-timestamp", "0")
    message = stamp.encode() + b"." + asked.body
    made = hmac.new(SECRET.encode(), message, hashlib.sha256).hexdigest()
    if made != asked.headers.get("x-shouwang-signature"):
        return Answer(401)
    return Answer(200 if abs(int(stamp) - clock.now().timestamp()) < 300 else 403)


def test_it_takes_what_is_urgent(gateway):
    assert webhook.carry(PHONE, URGENT).is_sent
    (asked,) = gateway.asked
    told = {"id": "m7", "phone": PHONE, "text": "派给您一起突发事件，请打开守望查看。"}
    assert asked.json == told and asked.path == "/sms?from=sw"


def test_a_changed_body_would_not_be_taken(gateway):
    webhook.carry(PHONE, URGENT)
    asked = gateway.asked[0]
    asked.body = asked.body.replace(b"13800000001", b"13800000002")
    assert says(asked).status == 401


@pytest.mark.parametrize("urgency", ["normal", "high"])
def test_nothing_else_goes_out(gateway, urgency):
    outcome = webhook.carry(PHONE, Parcel("t", "t", "", "/", urgency=urgency))
    assert (outcome.state, outcome.why) == ("refused", "短信只发紧急消息。")
    assert gateway.asked == []


def test_nobody_without_a_phone_number_is_written_to(gateway):
    assert webhook.carry(None, URGENT).why == "账号里没有手机号。"


@pytest.mark.parametrize("lacking", ["SMS_URL", "SMS_SECRET"])
def test_without_a_gateway_or_its_secret_nothing_goes_out(gateway, equip, lacking):
    equip(**{"SMS_URL": f"{gateway.address}/", "SMS_SECRET": SECRET} | {lacking: ""})
    assert not webhook.is_set()
    assert webhook.carry(PHONE, URGENT).why == "没有接短信网关。"


def test_a_phone_number_never_travels_in_the_open(equip):
    equip(SMS_URL="http://gateway.intranet/sms", SMS_SECRET=SECRET)
    assert webhook.carry(PHONE, URGENT).state == "alarm"


@pytest.mark.parametrize(
    ("status", "state"),
    [(200, "sent"), (202, "sent"), (401, "alarm"), (403, "alarm"), (429, "later"), (500, "later"),
     (404, "refused"), (302, "refused")],
)  # fmt: skip
def test_what_its_answer_means(gateway, status, state):
    gateway.answers = lambda _asked: Answer(status, {"Location": "https://127.0.0.1/"})
    assert webhook.carry(PHONE, URGENT).state == state
    assert len(gateway.asked) == 1


def test_a_gateway_that_is_not_there_is_tried_later(equip):
    equip(SMS_URL="https://localhost:9/sms", SMS_SECRET=SECRET)
    assert webhook.carry(PHONE, URGENT).state == "later"
