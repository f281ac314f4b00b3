"""Who is told of work given out, of notices and trainings, and when nobody need be any more."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain.messages import Message
from app.domain.notices import Draft, give_notice, remind_before
from app.domain.receivers import To
from app.domain.trainings import note_begun
from app.lib import clock
from app.lib.db import session
from app.notify import collecting
from app.notify.registry import KINDS
from tests.given import give, given_to_one
from tests.intake.telling import tell
from tests.notify import street


@pytest.fixture
def told(cast):
    """`told()` is what people are told from here on and still has its point."""
    news()
    for one in session.scalars(select(Message)):
        one.read(at=clock.now())
    session.commit()
    return news


def news() -> list[tuple[str, str]]:
    street.tell()
    found = session.scalars(select(Message).order_by(Message.id))
    return [(one.person.name, one.kind) for one in found if one.state == "open"]


def to_workers(cast, **draft):
    draft = Draft(**({"title": "十点视频培训"} | draft))
    to = To("role", ["worker"])
    return give_notice(draft, to, cast.home, by=cast.director, at=clock.now())


def test_work_is_told_to_whoever_has_it_once(cast, told):
    give(cast, "role", "worker")
    assert told() == [("李娜", "assignment_given"), ("周强", "assignment_given")]


def test_what_went_to_a_grid_is_told_to_who_works_there(cast, told):
    give(cast, "grids", cast.grid2.id)
    assert told() == [("周强", "assignment_given")]


def test_done_it_is_not_worth_telling(cast, told):
    task = given_to_one(cast.worker, cast)
    tell("assignment_done", task, by=cast.worker)
    assert told() == []


def test_a_question_is_told_to_who_gave_it_until_she_answers(cast, told):
    task = given_to_one(cast.worker, cast)
    told()
    tell("assignment_asked", task, by=cast.worker, question="地下室也贴吗？")
    assert ("张敏", "assignment_asked_back") in told()
    task.share.answer("也贴", by=cast.director, at=clock.now())
    after = told()
    assert ("张敏", "assignment_asked_back") not in after
    assert ("李娜", "assignment_answered") in after


def test_handed_on_it_is_told_to_the_colleague_and_no_more_to_her(cast, told):
    task = given_to_one(cast.worker, cast)
    told()
    to = str(cast.colleague.id)
    tell("assignment_handed_on", task, by=cast.worker, to=to, why="我在采样点")
    assert told() == [("周强", "assignment_handed_on")]


def test_handed_back_it_is_told_to_who_gave_it(cast, told):
    task = given_to_one(cast.worker, cast)
    told()
    tell("assignment_handed_on", task, by=cast.worker, to="back", why="没有梯子")
    assert told() == [("张敏", "assignment_handed_back")]


def test_what_came_back_is_told_to_her(cast, told):
    task = given_to_one(cast.worker, cast)
    tell("assignment_done", task, by=cast.worker)
    task.share.send_back("贴高了", by=cast.director, at=clock.now())
    assert ("李娜", "assignment_returned") in told()


def test_a_notice_to_more_than_are_told_at_once_reaches_everybody_once(cast, told, monkeypatch):
    monkeypatch.setattr(collecting, "TOLD_AT_ONCE", 1)
    to_workers(cast)
    assert told() == [("李娜", "notice_given"), ("周强", "notice_given")]
    assert told() == [("李娜", "notice_given"), ("周强", "notice_given")]
    assert collecting.untold() == 0


def test_a_notice_is_told_until_it_is_read(cast, told):
    notice = to_workers(cast)
    assert told() == [("李娜", "notice_given"), ("周强", "notice_given")]
    tell("notice_read", by=cast.worker, notice=str(notice.id))
    assert told() == [("周强", "notice_given")]


def test_who_has_not_read_it_is_reminded_alone(cast, told):
    notice = to_workers(cast)
    tell("notice_read", by=cast.worker, notice=str(notice.id))
    notice.remind_unread(by=cast.director, at=clock.now())
    assert told() == [("周强", "notice_given"), ("周强", "notice_reminded")]


def test_before_it_begins_everybody_is_reminded_also_who_has_read_it(cast, told):
    begins = clock.now() + timedelta(minutes=30)
    notice = to_workers(cast, starts_at=begins, remind=timedelta(minutes=30))
    tell("notice_read", by=cast.worker, notice=str(notice.id))
    remind_before(at=clock.now())
    assert {who for who, kind in told() if kind == "notice_reminded"} == {"李娜", "周强"}
    message = session.scalars(select(Message).where(Message.kind == "notice_reminded")).first()
    with clock.stopped_at(begins):
        assert KINDS["notice_reminded"].over(message)


def test_a_training_is_told_to_whom_it_concerns_until_it_was_seen(cast, told):
    note_begun(date(2022, 9, 20), at=clock.now())
    assert {who for who, kind in told() if kind == "training_given"} == {
        "李娜", "周强", "张敏", "郭玉兰", "孙丽", "何伟",
    }  # fmt: skip
    tell("training_read", by=cast.worker, training="ninth-zones")
    session.flush()
    hers = session.scalars(select(Message).where(Message.person_id == cast.worker.id))
    (message,) = (one for one in hers if one.kind == "training_given")
    assert KINDS["training_given"].over(message)
