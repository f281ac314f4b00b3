"""The post room: one parcel for many, the next way when nobody reads, nothing twice."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from app.domain import incidents, tasks
from app.domain.messages import (
    Delivery,
    Message,
    PostBox,
    drop_old_messages,
    keep_quiet,
    unread_of,
)
from app.lib import clock
from app.lib.db import session
from app.notify import post_room
from app.notify.channels import Outcome
from app.notify.deciding import Decided
from app.notify.post_room import LEASE
from app.reports.told import undelivered_count
from tests.cast import MORNING
from tests.notify.street import (
    Street,
    a_round,
    later,
    lease,
    mark,
    read_everything,
    run,
    states,
    tell,
)

NIGHT = clock.at(clock.local_day(MORNING), 23, 30)


@pytest.fixture
def push(cast) -> Street:
    read_everything()
    return Street({cast.worker.id: ["lina's phone"], cast.colleague.id: ["zhouqiang's phone"]})


@pytest.fixture
def robot(cast) -> Street:
    people = (cast.worker, cast.colleague, cast.director)
    return Street({one.id: ["the group"] for one in people})


@pytest.fixture
def ways(push, robot) -> dict[str, Street]:
    return {"push": push, "robot": robot}


def give(cast, n: int = 1, **about) -> list[tasks.Task]:
    about = {"grid_id": cast.grid1.id, "community_id": cast.home.id} | about
    now = clock.now()
    end = clock.end_of(clock.local_day(now) + timedelta(days=1))
    given = [
        tasks.give("visit", "", by=cast.director, at=now, due_at=end, **about) for _n in range(n)
    ]
    session.commit()
    return given


def send_out(cast) -> None:
    """李娜 is sent to a fire: that is urgent."""
    now, by = clock.now(), cast.director
    about = {"community_id": cast.home.id, "grid_id": cast.grid1.id, "place": "门口", "grade": 1}
    fire = incidents.report("fire", "冒烟", verify_by=now, by=by, at=now, **about)
    fire.verify("", by=by, at=now)
    fire.assign(cast.worker, now + timedelta(hours=1), by=by, at=now)
    session.commit()


def the_message(**about) -> Message:
    return session.scalars(select(Message).filter_by(**about)).one()


def test_one_new_task_is_one_parcel_that_leads_to_it(cast, push, ways):
    [task] = give(cast)
    assert a_round(ways) == 1
    [(who, parcel)] = push.carried
    message = the_message(task_id=task.id)
    assert (who, parcel.title, parcel.count) == ("lina's phone", "新任务", 1)
    assert parcel.path == f"/messages/{message.uid}" and parcel.topic == message.uid.hex
    assert [(one.channel, one.state, one.target) for one in message.deliveries] == [
        ("push", "sent", "lina's phone")
    ]


def test_five_hundred_new_tasks_are_one_parcel(cast, push, ways):
    give(cast, 500)
    assert a_round(ways) == 500
    [(_who, parcel)] = push.carried
    assert (parcel.title, parcel.count, parcel.path) == ("500 条新任务", 500, "/messages")


def test_of_several_sorts_the_parcel_says_how_many_of_each(cast, push, ways):
    task, *_others = give(cast, 3)
    task.remind(by=cast.director, at=clock.now())
    session.commit()
    a_round(ways)
    [(_who, parcel)] = push.carried
    assert parcel.title == "4 条消息"
    assert parcel.body == "3 条新任务\n负责人提醒您办一件事"


def test_a_parcel_is_in_its_reader_s_language(cast, push, ways):
    cast.worker.language = "en"
    give(cast, 2)
    a_round(ways)
    assert push.titles in (["New tasks: 2"], ["2 条新任务"])  # without compiled catalogues Chinese


def test_nothing_goes_out_a_second_time(cast, push, robot, ways):
    give(cast)
    a_round(ways)
    assert [a_round(ways) for _time in range(3)] == [0, 0, 0]
    assert (len(push.carried), len(robot.carried)) == (1, 0)


def test_unread_after_half_an_hour_the_robot_tells_it_and_at_last_the_director_sees_it(
    cast, push, robot, ways
):
    [task] = give(cast)
    a_round(ways)
    with later(minutes=29):
        assert a_round(ways) == 0
    with later(minutes=31):
        assert a_round(ways) == 1
    assert robot.titles == ["新任务"] and robot.mentioned == [(f"@{cast.worker.id}",)]
    with later(minutes=92):
        assert a_round(ways) == 0
    message = the_message(task_id=task.id)
    assert (message.state, message.why) == ("undelivered", "各种提醒都试过了，还没有看。")
    message.read(at=clock.now())
    assert message.state == "read"


def test_what_was_read_is_told_no_further(cast, push, robot, ways):
    [task] = give(cast)
    a_round(ways)
    the_message(task_id=task.id).open(at=clock.now())
    session.commit()
    with later(hours=3):
        assert a_round(ways) == 0
    assert robot.carried == []


def test_what_was_done_is_told_no_further(cast, push, robot, ways):
    [task] = give(cast)
    a_round(ways)
    task.finish(None, by_id=cast.worker.id, at=clock.now())
    session.commit()
    with later(hours=3):
        assert a_round(ways) == 0
    assert robot.carried == [] and the_message(task_id=task.id).state == "pointless"


def test_what_was_done_before_it_went_out_never_goes_out(cast, push, ways):
    [task] = give(cast)
    tell()
    task.finish(None, by_id=cast.worker.id, at=clock.now())
    session.commit()
    assert a_round(ways) == 0 and push.carried == []


def test_two_people_of_one_group_are_called_in_one_parcel(cast, push, robot, ways):
    push.reaches.clear()
    give(cast)
    give(cast, grid_id=cast.grid2.id)
    assert a_round(ways) == 2
    [(_group, parcel)] = robot.carried
    assert parcel.title == "2 条新任务"
    assert robot.mentioned == [(f"@{cast.worker.id}", f"@{cast.colleague.id}")]


def test_who_has_no_way_at_all_is_shown_after_her_half_hour_in_the_app(cast, ways):
    for way in ways.values():
        way.reaches.clear()
    [task] = give(cast)
    assert a_round(ways) == 0 and the_message(task_id=task.id).state == "open"
    with later(minutes=31):
        a_round(ways)
    message = the_message(task_id=task.id)
    assert (message.state, message.why) == (
        "undelivered",
        "没有登记任何提醒方式，也没有在应用里看。",
    )


def test_who_has_left_is_sent_nothing_and_her_director_sees_it(cast, push, ways):
    [task] = give(cast, assignee=cast.colleague)
    cast.colleague.active = False
    session.commit()
    assert a_round(ways) == 0 and push.carried == []
    message = the_message(task_id=task.id)
    assert (message.state, message.why) == ("undelivered", "这个人已经停用账号，请改派。")


def test_who_has_moved_to_another_community_is_sent_nothing(cast, push, ways):
    [task] = give(cast, assignee=cast.colleague)
    tell()
    cast.colleague.area = cast.next_door
    session.commit()
    assert a_round(ways) == 0 and push.carried == []
    assert the_message(task_id=task.id).state == "undelivered"


def test_at_night_what_can_wait_waits_until_seven(cast, push, ways):
    with clock.stopped_at(NIGHT):
        give(cast, 12)
        assert a_round(ways) == 0
    with clock.stopped_at(NIGHT + timedelta(hours=7)):
        assert a_round(ways) == 0
    with clock.stopped_at(NIGHT + timedelta(hours=7, minutes=31)):
        assert a_round(ways) == 12
    assert push.titles == ["12 条新任务"]


def test_at_night_what_is_urgent_goes_out(cast, push, ways):
    push.reaches[cast.director.id] = ["zhangmin's phone"]
    with clock.stopped_at(NIGHT):
        incident(cast)
        assert a_round(ways) == 1  # the secretary has no way
    assert push.titles == ["新的突发事件，待核实"]


def incident(cast) -> None:
    about = {"community_id": cast.home.id, "grid_id": cast.grid1.id, "place": "门口", "grade": 1}
    now = clock.now()
    incidents.report("fire", "冒烟", verify_by=now, by=cast.worker, at=now, **about)
    session.commit()


def test_somebody_may_have_other_quiet_hours(cast, push, ways):
    keep_quiet(cast.worker, time(9), time(12), at=clock.now())
    give(cast)
    assert a_round(ways) == 0
    with later(minutes=91):
        assert a_round(ways) == 1


def test_what_comes_shortly_after_something_went_out_is_gathered(cast, push, ways):
    give(cast)
    a_round(ways)
    for minute in (1, 2, 3):
        with later(minutes=minute):
            give(cast)
            assert a_round(ways) == 0
    with later(minutes=6):
        assert a_round(ways) == 3
    assert push.titles == ["新任务", "3 条新任务"]


def test_a_way_that_is_busy_is_asked_again_later_and_then_another_is(cast, push, robot, ways):
    push.answers["lina's phone"] = Outcome("later", retry_after=90)
    give(cast)
    assert a_round(ways) == 0 and len(push.carried) == 1
    with later(seconds=80):
        assert a_round(ways) == 0 and len(push.carried) == 1
    now = MORNING
    for _time in range(20):
        now += timedelta(minutes=25)
        with clock.stopped_at(now):
            a_round(ways)
    assert len(push.carried) == 6 and len(robot.carried) == 1


def test_a_phone_that_asked_to_wait_is_asked_of_nothing_else_meanwhile_but_what_is_urgent(
    cast, push, ways
):
    push.answers["lina's phone"] = Outcome("later", retry_after=600)
    give(cast)
    a_round(ways)
    with later(minutes=9):
        give(cast, 2)
        assert a_round(ways) == 0 and len(push.carried) == 1
        send_out(cast)
        a_round(ways)
        assert push.titles == ["新任务", "派给您一起突发事件"]
    push.answers.clear()
    with later(minutes=15):
        a_round(ways)
    assert push.titles[-1] == "3 条新任务"


def test_a_way_that_is_busy_for_longer_than_a_message_may_wait_gives_way_to_the_next(
    cast, push, robot, ways
):
    push.answers["lina's phone"] = Outcome("later", retry_after=1900)
    give(cast)
    assert a_round(ways) == 1
    assert robot.titles == ["新任务"]


def test_five_minutes_of_a_busy_service_are_enough_for_what_is_urgent(cast, push, robot, ways):
    push.answers["lina's phone"] = Outcome("later")
    send_out(cast)
    for second in range(0, 301, 10):
        with later(seconds=second):
            a_round(ways)
    assert len(push.carried) == 4 and "派给您一起突发事件" in robot.titles


def test_what_was_taken_without_an_answer_goes_out_once_more_and_no_oftener(
    cast, push, robot, ways
):
    push.answers["lina's phone"] = Outcome("later", lost=True)
    give(cast)
    for minute in range(12):
        with later(minutes=minute):
            a_round(ways)
    assert len(push.carried) == 2 and robot.titles == ["新任务"]


def test_a_dead_address_is_forgotten_and_the_next_way_taken_at_once(cast, push, robot, ways):
    push.answers["lina's phone"] = Outcome("gone", "失效")
    give(cast)
    assert a_round(ways) == 1
    assert push.forgotten == ["lina's phone"] and robot.titles == ["新任务"]
    [pushed] = session.scalars(select(Delivery).where(Delivery.channel == "push"))
    assert (pushed.state, pushed.why) == ("failed", "失效")


def test_of_several_phones_one_that_takes_it_is_enough(cast, push, robot, ways):
    push.reaches[cast.worker.id] = ["old phone", "new phone"]
    push.answers["old phone"] = Outcome("gone")
    give(cast)
    assert a_round(ways) == 1
    assert push.forgotten == ["old phone"] and robot.carried == []


def test_a_way_that_breaks_stops_nobody_else(cast, push, robot, ways):
    class Broken(Street):
        def carry(self, envelopes):
            raise RuntimeError("no network at all")

    ways["push"] = Broken(push.reaches)
    give(cast)
    assert a_round(ways) == 0
    ways["push"] = push
    with later(minutes=2):
        assert a_round(ways) == 1


def test_a_box_that_is_leased_is_nobody_else_s(cast, push, ways):
    give(cast)
    tell()
    first, second = lease(ways), lease(ways)
    assert len(first.packed) == 1 and second is None
    mark(first, post_room.send(ways, first.packed), ways)
    assert (
        len(push.carried) == 1
        and session.query(PostBox).filter(PostBox.lease.is_not(None)).count() == 0
    )


def test_what_she_reads_while_it_is_decided_upon_stays_read_and_is_not_sent(cast, push, ways):
    [task] = give(cast)
    tell()

    def she_is_faster(step, *, reading=False):
        done = run(step, reading=reading)
        if isinstance(done, Decided):
            the_message(task_id=task.id).read(at=clock.now())
            session.commit()
        return done

    leased = post_room.lease(ways, she_is_faster)
    assert leased.packed == () and the_message(task_id=task.id).state == "read"
    assert a_round(ways) == 0 and push.carried == []


def test_of_two_at_work_who_is_slower_writes_nothing_over_the_other_s(cast, push, ways):
    [task] = give(cast)
    tell()

    def another_was_faster(step, *, reading=False):
        done = run(step, reading=reading)
        if isinstance(done, Decided):
            with later(minutes=3):
                assert a_round(ways) == 1
        return done

    assert post_room.lease(ways, another_was_faster).packed == ()
    [delivery] = the_message(task_id=task.id).deliveries
    assert (delivery.state, delivery.attempts, len(push.carried)) == ("sent", 1, 1)


@pytest.mark.parametrize("sent", [False, True], ids=["before sending", "before marking"])
def test_what_died_on_the_way_goes_out_once_more_and_no_oftener(cast, push, robot, ways, sent):
    [task] = give(cast)
    tell()
    now = MORNING
    for death in range(2):
        with clock.stopped_at(now):
            leased = lease(ways)
            assert len(leased.packed) == 1
            if sent:
                post_room.send(ways, leased.packed)
        now += LEASE - timedelta(seconds=1)
        with clock.stopped_at(now):
            assert lease(ways) is None, death
        now += timedelta(seconds=2)
    with clock.stopped_at(now):
        a_round(ways)
    assert len(push.carried) == (2 if sent else 0) and len(robot.carried) == 1
    push_delivery, robot_delivery = the_message(task_id=task.id).deliveries
    assert (push_delivery.state, push_delivery.lost, push_delivery.attempts) == ("failed", 2, 2)
    assert robot_delivery.state == "sent"


def test_once_more_is_enough_where_it_then_arrives(cast, push, robot, ways):
    [task] = give(cast)
    tell()
    post_room.send(ways, lease(ways).packed)
    with later(minutes=3):
        assert a_round(ways) == 1
    assert len(push.carried) == 2 and robot.carried == []
    [delivery] = the_message(task_id=task.id).deliveries
    assert (delivery.state, delivery.lost, delivery.attempts) == ("sent", 1, 2)


def test_who_looked_at_the_clock_before_another_leased_does_not_take_it_for_set_back(
    cast, push, ways
):
    give(cast)
    tell()
    with later(seconds=5):
        assert len(lease(ways).packed) == 1
    assert lease(ways) is None


def test_a_late_word_of_a_lease_that_ran_out_counts_no_more(cast, push, ways):
    give(cast)
    tell()
    slow = lease(ways)
    became = post_room.send(ways, slow.packed)
    with later(minutes=3):
        again = lease(ways)
        assert mark(slow, became, ways) == 0
        assert mark(again, post_room.send(ways, again.packed), ways) == 1
        assert a_round(ways) == 0


def test_a_clock_set_forward_and_back_loses_and_doubles_nothing(cast, push, robot, ways):
    with later(days=400):
        give(cast)
        a_round(ways)
    assert a_round(ways) == 0
    [message] = session.scalars(select(Message).where(Message.state == "open"))
    assert message.next_at == clock.now() + timedelta(minutes=30)
    with later(minutes=31):
        assert a_round(ways) == 1
    assert (len(push.carried), len(robot.carried)) == (1, 1)


def test_a_lease_that_a_wrong_clock_took_holds_nobody_up(cast, push, ways):
    give(cast)
    tell()
    with later(hours=5):
        assert lease(ways).packed
    assert a_round(ways) == 1


def test_a_reminder_that_nobody_read_in_time_is_shown(cast, push, ways):
    [task] = give(cast)
    a_round(ways)
    with later(days=1, minutes=1):
        a_round(ways)
    assert the_message(task_id=task.id).state == "undelivered"
    assert states()["undelivered"] == 1


def test_what_a_wrong_clock_gave_up_is_taken_up_again_also_where_its_way_must_wait(
    cast, push, robot, ways
):
    [task] = give(cast)
    tell()
    with later(days=400):
        a_round(ways)
        assert the_message(task_id=task.id).state == "undelivered"
    push.reaches.clear()
    robot.waits["the group"] = 60
    a_round(ways)
    assert the_message(task_id=task.id).state == "open"
    robot.waits.clear()
    with later(minutes=2):
        assert a_round(ways) == 1 and robot.titles == ["新任务"]


def test_past_its_time_by_a_wrong_clock_it_is_shown_and_set_right_it_goes_out(cast, push, ways):
    [task] = give(cast)
    tell()
    with later(days=400):
        assert a_round(ways) == 0 and push.carried == []
        message = the_message(task_id=task.id)
        assert (message.state, message.why) == ("undelivered", "过了时间也没有看。")
        drop_old_messages(at=clock.now())
        assert message in session.scalars(unread_of(cast.worker)).all()
        assert undelivered_count(cast.home) == 1
        session.commit()
    assert a_round(ways) == 1
    assert (message.state, push.titles) == ("open", ["新任务"])
    assert [a_round(ways) for _time in range(2)] == [0, 0]
