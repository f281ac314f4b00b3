"""Buttons on a notification: a tick is written down by itself, anything else is looked at first."""

import json

import pytest

from app.domain.messages import Message
from app.intake.accept import Entry
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.notify import buttons, writing
from app.notify.channels import Parcel, sealing
from app.sync.inbox import receive
from tests.given import given_to_one


def told_of(task, person) -> Message:
    at = clock.now()
    about = {"task_id": task.id, "community_id": person.area_id}
    writing.write([writing.message("task_due", "t", person.id, at=at, **about)])
    return session.query(Message).filter_by(person_id=person.id).one()


def test_a_tick_from_a_notification_does_the_task(cast):
    task = given_to_one(cast.worker, cast)
    entry = buttons.of(told_of(task, cast.worker), "zh")["entry"]
    assert entry["user"] == cast.worker.id
    sent = Entry(new_id(), entry["kind"], clock.now(), entry["subject"], entry["fields"], "phone")
    (answer,) = receive([sent], by=cast.worker)
    assert answer.state == "kept" and task.state == "done"


@pytest.mark.parametrize("asks", ["note", "photo"])
def test_what_asks_for_more_has_the_button_and_no_answer(cast, asks):
    told = buttons.of(told_of(given_to_one(cast.worker, cast, asks=asks), cast.worker), "zh")
    assert [key for key, _words in told["deeds"]] == ["done", "later"] and told["entry"] is None


def test_what_is_done_has_no_buttons(cast):
    task = given_to_one(cast.worker, cast)
    message = told_of(task, cast.worker)
    task.state = "done"
    assert buttons.of(message, "zh") == {}


def test_the_payload_carries_them_and_nobodys_name(cast):
    message = told_of(given_to_one(cast.worker, cast), cast.worker)
    parcel = Parcel("t", "您有 1 条新任务", "", "/", **buttons.of(message, "zh"))
    told = json.loads(sealing.payload(parcel))["notification"]
    assert told["actions"] == [
        {"action": "done", "title": "完成"},
        {"action": "later", "title": "稍后"},
    ]
    assert cast.worker.name not in json.dumps(told, ensure_ascii=False)
