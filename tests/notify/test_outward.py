"""The ways out of this installation, from a message to a robot's group and an SMS gateway."""

import json

import pytest

from app import jobs
from app.domain import robots, sign_in, subscriptions
from app.domain.messages import Message
from app.domain.robots import Robot
from app.lib import clock
from app.lib.db import session
from app.notify import outward, trial, writing
from app.notify.choosing import NONE_WENT
from tests.notify import street
from tests.notify.channels.phones import phone
from tests.notify.channels.sink import Answer


@pytest.fixture
def group(sink, cast):
    """A group of our community with a robot in it, whose vendor takes everything."""
    url = f"{sink.address}/robot/send?access_token=x"
    robot = robots.add_robot(cast.home, "dingtalk", url, by=cast.director, at=clock.now())
    session.commit()
    sink.answers = lambda _asked: Answer(200, {}, b'{"errcode": 0}')
    street.read_everything()
    sink.robot_id = robot.id
    return sink


def tell(*people, urgency="normal", kind="feedback_answered", n=1):
    """So many messages to each of them, about nothing in particular."""
    at, each = clock.now(), [(one, number) for one in people for number in range(n)]
    made = [
        writing.message(kind, f"{kind}:{number}", one.id, at=at, community_id=one.area_id)
        for one, number in each
    ]
    for one in made:
        one.urgency = urgency
    writing.write(made)
    session.commit()


def robot(group) -> Robot:
    return session.get(Robot, group.robot_id)


def test_who_gets_no_pushes_is_told_in_the_group_and_called_by_her_number(group, cast):
    cast.worker.set_phone("13800000001")
    tell(cast.worker, cast.colleague, n=6)
    jobs.look_after_the_post(street.run)
    (asked,) = group.asked
    assert asked.json["at"]["atMobiles"] == ["13800000001"]
    assert "12 条意见有了答复" in asked.json["text"]["content"]
    for secret in (cast.worker.name, cast.colleague.name, "13800000001"):
        assert secret not in json.dumps(asked.json["text"], ensure_ascii=False)


def test_no_robot_is_made_to_speak_faster_than_its_vendor_allows(group, cast):
    now = clock.now()
    while robot(group).take(at=now) == 0:
        session.commit()
    tell(cast.worker)
    jobs.look_after_the_post(street.run)
    assert group.asked == []
    with street.later(seconds=10):
        jobs.look_after_the_post(street.run)
    assert len(group.asked) == 1


def test_a_robot_that_is_gone_is_switched_off_and_said_so(group, cast):
    group.answers = lambda _asked: Answer(200, {}, b'{"errcode": 300005}')
    tell(cast.worker)
    jobs.look_after_the_post(street.run)
    assert robot(group).off_at and "已没有这个机器人" in robot(group).said
    assert outward.WAYS["robot"].addresses([cast.worker], at=clock.now())[cast.worker.id] == []


def test_a_test_goes_out_from_the_post_room_and_its_outcome_is_kept(group, cast):
    robot(group).ask_for_a_test(by=cast.director, at=clock.now())
    session.commit()
    jobs.look_after_the_post(street.run)
    assert group.asked[0].json["text"]["content"] == "守望：试一条\n这个机器人能用。"
    assert (robot(group).said, robot(group).asked_at) == ("", None)
    group.answers = lambda _asked: Answer(
        200, {}, b'{"errcode": 310000, "errmsg": "sign not match"}'
    )
    robot(group).ask_for_a_test(by=cast.director, at=clock.now())
    session.commit()
    jobs.look_after_the_post(street.run)
    assert "签名不对" in robot(group).said


def test_only_what_is_urgent_goes_to_the_gateway_and_last(sink, cast, equip):
    equip(SMS_URL=f"{sink.address}/sms", SMS_SECRET="s")
    cast.worker.set_phone("13800000001")
    street.read_everything()
    tell(cast.worker)
    tell(cast.worker, kind="feedback_given", urgency="urgent")
    jobs.look_after_the_post(street.run)
    assert [asked.json["phone"] for asked in sink.asked] == ["13800000001"]


def test_a_trial_arrives_on_her_phone_and_in_no_group(group, cast):
    one = phone(f"{group.address}/wpush/1")
    subscribe(cast.worker, one)
    assert trial.ask_for(cast.worker, by=cast.director, at=clock.now()) is None
    session.commit()
    group.answers = lambda _asked: Answer(201)
    jobs.look_after_the_post(street.run)
    (asked,) = group.asked
    assert one.reads(asked.body)["notification"]["title"] == "试一条：这部手机收得到"
    with street.later(minutes=40):
        jobs.look_after_the_post(street.run)
    assert len(group.asked) == 1 and trial.last_of(cast.worker).state != "undelivered"


def subscribe(user, one):
    token, _device = sign_in.begin_session(user, None, "测试手机", at=clock.now())
    opened = sign_in.session_of(token)
    row = subscriptions.keep(
        one.address, by=user, at=clock.now(), session_id=opened.id, device_id=opened.device_id
    )
    session.commit()
    return row


def test_a_dead_phone_is_forgotten_and_the_next_way_taken(group, cast):
    subscribe(cast.worker, phone(f"{group.address}/wpush/1"))
    group.answers = lambda asked: (
        Answer(410) if asked.path.startswith("/wpush") else Answer(200, {}, b'{"errcode": 0}')
    )
    tell(cast.worker)
    for minutes in (0, 5, 45):
        with street.later(minutes=minutes):
            jobs.look_after_the_post(street.run)
    assert subscriptions.reaching([cast.worker.id], at=clock.now()) == []
    assert [asked.path.split("/")[1] for asked in group.asked] == ["wpush", "robot"]
    assert session.query(Message).filter_by(kind="feedback_answered").one().state == "open"


def pushes(group) -> int:
    return sum(asked.path.startswith("/wpush") for asked in group.asked)


def test_a_phone_that_wants_to_be_left_alone_for_an_hour_is(group, cast):
    subscribe(cast.worker, phone(f"{group.address}/wpush/1"))
    busy, fine = Answer(429, {"Retry-After": "3600"}), Answer(200, {}, b'{"errcode": 0}')
    group.answers = lambda asked: busy if asked.path.startswith("/wpush") else fine
    for n, minutes in enumerate((0, 10, 50), 1):
        with street.later(minutes=minutes):
            tell(cast.worker, n=n)
            jobs.look_after_the_post(street.run)
    assert pushes(group) == 1 and len(group.asked) > 2  # the group is told instead
    group.answers = lambda _asked: fine
    with street.later(minutes=61):
        tell(cast.worker, n=9)
        jobs.look_after_the_post(street.run)
    assert pushes(group) == 2


def test_who_has_no_other_way_is_shown_as_not_reached_in_time(sink, cast):
    street.read_everything()
    subscribe(cast.worker, phone(f"{sink.address}/wpush/1"))
    sink.answers = lambda _asked: Answer(429, {"Retry-After": "3600"})
    for n, minutes in enumerate((0, 10, 45), 1):
        with street.later(minutes=minutes):
            tell(cast.worker, n=n)
            jobs.look_after_the_post(street.run)
    told = session.query(Message).filter_by(person_id=cast.worker.id, kind="feedback_answered")
    states = [(one.state, str(one.why)) for one in told.order_by(Message.made_at)]
    assert states == [("undelivered", NONE_WENT)] * 2 + [("open", "")]
    assert len(sink.asked) == 1


def test_what_is_urgent_is_tried_on_a_phone_that_wants_to_be_left_alone(group, cast):
    subscribe(cast.worker, phone(f"{group.address}/wpush/1"))
    group.answers = lambda _asked: Answer(429, {"Retry-After": "3600"})
    tell(cast.worker)
    jobs.look_after_the_post(street.run)
    tell(cast.worker, n=2, urgency="urgent")
    jobs.look_after_the_post(street.run)
    assert pushes(group) == 2


def test_of_two_phones_the_one_that_wants_to_be_left_alone_is(group, cast):
    for number in (1, 2):
        subscribe(cast.worker, phone(f"{group.address}/wpush/{number}"))
    group.answers = lambda asked: (
        Answer(429, {"Retry-After": "3600"}) if asked.path.endswith("/1") else Answer(201)
    )
    tell(cast.worker)
    jobs.look_after_the_post(street.run)
    with street.later(minutes=10):
        tell(cast.worker, n=2)
        jobs.look_after_the_post(street.run)
    assert sorted(asked.path for asked in group.asked) == ["/wpush/1", "/wpush/2", "/wpush/2"]


def test_of_many_phones_each_gets_it_once_and_the_dead_are_forgotten(group, cast):
    numbers = range(90)
    for number in numbers:
        subscribe(cast.worker, phone(f"{group.address}/wpush/{number}"))
    group.answers = lambda asked: Answer(410 if int(asked.path.split("/")[-1]) % 3 else 201)
    tell(cast.worker)
    for _round in range(2):
        jobs.look_after_the_post(street.run)
    assert sorted(int(asked.path.split("/")[-1]) for asked in group.asked) == list(numbers)
    left = subscriptions.reaching([cast.worker.id], at=clock.now())
    assert sorted(row.endpoint.split("/")[-1] for row in left) == sorted(
        str(number) for number in numbers if number % 3 == 0
    )


def test_what_a_robot_s_owner_must_mend_stands_on_its_page_until_it_speaks_again(
    group, cast, client_of
):
    group.answers = lambda _asked: Answer(200, {}, b'{"errcode": 310000, "errmsg": "keywords"}')
    tell(cast.worker)
    jobs.look_after_the_post(street.run)
    assert "安全设置不让我们发" in client_of(cast.director).get("/robots").text
    group.answers = lambda _asked: Answer(200, {}, b'{"errcode": 0}')
    tell(cast.colleague)
    jobs.look_after_the_post(street.run)
    assert (robot(group).said, robot(group).off_at) == ("", None)


def test_a_slow_gateway_does_not_outlast_the_lease_the_others_go_later(
    sink, cast, equip, monkeypatch
):
    equip(SMS_URL=f"{sink.address}/sms", SMS_SECRET="s")
    for number, person in enumerate((cast.worker, cast.colleague)):
        person.set_phone(f"1380000000{number}")
    street.read_everything()
    tell(cast.worker, cast.colleague, urgency="urgent")
    with monkeypatch.context() as slow:
        slow.setattr(outward, "LONGEST", 0)
        jobs.look_after_the_post(street.run)
    assert sink.asked == []
    with street.later(minutes=1):
        jobs.look_after_the_post(street.run)
    assert sorted(asked.json["phone"][-1] for asked in sink.asked) == ["0", "1"]
