"""A record came back with a question: it is answered in words, or by a better record."""

from app.domain import reviews
from app.domain.records import Record
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.intake.telling import refusal_of, sentence, tell


def returned(cast) -> tuple[Record, Task]:
    kept = tell("visit", cast.elder, by=cast.worker, outcome="well")
    reviews.send_back(kept, "见到本人了吗？", by=cast.director, at=clock.now())
    session.flush()
    return kept, session.query(Task).filter_by(kind="answer", state="open").one()


def test_it_is_answered_in_words(cast):
    visit, task = returned(cast)
    kept = tell("answer", task, by=cast.worker, words="见到了，在楼下晒太阳")
    review = reviews.review_of(visit)
    assert (review.state, review.answer) == ("answered", "见到了，在楼下晒太阳")
    assert task.state == "done" and kept.fields["of"] == str(visit.id)
    assert kept.case_id is None


def test_it_is_answered_once(cast):
    _visit, task = returned(cast)
    tell("answer", task, by=cast.worker, words="见到了")
    refused = refusal_of("answer", task, by=cast.worker, words="又见到了")
    assert sentence(refused) == "这个问题已经答复过了。"


def test_a_corrected_record_is_an_answer(cast):
    visit, task = returned(cast)
    tell("visit", by=cast.worker, correcting=visit, outcome="not_seen")
    assert task.state == "done"
    assert reviews.review_of(visit).state == "answered"


def test_so_is_a_record_taken_back(cast):
    visit, task = returned(cast)
    tell("withdrawal", visit, by=cast.worker)
    assert task.state == "done"


def test_somebody_elses_question_is_not_hers_to_answer(cast):
    _visit, task = returned(cast)
    refused = refusal_of("answer", task, by=cast.director, words="我替她答")
    assert sentence(refused) == "这个问题是问别人的，不用您答复。"


def test_other_tasks_are_not_answered(cast):
    visit = session.query(Task).filter_by(case_id=cast.elder_case.id, state="open").one()
    assert refusal_of("answer", visit, by=cast.worker, words="好")
