"""Ending a case, when its rules allow it and when something has simply happened."""

from datetime import timedelta

import pytest

from app.domain.cases import open_case_of
from app.lib import clock
from tests.intake.telling import refusal_of, sentence, tell


def test_it_is_refused_with_the_reasons_of_the_plan(cast):
    refused = refusal_of("release", cast.returnee_case, by=cast.worker, outcome="completed")
    assert sentence(refused).startswith("现在还不能解除：还没有核实。还差")


def test_when_all_is_done_and_the_days_are_over_one_tap_ends_it(cast):
    case = cast.returnee_case
    tell("arrival_check", cast.returnee, by=cast.worker, outcome="confirmed", at_home="y")
    for day in range(1, 4):
        with clock.stopped_at(clock.now() + timedelta(days=day)):
            tell("test", cast.returnee, by=cast.worker, outcome="negative")
            tell("monitor", cast.returnee, by=cast.worker, outcome="normal")
    with clock.stopped_at(clock.at(case.ends_on, 9)):
        kept = tell("release", case, by=cast.worker, outcome="completed")
    assert kept.outcome == "completed"
    assert (case.is_open, case.outcome, case.stage) == (False, "completed", "released")


def test_time_alone_makes_it_ripe_though_nobody_planned_it_anew(cast):
    tell("arrival_check", cast.returnee, by=cast.worker, outcome="elsewhere")
    assert tell("release", cast.returnee_case, by=cast.worker, outcome="transferred")


def test_a_yellow_code_is_ended_by_the_director_alone(cast):
    tell("code_check", cast.yellow, by=cast.worker, outcome="not_ours")
    refused = refusal_of("release", cast.yellow_case, by=cast.worker, outcome="transferred")
    assert sentence(refused) == "黄码档案由社区负责人结档，请先告诉她。"
    assert tell("release", cast.yellow_case, by=cast.director, outcome="transferred")


@pytest.mark.parametrize("outcome", ["hospital", "died"])
def test_what_has_happened_ends_it_on_the_directors_word(cast, outcome):
    tell("test", cast.returnee, by=cast.worker, outcome="positive")
    refused = refusal_of("release", cast.returnee_case, by=cast.worker, outcome=outcome)
    assert sentence(refused) == "这样结束要由社区负责人来定，请先告诉她。"
    tell("release", cast.returnee_case, by=cast.director, outcome=outcome)
    assert not cast.returnee_case.is_open


def test_an_outcome_of_another_kind_of_case_is_refused(cast):
    refused = refusal_of("release", cast.elder_case, by=cast.director, outcome="completed")
    assert sentence(refused, "outcome") == "请从列表里选。"


def test_taken_back_the_case_goes_on(cast):
    ended = tell("release", cast.elder_case, by=cast.worker, outcome="nursing_home")
    assert not cast.elder_case.is_open
    tell("withdrawal", ended, by=cast.worker)
    assert cast.elder_case.is_open


def test_it_is_not_taken_back_over_a_new_case(cast):
    ended = tell("release", cast.elder_case, by=cast.worker, outcome="cared_for")
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        tell("elder_roll", cast.elder, by=cast.director, reason="lone")
        refused = refusal_of("withdrawal", ended, by=cast.worker)
    assert sentence(refused) == "这位居民已有新的在管档案，原来的结档不能再撤销。"


def test_a_correction_corrects_the_outcome_of_the_case(cast):
    wrong = tell("release", cast.elder_case, by=cast.worker, outcome="moved")
    tell("release", by=cast.worker, correcting=wrong, outcome="nursing_home")
    assert cast.elder_case.outcome == "nursing_home"


def test_a_deed_from_before_the_end_still_belongs_to_the_case(cast):
    tell("release", cast.elder_case, by=cast.worker, outcome="moved")
    earlier = clock.now() - timedelta(hours=1)
    late = tell("visit", cast.elder, by=cast.worker, at=earlier, outcome="well")
    assert late.case_id == cast.elder_case.id
    assert open_case_of(cast.elder.id, "elder") is None
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        assert refusal_of("visit", cast.elder, by=cast.worker, outcome="well")
