"""Returnees: where from, when, how; announced, arrived, and not twice."""

from datetime import date, datetime, timedelta

import pytest

from app.domain import regime
from app.domain.cases import open_case_of
from app.intake import KINDS
from app.intake.filling import form_for
from app.intake.reasons import reasons_at
from app.intake.subject import find_subject
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from tests.intake.telling import refusal_of, sentence, tell

BACK = {
    "reason": "green",
    "origin": "河南省郑州市",
    "left_on": "2022-10-05",
    "arrived_at": "2022-10-06T09:40",
    "transport": "train",
    "trip_number": "G1234",
}


def reasons_today(cast):
    return reasons_at("returnee", cast.home, clock.today())


def test_an_arrival_opens_the_case_with_its_papers(cast):
    kept = tell("arrival", cast.plain, by=cast.worker, **BACK)
    case = open_case_of(cast.plain.id, "returnee")
    assert kept.case_id == case.id and kept.outcome == "arrived"
    assert kept.fields["origin"] == "410100"
    assert kept.fields["arrived_at"] == "2022-10-06T01:40:00+00:00"
    assert case.reason == "green" and case.label == "green" and case.ends_on
    assert clock.local_day(case.anchor_at) == date(2022, 10, 6)
    assert case.stage == "arrived"


def test_only_what_is_in_force_at_the_place_and_day_can_be_chosen(cast):
    refused = refusal_of("arrival", cast.plain, by=cast.worker, **BACK | {"reason": "blue"})
    assert sentence(refused, "reason") == "请从列表里选。"


def test_after_class_b_nobody_is_registered(cast):
    regime.adopt(cast.city, "class-B", why="演练", by=cast.admin, at=clock.now())
    refused = refusal_of("arrival", cast.plain, by=cast.worker, **BACK)
    assert sentence(refused) == "按现行规则，不再登记返回人员。"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("141102", "141102"), ("吕梁离石", "141102"), ("离石", "141102"), ("朝阳市", "211300")],
)
def test_an_origin_is_a_code_or_a_name(cast, typed, code):
    told = BACK | {"origin": typed}
    assert tell("arrival", cast.plain, by=cast.worker, **told).fields["origin"] == code


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("999999", "没有找到“999999”，请写市或区县的名称"),
        ("乌有市", "没有找到“乌有市”"),
        ("朝阳", "“朝阳”有几处：北京市朝阳区、辽宁省朝阳市"),
        ("", "这一项要填。"),
    ],
)
def test_an_origin_that_is_unknown_or_not_clear(cast, typed, part):
    refused = refusal_of("arrival", cast.plain, by=cast.worker, **BACK | {"origin": typed})
    assert sentence(refused, "origin").startswith(part)


def test_nobody_arrives_before_he_left(cast):
    told = BACK | {"left_on": "2022-10-06", "arrived_at": "2022-10-05T23:00"}
    refused = refusal_of("arrival", cast.plain, by=cast.worker, **told)
    assert sentence(refused, "arrived_at") == "抵达时间早于离开当地的日期，请核对。"


def test_an_arrival_lies_not_in_the_future_unless_it_is_announced(cast):
    told = BACK | {"arrived_at": "2022-10-07T18:00"}
    refused = refusal_of("arrival", cast.plain, by=cast.worker, **told)
    assert sentence(refused, "arrived_at") == "这个时间还没到，请改成已经发生的时间。"
    kept = tell("arrival", cast.plain, by=cast.worker, outcome="announced", **told)
    assert kept.outcome == "announced"
    assert open_case_of(cast.plain.id, "returnee").stage == "reported"


def test_an_announcement_says_when_and_not_in_the_past(cast):
    told = BACK | {"outcome": "announced", "arrived_at": ""}
    refused = refusal_of("arrival", cast.plain, by=cast.worker, **told)
    assert sentence(refused, "arrived_at") == "请填预计什么时候到。"
    told["arrived_at"] = "2022-10-05T20:00"
    refused = refusal_of("arrival", cast.plain, by=cast.worker, **told)
    assert sentence(refused, "arrived_at").startswith("预报的抵达时间已经过去")


def test_who_was_announced_arrives_into_the_same_case_with_the_last_word(cast):
    announced = BACK | {"outcome": "announced", "arrived_at": "2022-10-07T18:00"}
    first = tell("arrival", cast.plain, by=cast.worker, **announced)
    with clock.stopped_at(clock.now() + timedelta(days=1, hours=10)):
        arrived = BACK | {
            "arrived_at": "2022-10-07T19:30",
            "reason": "yellow",
            "origin": "吕梁离石",
        }
        second = tell("arrival", cast.plain, by=cast.worker, **arrived)
    case = open_case_of(cast.plain.id, "returnee")
    assert first.case_id == second.case_id == case.id
    assert (case.reason, case.label, case.stage) == ("yellow", "yellow", "arrived")
    assert case.anchor_at == datetime.fromisoformat("2022-10-07T19:30+08:00")


def test_announced_for_later_today_has_not_arrived(cast):
    tell(
        "arrival",
        cast.plain,
        by=cast.worker,
        **BACK | {"outcome": "announced", "arrived_at": "2022-10-06T18:00"},
    )
    assert open_case_of(cast.plain.id, "returnee").stage == "reported"


def test_a_second_open_case_of_the_same_kind_is_refused(cast):
    refused = refusal_of("arrival", cast.returnee, by=cast.worker, **BACK)
    assert sentence(refused).startswith("这位居民已有一份在管的返回档案")


def test_a_correction_restates_the_case_as_if_it_had_been_right(cast):
    wrong = tell("arrival", cast.plain, by=cast.worker, **BACK)
    right = BACK | {"reason": "yellow", "arrived_at": "2022-10-05T22:10"}
    tell("arrival", cast.plain, by=cast.worker, correcting=wrong, **right)
    case = open_case_of(cast.plain.id, "returnee")
    assert (case.reason, case.label) == ("yellow", "yellow")
    assert clock.local_day(case.anchor_at) == date(2022, 10, 5)


def test_taken_back_the_case_is_gone_from_the_lists(cast):
    wrong = tell("arrival", cast.plain, by=cast.worker, **BACK)
    case = open_case_of(cast.plain.id, "returnee")
    tell("withdrawal", wrong, by=cast.worker)
    assert open_case_of(cast.plain.id, "returnee") is None
    assert case.outcome == "withdrawn"
    assert tell("arrival", cast.plain, by=cast.worker, **BACK).case_id != case.id


def test_the_time_of_writing_stands_for_an_arrival_without_one(cast):
    told = {name: answer for name, answer in BACK.items() if name != "arrived_at"}
    kept = tell("arrival", cast.plain, by=cast.worker, **told)
    assert datetime.fromisoformat(kept.fields["arrived_at"]) == clock.now()


@pytest.mark.parametrize("typed", ["-1", "21", "许多", "9" * 5000])
def test_companions_are_a_small_number(cast, typed):
    refused = refusal_of("arrival", cast.plain, by=cast.worker, companions=typed, **BACK)
    assert sentence(refused, "companions")


def test_an_empty_form_offers_the_reasons_in_force_and_this_minute(cast):
    kind = KINDS["arrival"]
    subject = find_subject(kind, {"resident_id": cast.plain.id}, by=cast.worker)
    form = form_for(kind, subject, clock.today())
    assert [value for value, *_rest in form.reason.iter_choices()] == [
        reason.key for reason in reasons_today(cast)
    ]
    assert form.arrived_at.data == datetime(2022, 10, 6, 10, 30)
    session.rollback()


def test_a_form_that_the_rules_do_not_have_says_so_when_it_is_opened(cast):
    regime.adopt(cast.city, "class-B", why="演练", by=cast.admin, at=clock.now())
    kind = KINDS["arrival"]
    subject = find_subject(kind, {"resident_id": cast.plain.id}, by=cast.worker)
    with pytest.raises(Refused, match="不再登记返回人员"):
        form_for(kind, subject, clock.today())
