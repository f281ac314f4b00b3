"""Many messages handed over to a push service, and what each of its answers means."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from app.domain.subscriptions import Address
from app.lib import clock
from app.notify.channels import Parcel, push
from tests.notify.channels.phones import phone, url64
from tests.notify.channels.sink import Answer

PARCEL = Parcel("t", "您有 1 条新任务", "南内环街二社区", "/messages/7")


def test_each_phone_gets_its_own(sink):
    phones = [phone(f"{sink.address}/wpush/{number}") for number in range(30)]
    parcels = [Parcel(f"t{n}", f"您有 {n} 条新任务", "", "/") for n in range(30)]
    outcomes = push.carry(
        (one.address, parcel) for one, parcel in zip(phones, parcels, strict=True)
    )
    assert [outcome.state for outcome in outcomes] == ["sent"] * 30
    by_path = {asked.path: asked for asked in sink.asked}
    assert len(sink.asked) == len(by_path) == 30
    for number, one in enumerate(phones):
        asked = by_path[f"/wpush/{number}"]
        assert one.reads(asked.body)["notification"]["title"] == f"您有 {number} 条新任务"
        assert asked.method == "POST" and asked.headers["host"] == sink.place
        assert asked.headers["content-encoding"] == "aes128gcm"
        assert {"ttl", "urgency", "topic", "authorization"} <= set(asked.headers)


@pytest.mark.parametrize(
    ("status", "state"),
    [(201, "sent"), (200, "sent"), (202, "sent"), (404, "gone"), (410, "gone"), (401, "alarm"),
     (403, "alarm"), (429, "later"), (500, "later"), (503, "later"), (400, "refused"),
     (413, "refused"), (302, "refused")],
)  # fmt: skip
def test_what_an_answer_means(sink, status, state):
    sink.answers = lambda _asked: Answer(status)
    (outcome,) = push.carry([(phone(f"{sink.address}/x").address, PARCEL)])
    assert outcome.state == state
    assert bool(outcome.why) == (state != "sent")


def test_what_is_too_large_is_sent_once_more_and_shorter(sink):
    sink.answers = lambda asked: Answer(413 if len(asked.body) > 400 else 201)
    one = phone(f"{sink.address}/x")
    parcel = Parcel("t", "您有 1 条新任务", "长" * 200, "/messages/7")
    assert push.carry([(one.address, parcel)])[0].is_sent
    first, second = (one.reads(asked.body)["notification"] for asked in sink.asked)
    assert "body" in first and "body" not in second
    assert first["navigate"] == second["navigate"] == "/messages/7"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("30", 30),
        (" 5 ", 5),
        ("99999999999", 3600),
        ("-3", None),
        ("soon", None),
        (None, None),
        ("", None),
    ],
)
def test_how_long_to_wait_is_read(said, seconds):
    assert push.seconds_of(said) == seconds


def test_how_long_to_wait_is_read_from_a_date(app):
    until = clock.now().astimezone(UTC) + timedelta(seconds=90)
    assert push.seconds_of(format_datetime(until, usegmt=True)) == 90
    assert push.seconds_of(format_datetime(datetime(2001, 1, 1, tzinfo=UTC))) == 0


def test_a_busy_service_says_when(sink):
    sink.answers = lambda _asked: Answer(429, {"Retry-After": "7"})
    (outcome,) = push.carry([(phone(f"{sink.address}/x").address, PARCEL)])
    assert (outcome.state, outcome.retry_after) == ("later", 7)


def test_one_dead_phone_keeps_nobody_else_from_hers(sink):
    sink.answers = lambda asked: Answer(410 if asked.path.endswith("3") else 201)
    phones = [phone(f"{sink.address}/{number}").address for number in range(10)]
    foreign = Address("https://evil.cn/x", phones[0].p256dh, phones[0].auth)
    broken = Address(phones[0].endpoint, url64(bytes(65)), "")
    outcomes = push.carry([(one, PARCEL) for one in (*phones, foreign, broken)])
    assert [one.state for one in outcomes] == ["sent"] * 3 + ["gone"] + ["sent"] * 6 + [
        "refused",
        "gone",
    ]


def test_a_service_that_is_not_there_is_waited_for_only_a_few_times(equip, sink):
    equip(PUSH_HOSTS=("localhost:9", sink.place))
    nobody = [(phone("https://localhost:9/x").address, PARCEL)] * 100
    parcels, sending = [*nobody, (phone(f"{sink.address}/x").address, PARCEL)], push.Round(2)
    outcomes = asyncio.run(sending.carry(parcels))
    assert {outcome.state for outcome in outcomes[:-1]} == {"later"} and outcomes[-1].is_sent
    assert sending.silences["https://localhost:9"] <= push.SILENT + 2


def test_a_certificate_of_somebody_else_gets_nothing(sink, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    (outcome,) = push.carry([(phone(f"{sink.address}/x").address, PARCEL)])
    assert outcome.state == "later" and sink.asked == []


def test_many_are_under_way_at_once_and_never_too_many(sink):
    sink.delay = 0.05
    one, before = phone(f"{sink.address}/x").address, time.perf_counter()
    outcomes = push.carry([(one, PARCEL)] * 64, at_once=16)
    assert all(outcome.is_sent for outcome in outcomes)
    assert sink.connections <= 16 and time.perf_counter() - before < 64 * 0.05


def test_nothing_to_send_is_nothing_sent(app):
    assert push.carry([]) == []
