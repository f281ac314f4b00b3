"""A yellow code comes from above; the director takes it over."""

from datetime import datetime

from app.domain import regime
from app.domain.cases import open_case_of
from app.lib import clock
from tests.intake.telling import refusal_of, sentence, tell


def test_it_opens_the_case_with_its_four_papers(cast):
    told = {"reason": "space_time", "coloured_at": "2022-10-06T07:20"}
    kept = tell("code_push", cast.plain, by=cast.director, **told)
    case = open_case_of(cast.plain.id, "yellow")
    assert kept.case_id == case.id
    assert case.reason == "space_time" and case.rule and case.ends_on
    assert (case.edition, case.source, case.stage) == ("ninth", "pushed", "reported")
    assert case.anchor_at == datetime.fromisoformat("2022-10-06T07:20+08:00")


def test_without_a_reason_of_the_list_there_is_no_case(cast):
    for reason in ("", "dislike", "drug"):
        refused = refusal_of("code_push", cast.plain, by=cast.director, reason=reason)
        assert sentence(refused, "reason") in ("这一项要填。", "请从列表里选。")
    assert open_case_of(cast.plain.id, "yellow") is None


def test_nobody_is_yellow_twice(cast):
    refused = refusal_of("code_push", cast.yellow, by=cast.director, reason="missed_round")
    assert "已有一份在管的同类档案" in sentence(refused)


def test_nobody_turned_yellow_tomorrow(cast):
    told = {"reason": "missed_round", "coloured_at": "2022-10-07T07:20"}
    refused = refusal_of("code_push", cast.plain, by=cast.director, **told)
    assert sentence(refused, "coloured_at") == "这个时间还没到，请改成已经发生的时间。"


def test_after_class_b_there_are_no_yellow_codes(cast):
    regime.adopt(cast.city, "class-B", why="演练", by=cast.admin, at=clock.now())
    refused = refusal_of("code_push", cast.plain, by=cast.director, reason="missed_round")
    assert sentence(refused) == "按现行规则，不再登记黄码。"


def test_a_correction_gives_the_case_its_right_papers(cast):
    wrong = tell("code_push", cast.plain, by=cast.director, reason="missed_round")
    tell("code_push", by=cast.director, correcting=wrong, reason="medium_travel", source="reported")
    case = open_case_of(cast.plain.id, "yellow")
    assert (case.reason, case.source) == ("medium_travel", "reported")
    assert case.rule.startswith("yellow/medium_travel@")


def test_taken_back_there_is_no_yellow_code(cast):
    wrong = tell("code_push", cast.plain, by=cast.director, reason="missed_round")
    tell("withdrawal", wrong, by=cast.director)
    assert open_case_of(cast.plain.id, "yellow") is None
