"""What a worker says of work given to her: accepted, asked, handed on, done as it was asked."""

from datetime import timedelta

import pytest

from app.domain.records import Record
from app.domain.scope import Scope
from app.domain.tasks import Task
from app.intake.accept import accept
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Held
from app.reports.my_day import my_day
from tests.given import give, given_to_one
from tests.intake.telling import entry, refusal_of, sentence, tell


def test_accepting_is_one_tap_and_no_work_that_counts(cast):
    task = given_to_one(cast.worker, cast)
    tell("assignment_accepted", task, by=cast.worker)
    assert task.share.state == "accepted" and task.state == "open"
    assert task.share.accepted_at == task.share.opened_at == clock.now()
    session.flush()
    assert my_day(cast.worker, clock.today()).records == 0


def test_a_second_tap_is_told_so_on_a_page_and_kept_from_a_phone(cast):
    task = given_to_one(cast.worker, cast)
    tell("assignment_accepted", task, by=cast.worker)
    assert "下一步" in sentence(refusal_of("assignment_accepted", task, by=cast.worker))
    tell("assignment_accepted", task, by=cast.worker, via="phone")
    assert task.share.state == "accepted"


def test_a_tick_is_done_with_one_tap_and_can_be_taken_back(cast):
    task = given_to_one(cast.worker, cast)
    kept = tell("assignment_done", task, by=cast.worker)
    assert (task.state, task.share.state, task.share.record_id) == ("done", "done", kept.id)
    tell("withdrawal", kept, by=cast.worker)
    assert (task.state, task.share.state, task.share.record_id) == ("open", "accepted", None)


def test_what_the_director_has_checked_is_not_taken_back(cast):
    task = given_to_one(cast.worker, cast)
    kept = tell("assignment_done", task, by=cast.worker)
    task.share.check(by=cast.director, at=clock.now())
    assert "核过" in sentence(refusal_of("withdrawal", kept, by=cast.worker))


def test_a_note_is_asked_for_where_she_said_so(cast):
    task = given_to_one(cast.worker, cast, asks="note")
    refused = refusal_of("assignment_done", task, by=cast.worker, note=" ")
    assert sentence(refused, "note") == "请写一句办得怎么样。"
    kept = tell("assignment_done", task, by=cast.worker, note="贴了 12 张")
    assert kept.fields["note"] == "贴了 12 张"


def test_a_photo_is_asked_for_where_she_said_so(cast):
    task = given_to_one(cast.worker, cast, asks="photo")
    refused = refusal_of("assignment_done", task, by=cast.worker)
    assert sentence(refused) == "这件事要附一张照片才算办完。"
    tell("assignment_done", task, by=cast.worker, photos=("ab" * 32,))
    assert task.state == "done"


def test_a_form_does_it_and_nothing_else(cast):
    task = given_to_one(cast.worker, cast, asks="visit", resident=cast.elder)
    assert "指定的表" in sentence(refusal_of("assignment_done", task, by=cast.worker))
    kept = tell("visit", task, by=cast.worker, outcome="well")
    assert (task.state, task.record_id, task.share.state) == ("done", kept.id, "done")


def test_a_visit_that_was_due_anyway_is_not_asked_for_twice(cast):
    """One record, many ledgers: the plan's visit and the director's are one visit."""
    task = given_to_one(cast.worker, cast, asks="visit", resident=cast.elder)
    due = session.query(Task).filter_by(case_id=cast.elder_case.id, state="open").one()
    tell("visit", due, by=cast.worker, outcome="well")
    assert task.state == "done"


def test_somebody_elses_visit_does_not_do_hers(cast):
    task = given_to_one(cast.colleague, cast, asks="visit", resident=cast.elder)
    tell("visit", cast.elder, by=cast.worker, outcome="well")
    assert task.state == "open"


def test_a_corrected_visit_still_does_it_and_one_taken_back_does_not(cast):
    task = given_to_one(cast.worker, cast, asks="visit", resident=cast.elder)
    first = tell("visit", cast.elder, by=cast.worker, outcome="well")
    second = tell("visit", by=cast.worker, correcting=first, outcome="not_seen")
    assert (task.state, task.share.record_id) == ("done", second.id)
    tell("withdrawal", second, by=cast.worker)
    assert (task.state, task.share.state) == ("open", "accepted")


def test_a_question_keeps_the_work_with_her(cast):
    task = given_to_one(cast.worker, cast)
    assert sentence(refusal_of("assignment_asked", task, by=cast.worker), "question")
    tell("assignment_asked", task, by=cast.worker, question="地下室也贴吗？")
    assert (task.share.state, task.state, task.assignee) == ("asked", "open", cast.worker)


def test_it_is_handed_on_with_a_reason_to_somebody_of_the_community(cast):
    task = given_to_one(cast.worker, cast)
    assert sentence(refusal_of("assignment_handed_on", task, by=cast.worker), "why")
    stranger = {"to": str(cast.neighbour.id), "why": "她顺路"}
    assert sentence(refusal_of("assignment_handed_on", task, by=cast.worker, **stranger), "to")
    herself = {"to": str(cast.worker.id), "why": "我"}
    assert sentence(refusal_of("assignment_handed_on", task, by=cast.worker, **herself), "to")
    tell("assignment_handed_on", task, by=cast.worker, to=str(cast.colleague.id), why="我在采样点")
    assert task.assignee == cast.colleague


def test_handed_back_it_is_the_directors(cast):
    task = given_to_one(cast.worker, cast)
    tell("assignment_handed_on", task, by=cast.worker, to="back", why="没有梯子")
    assert (task.share.state, task.assignee) == ("handed", cast.director)


def test_done_on_the_phone_after_it_went_to_somebody_else_waits_for_the_director(cast):
    task = given_to_one(cast.worker, cast)
    done_at = clock.now() - timedelta(minutes=20)
    task.share.give_again(cast.colleague, by=cast.director, at=clock.now())
    session.flush()
    written = entry("assignment_done", task, via="phone", at=done_at, note="贴好了")
    with pytest.raises(Held, match="交给了别人"):
        accept(written, by=cast.worker, at=clock.now())
    accept(written, by=cast.worker, at=clock.now(), anywhere=True)
    assert (task.state, task.done_by_id) == ("done", cast.worker.id)


def test_done_twice_the_second_words_are_kept_and_change_nothing(cast):
    task = give(cast, "grids", cast.grid1.id).shares[0].task
    first = tell("assignment_done", task, by=cast.worker)
    tell("assignment_done", task, by=cast.worker, via="phone", note="又去看了一眼")
    assert task.record_id == first.id
    assert session.query(Record).filter_by(kind="assignment_done").count() == 2


def test_the_next_community_cannot_say_anything_of_it(cast):
    task = given_to_one(cast.worker, cast)
    for kind in ("assignment_done", "assignment_accepted", "assignment_asked"):
        refused = refusal_of(kind, task, by=cast.neighbour, question="？")
        assert "没有找到这项任务" in sentence(refused)
    assert Scope(cast.neighbour).find(Scope(cast.neighbour).tasks, task.id) is None
