"""Whom an entry is about: hers, a neighbour grid's, or nobody she could know of."""

import pytest

from app.domain.tasks import Task
from app.intake.accept import accept
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Held
from tests.intake.telling import entry, refusal_of, sentence, tell


def visit_task(cast) -> Task:
    return session.query(Task).filter_by(case_id=cast.elder_case.id, state="open").one()


def test_a_resident_of_another_grid_is_held_for_the_director(cast):
    tell("elder_roll", cast.sibling, by=cast.director, reason="lone")
    written = entry("visit", cast.sibling, outcome="well")
    with pytest.raises(Held, match="这位居民现在归别的网格，登记已保留"):
        accept(written, by=cast.worker, at=clock.now())
    assert accept(written, by=cast.worker, at=clock.now(), anywhere=True).by_id == cast.worker.id


def test_a_resident_of_another_community_is_not_there(cast):
    for who in (cast.worker, cast.director):
        refused = refusal_of("visit", cast.stranger, by=who, outcome="well")
        assert sentence(refused) == "没有找到这位居民，请从“居民”里重新选一次。"


@pytest.mark.parametrize(
    "wanted", ["0", "-1", "99999", "9" * 40, "１", "x", "1.0", [1], {"a": 1}, True]
)
def test_ids_that_name_nobody(cast, wanted):
    subject = {"resident_id": wanted}
    if str(wanted) == "１":
        assert tell("visit", by=cast.worker, subject=subject, outcome="well")
        return
    assert refusal_of("visit", by=cast.worker, subject=subject, outcome="well")


def test_a_task_that_was_given_to_her_by_name_is_hers_in_any_grid(cast):
    visit_task(cast).reassign(cast.colleague, by=cast.director, at=clock.now())
    assert tell("visit", visit_task(cast), by=cast.colleague, outcome="well")


def test_a_task_that_went_to_somebody_else_may_still_be_done_for_a_resident_of_hers(cast):
    task = visit_task(cast)
    task.reassign(cast.colleague, by=cast.director, at=clock.now())
    assert tell("visit", task, by=cast.worker, outcome="well")
    assert task.state == "done"


def test_the_case_of_one_resident_is_not_recorded_for_another(cast):
    subject = {"task_id": visit_task(cast).id, "case_id": cast.yellow_case.id}
    kept = tell("visit", by=cast.worker, subject=subject, outcome="well")
    assert kept.case_id == cast.elder_case.id
    told = {"outcome": "confirmed", "at_home": "y"}
    assert refusal_of("code_check", by=cast.worker, subject=subject, **told)


def test_a_case_names_its_resident(cast):
    kept = tell("visit", cast.elder_case, by=cast.worker, outcome="well")
    assert kept.resident_id == cast.elder.id
    refused = refusal_of("visit", by=cast.worker, subject={"case_id": "4711"}, outcome="well")
    assert sentence(refused) == "没有找到这份档案，请从“居民”里重新选一次。"


def test_who_has_no_community_records_nothing(cast):
    for who in (cast.official, cast.admin):
        refused = refusal_of("visit", cast.elder, by=who, outcome="well")
        assert sentence(refused) == "您的账号不能做这种登记。"


def test_words_for_a_person_are_not_enough_she_must_be_chosen(cast):
    refused = refusal_of("visit", by=cast.worker, subject={"said": "刘大爷 101"}, outcome="well")
    assert sentence(refused) == "请从居民里选出这一位。"
