"""What leaves for a browser: byte for byte as the standard has it, and every trap avoided."""

import base64
import json
import time

import jwt
import pytest
import webpush
from cryptography.hazmat.primitives.asymmetric import ec

from app.domain.subscriptions import Address
from app.lib.refusal import Refused
from app.notify.channels import URGENCIES, Parcel, sealing
from tests.notify.channels.phones import phone, url64

MOZILLA = "https://updates.push.services.mozilla.com/wpush/v2/gAAAA"
WINDOWS = "https://wns2-by3p.notify.windows.com/w/?token=B%2f"
PARCEL = Parcel("message-7", "您有 1 条新任务", "南内环街二社区", "/messages/7", seconds_worth=3600)


@pytest.fixture(autouse=True)
def equipped(equip):
    equip(ADDRESS="https://sw.example.cn", CONTACT="it@example.cn")


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_example_of_rfc_8291(monkeypatch):
    """Section 5 and appendix A, with the sender's key and salt given instead of drawn."""
    to = Address(
        "https://web.push.apple.com/x",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    )
    own = int.from_bytes(raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    given = ec.derive_private_key(own, ec.SECP256R1())
    monkeypatch.setattr(webpush.ec, "generate_private_key", lambda *_: given)
    monkeypatch.setattr(webpush.os, "urandom", lambda _size: raw("DGv6ra1nlYgDCS1FRnbzlw"))
    body = sealing.encrypted(to, b"When I grow up, I want to be a watermelon").encrypted
    assert url64(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
        "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
        "lcy4a-fN"
    )


def test_another_program_opens_it():
    one = phone(MOZILLA)
    body, _headers = sealing.sealed(one.address, PARCEL)
    told = one.reads(body)
    assert told == {
        "web_push": 8030,
        "notification": {
            "title": "您有 1 条新任务",
            "navigate": "https://sw.example.cn/messages/7",
            "tag": sealing.topic_of("message-7"),
            "lang": "zh-Hans",
            "body": "南内环街二社区",
            "actions": [],
        },
        "app_badge": 1,
    }


def test_each_message_is_sealed_anew():
    one = phone(MOZILLA)
    assert sealing.sealed(one.address, PARCEL)[0] != sealing.sealed(one.address, PARCEL)[0]


@pytest.mark.parametrize("seconds", [3600, 86_400, 5, 0])
def test_how_long_it_is_worth_is_always_said_and_of_no_effect_on_the_next(seconds):
    worth = Parcel("t", "t", "", "/", seconds_worth=seconds)
    for parcel, ttl in ((worth, max(seconds, 60)), (PARCEL, 3600)):
        assert sealing.sealed(phone(MOZILLA).address, parcel)[1]["TTL"] == str(ttl)


@pytest.mark.parametrize("urgency", URGENCIES)
def test_its_urgency_is_said(urgency):
    headers = sealing.sealed(phone(MOZILLA).address, Parcel("t", "t", "", "/", urgency=urgency))[1]
    assert headers["Urgency"] == ("normal" if urgency == "normal" else "high")


@pytest.mark.parametrize("topic", ["1", "018f6e2a-0000-7000-8000-000000000000", "新任务" * 40])
def test_a_topic_is_one_that_every_service_takes(topic):
    made = sealing.topic_of(topic)
    assert len(made) == 32 and set(made) <= set(url64(bytes(range(256))) + "-_")
    assert made == sealing.topic_of(topic) != sealing.topic_of(topic + "x")


@pytest.mark.parametrize("size", [10, 3000, 3900, 3993, 5000, 100_000])
def test_what_is_too_long_is_said_shortly_and_still_opens(size):
    one = phone(MOZILLA)
    body, _headers = sealing.sealed(
        one.address, Parcel("t", "您有新任务", "长" * size, "/messages/7")
    )
    assert len(body) <= 4096
    told = one.reads(body)["notification"]
    assert told["navigate"] == "https://sw.example.cn/messages/7" and told["title"] == "您有新任务"


def claims_of(header: str) -> dict:
    token, key = header.removeprefix("vapid t=").split(", k=")
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(key))
    return jwt.decode(token, point, ["ES256"], options={"verify_aud": False})


@pytest.mark.parametrize(
    ("endpoint", "audience"),
    [
        (MOZILLA, "https://updates.push.services.mozilla.com"),
        ("https://push.local:8443/x", "https://push.local:8443"),
        ("https://fcm.googleapis.com:443/x", "https://fcm.googleapis.com"),
    ],
)
def test_the_header_is_for_one_service_with_its_port(equip, endpoint, audience):
    equip(PUSH_HOSTS=("push.local:8443",), CONTACT="it@example.cn")
    header = sealing.sealed(phone(endpoint).address, PARCEL)[1]["Authorization"]
    claims = claims_of(header)
    assert (claims["aud"], claims["sub"]) == (audience, "mailto:it@example.cn")
    assert 0 < claims["exp"] - time.time() <= 24 * 3600
    assert header.endswith(f", k={sealing.application_key()}")


def test_the_header_is_signed_once_for_each_service():
    def header(endpoint):
        return sealing.sealed(phone(endpoint).address, PARCEL)[1]["Authorization"]

    assert header(MOZILLA) == header(MOZILLA + "B") != header("https://fcm.googleapis.com/x")


def test_windows_gets_what_it_wants():
    assert sealing.sealed(phone(WINDOWS).address, PARCEL)[1]["X-WNS-Cache-Policy"] == "cache"
    assert "X-WNS-Cache-Policy" not in sealing.sealed(phone(MOZILLA).address, PARCEL)[1]


def test_a_subscription_is_read_as_the_browser_tells_it():
    one = phone(MOZILLA)
    assert sealing.read_subscription(one.told) == one.address
    assert sealing.read_subscription(one.told | {"key": sealing.application_key()}) == one.address
    padded = {"p256dh": one.address.p256dh + "=", "auth": one.address.auth + "=="}
    assert sealing.read_subscription(one.told | {"keys": padded}) == one.address


GOOD = phone(MOZILLA)
OFF_THE_CURVE = url64(b"\x04" + bytes(31) + b"\x01" + bytes(31) + b"\x01")
BAD_SECRETS = ("AAAA", "", None, 7, GOOD.address.auth + "A", "é" * 22, "A" * 21, "+/" * 11)
BAD_POINTS = ("", "AAAA", GOOD.address.p256dh[:-4], OFF_THE_CURVE, url64(bytes(65)))
BAD_POINTS += (url64(b"\x02" + bytes(32)), "\n" + GOOD.address.p256dh)
BAD_KEYS = [{"auth": one} for one in BAD_SECRETS] + [{"p256dh": one} for one in BAD_POINTS]
MALFORMED = [{}, {"endpoint": None}]
MALFORMED += [{"endpoint": MOZILLA, "keys": keys} for keys in (None, "x", [], {})]
MALFORMED += [GOOD.told | {"keys": GOOD.told["keys"] | keys} for keys in BAD_KEYS]


@pytest.mark.parametrize("told", MALFORMED, ids=map(str, range(len(MALFORMED))))
def test_a_malformed_subscription_is_refused_with_a_sentence(told):
    with pytest.raises(Refused, match="推送"):
        sealing.read_subscription(told)


def test_a_subscription_for_another_system_is_refused_with_a_sentence():
    with pytest.raises(Refused, match="另一个系统"):
        sealing.read_subscription(GOOD.told | {"key": GOOD.address.p256dh})


def test_the_number_by_which_a_phone_says_it_was_shown_travels_along():
    for size in (1, 100_000):
        parcel = Parcel("t", "t", "长" * size, "/", token="abc")
        body, _headers = sealing.sealed(GOOD.address, parcel)
        assert GOOD.reads(body)["notification"]["data"] == {"parcel": "abc"}


def test_nothing_of_a_payload_names_anybody():
    told = json.loads(sealing.payload(PARCEL))["notification"]
    assert set(told) == {"title", "body", "navigate", "tag", "lang", "actions"}
