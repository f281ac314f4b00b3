"""`POST /sync`, as docs/sync.md promises it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from app.domain.records import Record
from app.lib import clock
from app.lib.db import session


def written(cast, **changed) -> dict:
    told = {
        "id": str(uuid4()),
        "kind": "visit",
        "recorded_at": clock.now().isoformat(),
        "subject": {"resident_id": cast.elder.id},
        "fields": {"outcome": "well", "way": "door"},
        "photos": [],
    }
    return told | changed


def message(*entries, **more) -> dict:
    return {
        "device": str(uuid4()),
        "sent_at": clock.now().isoformat(),
        "entries": list(entries),
    } | more


def test_it_answers_each_entry_in_its_order(cast, client_of):
    good, bad = written(cast), written(cast, fields={"outcome": "?"})
    answer = client_of(cast.worker).post("/sync", json=message(good, bad, good))
    assert answer.status_code == 200
    kept, refused, again = answer.json["receipts"]
    assert kept == {"id": good["id"], "state": "kept", "why": None, "field_errors": None}
    assert refused["field_errors"] == {"outcome": ["请从列表里选。"]}
    assert again["state"] == "already"


def test_it_names_the_pages_that_show_something_else_now(cast, client_of):
    client = client_of(cast.worker)
    told = message(written(cast))
    assert client.post("/sync", json=told).json["stale"] == [
        "/today",
        f"/residents/{cast.elder.id}",
    ]
    assert client.post("/sync", json=told).json["stale"] == []


def test_it_is_kept_before_it_is_answered(cast, client_of):
    told = written(cast)
    client_of(cast.worker).post("/sync", json=message(told))
    session.rollback()
    assert session.query(Record).filter_by(kind="visit").one().via == "phone"


def test_signed_out_it_says_401_and_the_queue_waits(cast, visitor):
    answer = visitor.post("/sync", json=message(written(cast)))
    assert answer.status_code == 401 and "请重新登录" in answer.json["why"]
    assert answer.json["signed_out"] is True
    assert session.query(Record).filter_by(kind="visit").count() == 0


def test_what_is_no_message_is_a_sentence(cast, client_of):
    client = client_of(cast.worker)
    for body in ("", "{", "[]", '{"entries": 1}', "[" * 100_000):
        answer = client.post("/sync", data=body, content_type="application/json")
        assert answer.status_code == 400 and "没有看懂" in answer.json["why"]
    assert client.post("/sync", data={"entries": "1"}).status_code == 400


def test_more_than_five_hundred_are_too_many(cast, client_of):
    answer = client_of(cast.worker).post("/sync", json=message(*[{}] * 501))
    assert answer.status_code == 400 and "500" in answer.json["why"]


def test_what_is_no_entry_is_refused_beside_its_neighbours(cast, client_of):
    answer = client_of(cast.worker).post("/sync", json=message({"id": "x"}, None, written(cast)))
    assert [receipt["state"] for receipt in answer.json["receipts"]] == [
        "refused",
        "refused",
        "kept",
    ]
    assert answer.json["receipts"][0]["id"] == "x"


def test_a_phone_whose_clock_is_a_day_behind_writes_of_today(cast, client_of):
    behind = clock.now() - timedelta(days=1)
    told = written(cast, recorded_at=behind.isoformat())
    client_of(cast.worker).post("/sync", json=message(told, sent_at=behind.isoformat()))
    assert session.query(Record).filter_by(kind="visit").one().day == clock.today()


def test_it_tells_the_time_and_how_wrong_the_phone_is(cast, client_of):
    client, now = client_of(cast.worker), clock.now()
    for seconds, told in ((0, None), (-200, None), (299, None), (420, 420), (-86_400, -86_400)):
        sent_at = (now + timedelta(seconds=seconds)).isoformat()
        answer = client.post("/sync", json=message(sent_at=sent_at)).json
        assert answer["at"] == now.isoformat()
        assert answer.get("clock_off") == told


def test_what_the_phone_knows_of_its_last_contact_counts(cast, client_of):
    """A clock a year ahead, set right between writing and sending."""
    shown = clock.now() + timedelta(days=365)
    contact = clock.now() - timedelta(hours=2)
    told = written(cast, recorded_at=shown.isoformat(), after=contact.isoformat())
    client_of(cast.worker).post("/sync", json=message(told))
    assert contact <= session.query(Record).filter_by(kind="visit").one().at <= clock.now()


@pytest.mark.parametrize("nonsense", [None, 7, "x", [], {}, "9999-12-31T23:59:59+00:00"])
def test_nonsense_in_what_may_be_left_out_is_no_mistake(cast, client_of, nonsense):
    told = written(cast, after=nonsense, form=nonsense)
    [receipt] = client_of(cast.worker).post("/sync", json=message(told)).json["receipts"]
    assert receipt["state"] == "kept"


def test_what_is_held_says_with_whom_it_is(cast, client_of):
    told = written(cast, subject={"resident_id": cast.sibling.id}, kind="incident",
                   fields={"kind": "fire", "words": "冒烟"})  # fmt: skip
    other = told | {"fields": {"kind": "fire", "words": "又不冒了"}}
    kept, held = client_of(cast.worker).post("/sync", json=message(told, other)).json["receipts"]
    assert "with" not in kept
    assert (held["state"], held["with"]) == ("held", "张敏、郭玉兰")


@pytest.mark.parametrize("role", ["official", "admin", "director"])
def test_everybody_who_is_signed_in_may_hand_in_what_she_has(cast, client_of, role):
    """Nobody is sent away; what she may not record is refused or held, and kept."""
    told = written(cast, kind="code_push", fields={"reason": "missed_round"})
    answer = client_of(getattr(cast, role)).post("/sync", json=message(told))
    assert answer.status_code == 200
    assert answer.json["receipts"][0]["state"] in ("refused", "held", "kept")


def test_with_a_one_time_password_the_queue_waits_until_she_has_her_own(cast, client_of):
    cast.worker.one_time_until = clock.now() + timedelta(hours=1)
    answer = client_of(cast.worker).post("/sync", json=message(written(cast)))
    assert answer.status_code == 401 and "自己的密码" in answer.json["why"]
    assert "signed_out" not in answer.json


def test_another_site_sends_nothing(cast, client_of):
    answer = client_of(cast.worker).post(
        "/sync", json=message(written(cast)), headers={"Origin": "https://elsewhere.example"}
    )
    assert answer.status_code == 403


def test_words_come_in_the_readers_language_and_photos_wait(cast, client_of):
    told = written(cast, photos=["0" * 64])
    assert (
        client_of(cast.worker).post("/sync", json=message(told)).json["receipts"][0]["state"]
        == "kept"
    )
