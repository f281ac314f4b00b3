"""Verifying a yellow code: what the worker finds, and what she may not do."""

import pytest

from app.domain.cases import Case
from app.domain.tasks import Task
from app.intake import KINDS
from app.lib.db import session
from tests.intake.telling import refusal_of, sentence, tell, tell_and_hear


def verify_task(cast) -> Task:
    return session.query(Task).filter_by(case_id=cast.yellow_case.id, kind="verify").one()


def test_one_tap_verifies(cast):
    kept = tell("code_check", verify_task(cast), by=cast.worker, **KINDS["code_check"].one_tap)
    assert kept.fields == {"at_home": True, "symptoms": [], "explained": True, "note": ""}
    assert verify_task(cast).state == "done"
    assert cast.yellow_case.stage == "verified"


def test_that_the_measures_were_explained_needs_no_typing(cast):
    kept = tell("code_check", cast.yellow, by=cast.worker, outcome="confirmed", at_home="n")
    assert kept.fields["explained"] is True
    assert kept.fields["at_home"] is False


def test_whether_he_is_at_home_is_asked_only_where_it_is_true(cast):
    refused = refusal_of("code_check", cast.yellow, by=cast.worker, outcome="confirmed")
    assert sentence(refused, "at_home") == "这一项要填。"
    kept = tell("code_check", cast.yellow, by=cast.worker, outcome="unreachable", at_home="y")
    assert "at_home" not in kept.fields
    assert verify_task(cast).state == "open"


@pytest.mark.parametrize("outcome", ["elsewhere", "not_ours"])
def test_somebody_who_lives_elsewhere_is_not_ours(cast, outcome):
    tell("code_check", cast.yellow, by=cast.worker, outcome=outcome, whereabouts="晋中市榆次区")
    assert cast.yellow_case.stage == "transferred"
    assert cast.yellow_case.may_close


def test_a_worker_turns_nobody_yellow(cast):
    refused = refusal_of("code_check", cast.plain, by=cast.worker, outcome="confirmed", at_home="y")
    assert "不能在这里赋码" in sentence(refused)
    pushed = refusal_of("code_push", cast.plain, by=cast.worker, reason="missed_round")
    assert sentence(pushed) == "您的账号不能做这种登记。"
    assert session.query(Case).filter_by(resident_id=cast.plain.id).count() == 0


def test_two_who_verify_the_same_are_both_kept(cast):
    tell("code_check", cast.yellow, by=cast.worker, outcome="confirmed", at_home="y")
    second = tell_and_hear(
        "code_check", cast.yellow, by=cast.director, outcome="confirmed", at_home="y"
    )
    assert "李娜" in str(second.notice) and "黄码核实" in str(second.notice)
