"""By when a pushed list is due, who took how much of it, and when one tries again."""

from datetime import timedelta

import pytest

from app.policy.checks import Place, answer, answers, clock_of, level_of, next_try
from app.policy.rulebook import RULES
from tests.policy.casework import YINGZE, on

HERE = Place("ninth", YINGZE, RULES)
MORNING = on(6, "10:00")


@pytest.mark.parametrize(
    ("sender", "level"),
    [
        ("省疫情防控办", "province"),
        ("太原市健康码专班", "city"),
        ("太原市社区防控组", "city"),
        ("迎泽区疾控中心", "district"),
        ("迎泽区迎泽街道", "subdistrict"),
        ("公安", "subdistrict"),
    ],
)
def test_who_sends_is_told_by_how_the_office_is_called(sender, level):
    assert level_of(sender, HERE, MORNING) == level


def test_without_a_deadline_it_is_due_in_24_hours_and_rings_after_24_48_and_72():
    told = clock_of(MORNING, None, "太原市专班", HERE)
    assert (told.due_at, told.leads) == (on(7, "10:00"), ())
    assert [told.rang(on(day, "10:00")) for day in (6, 7, 8, 10)] == [0, 24, 48, 72]


def test_a_deadline_this_noon_leaves_the_hours_for_the_work_that_the_rule_keeps():
    told = clock_of(MORNING, on(6, "14:00"), "太原市专班", HERE)
    assert [one.until for one in told.leads] == [on(6, "13:00"), on(6, "13:00"), on(6, "13:00")]
    told = clock_of(MORNING, on(6, "11:00"), "太原市专班", HERE)
    assert told.due_at == on(6, "11:00")


def test_a_deadline_in_a_week_does_not_make_it_later():
    assert clock_of(MORNING, on(13, "10:00"), "太原市专班", HERE).due_at == on(7, "10:00")


def test_one_calls_in_another_part_of_the_day_then_goes_there_then_leaves_it():
    nobody, tried, now, way = answer("no_answer", HERE, MORNING).params, [], MORNING, "phone"
    course = []
    while True:
        tried.append(way)
        following = next_try(tried, nobody, now, HERE)
        if following is None:
            break
        course.append((following.way, (following.at - MORNING) / timedelta(hours=1)))
        now, way = following.at, following.way
    assert course == [("phone", 2), ("door", 2), ("door", 8)]
    assert tried == ["phone", "phone", "door", "door"]


def test_a_number_nobody_has_sends_her_to_the_door_at_once():
    following = next_try(["phone"], answer("empty_number", HERE, MORNING).params, MORNING, HERE)
    assert (following.way, following.at) == ("door", MORNING)


def test_what_can_be_found_stands_in_the_order_of_the_data():
    found = [rule.words for rule in answers(HERE, MORNING)]
    assert found == ["真实", "不在本地", "非本辖区", "空号", "无人接听", "拒答", "已离开", "其他"]
    assert answer("horoscope", HERE, MORNING) is None
