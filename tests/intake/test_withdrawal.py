"""Taking a record back."""

from app.domain.tasks import Task
from app.lib.db import session
from tests.intake.telling import refusal_of, sentence, tell


def test_it_counts_no_more_and_its_task_is_open_again(cast):
    task = session.query(Task).filter_by(case_id=cast.elder_case.id, state="open").one()
    wrong = tell("visit", task, by=cast.worker, outcome="well")
    kept = tell("withdrawal", wrong, by=cast.worker, reason="点错了")
    assert (kept.supersedes, kept.fields) == (wrong.id, {"reason": "点错了"})
    assert task.state == "open"


def test_a_worker_takes_back_her_own_alone_a_director_any(cast):
    hers = tell("visit", cast.elder, by=cast.director, outcome="well")
    refused = refusal_of("withdrawal", hers, by=cast.worker)
    assert sentence(refused) == "只能撤销自己登记的内容；别人的请告诉社区负责人。"
    others = tell("visit", cast.elder, by=cast.worker, outcome="well")
    assert tell("withdrawal", others, by=cast.director)


def test_what_was_replaced_is_not_taken_back(cast):
    wrong = tell("visit", cast.elder, by=cast.worker, outcome="well")
    right = tell("visit", by=cast.worker, correcting=wrong, outcome="needs")
    assert "已被更正或撤销" in sentence(refusal_of("withdrawal", wrong, by=cast.worker))
    assert tell("withdrawal", right, by=cast.worker)


def test_a_withdrawal_stands(cast):
    wrong = tell("visit", cast.elder, by=cast.worker, outcome="well")
    kept = tell("withdrawal", wrong, by=cast.worker)
    assert "不能撤销" in sentence(refusal_of("withdrawal", kept, by=cast.worker))


def test_of_another_community_there_is_none(cast):
    hers = tell("incident", by=cast.neighbour, kind="fire", words="着火")
    refused = refusal_of("withdrawal", hers, by=cast.worker)
    assert sentence(refused) == "没有找到这条登记，请刷新后再看。"
