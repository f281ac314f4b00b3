"""What happened becomes messages: to whom, once, and not to whoever did it."""

import pytest
from sqlalchemy import select

from app.domain import feedback, incidents, regime, reviews, situations, tasks
from app.domain.events import KINDS as EVENTS
from app.domain.events import Event, happened
from app.domain.messages import Message
from app.domain.recording import Deed, record
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.notify.registry import KINDS
from tests.cast import MORNING
from tests.notify.street import read_everything, tell
from tests.web.pages import queries

NOW = MORNING


@pytest.fixture
def told(cast):
    """What has been told so far is read; `told()` is what people are told from here on."""
    read_everything()

    def news() -> list[tuple[str, str]]:
        tell()
        found = session.scalars(select(Message).order_by(Message.id))
        return [(one.person.name, one.kind) for one in found if one.state == "open"]

    return news


def give(cast, kind: str = "visit", **about) -> tasks.Task:
    about = {"grid_id": cast.grid1.id, "community_id": cast.home.id} | about
    end = clock.end_of(clock.today())
    return tasks.give(kind, "去看一看", by=cast.director, at=NOW, due_at=end, **about)


def visit(cast, person, by):
    deed = Deed(id=new_id(), kind="visit", at=NOW, outcome="well", resident=person)
    return record(deed, by=by, at=NOW)


def test_a_new_task_is_told_to_the_workers_of_its_grid(cast, told):
    give(cast)
    assert told() == [("李娜", "task_given")]


def test_a_task_that_names_somebody_is_told_to_her_alone(cast, told):
    give(cast, assignee=cast.colleague)
    assert told() == [("周强", "task_given")]


def test_nobody_is_told_of_what_she_did_herself(cast, told):
    give(cast, assignee=cast.director)
    feedback.give_feedback("表太多", by=cast.worker, at=NOW)
    assert told() == [("张敏", "feedback_given"), ("郭玉兰", "feedback_given")]


def test_a_case_pushed_to_a_grid_is_told_there_and_not_next_door(cast):
    tell()
    kinds = session.execute(select(Message.kind, Message.person_id).order_by(Message.id)).all()
    assert kinds == [("case_opened", cast.worker.id)] * 2  # the return she wrote down herself


def test_an_event_is_looked_at_once(cast, told):
    give(cast)
    assert told() == told() and len(told()) == 1
    assert session.scalars(select(Event).where(Event.untold)).all() == []


def test_what_was_done_meanwhile_is_told_to_nobody(cast, told):
    give(cast).finish(None, by_id=cast.worker.id, at=NOW)
    assert told() == []


def test_a_message_loses_its_point_when_its_task_is_done(cast, told):
    task = give(cast)
    assert told() == [("李娜", "task_given")]
    task.finish(None, by_id=cast.worker.id, at=NOW)
    happened("recorded", by=cast.worker, at=NOW, about=task)
    assert told() == []
    [message] = session.scalars(select(Message).where(Message.task_id == task.id))
    assert (message.state, message.why) == ("pointless", "已办完")


def test_of_two_reminders_of_one_task_the_newer_says_it_all(cast, told):
    task = give(cast)
    told()
    for _time in range(2):
        task.remind(by=cast.director, at=NOW)
        session.commit()
        news = told()
    assert news == [("李娜", "task_given"), ("李娜", "task_reminded")]


def test_a_reassigned_task_is_told_to_her_who_has_it_now(cast, told):
    task = give(cast)
    told()
    task.reassign(cast.colleague, by=cast.director, at=NOW)
    assert told() == [("周强", "task_reassigned")]


def test_a_returned_record_is_told_to_its_author_once(cast, told):
    kept = visit(cast, cast.elder, cast.worker)
    reviews.send_back(kept, "当面见到了吗", by=cast.director, at=NOW)
    assert told() == [("李娜", "record_returned")]


def test_an_answer_is_told_to_the_director_who_asked(cast, told):
    kept = visit(cast, cast.elder, cast.worker)
    reviews.send_back(kept, "当面见到了吗", by=cast.secretary, at=NOW)
    told()
    [question] = session.scalars(select(tasks.Task).where(tasks.Task.kind == "answer"))
    reviews.answer(question, "见到了", by=cast.worker, at=NOW)
    assert told() == [("郭玉兰", "record_answered")]


def test_a_sudden_event_is_told_to_the_directors_and_then_to_whom_it_was_given(cast, told):
    about = {"community_id": cast.home.id, "grid_id": cast.grid1.id, "place": "门口", "grade": 2}
    fire = incidents.report("fire", "冒烟", verify_by=NOW, by=cast.worker, at=NOW, **about)
    assert told() == [("张敏", "incident_reported"), ("郭玉兰", "incident_reported")]
    fire.verify("", by=cast.director, at=NOW)
    assert told() == []
    end = clock.end_of(clock.today())
    fire.assign(cast.colleague, end, "", by=cast.director, at=NOW)
    assert told() == [("周强", "incident_assigned")]


def test_a_situation_is_told_to_those_whose_buildings_it_covers(cast, told):
    situations.begin(cast.street, "heat", by=cast.admin, at=NOW)
    news = told()
    assert {kind for _who, kind in news} == {"situation_declared"}
    assert {who for who, _kind in news} == {"李娜", "周强", "张敏", "郭玉兰", "孙丽", "何伟"}


def test_a_situation_of_one_grid_is_told_to_its_workers_and_the_directors(cast, told):
    situations.begin(cast.grid2, "storm", by=cast.director, at=NOW)
    assert {who for who, _kind in told()} == {"周强", "郭玉兰"}


def test_another_edition_is_told_to_directors_and_who_has_work_under_the_old_one(cast, told):
    regime.adopt(cast.home, "twenty", why="演练", by=cast.admin, at=NOW)
    assert [who for who, kind in told() if kind == "rules_adopted"] == ["李娜", "张敏", "郭玉兰"]


def test_one_edition_after_another_is_told_once(cast, told):
    regime.adopt(cast.home, "twenty", why="演练", by=cast.admin, at=NOW)
    told()
    read_everything()
    regime.adopt(cast.home, "ten", why="演练", by=cast.admin, at=NOW)  # no case is of `twenty`
    assert [who for who, kind in told() if kind == "rules_adopted"] == ["张敏", "郭玉兰"]


def test_an_opinion_that_was_answered_is_told_to_who_gave_it(cast, told):
    opinion = feedback.give_feedback("表太多", by=cast.worker, at=NOW)
    told()
    opinion.reply("下周起合成一张", by=cast.director, at=NOW)
    assert ("李娜", "feedback_answered") in told()


def test_five_hundred_tasks_are_told_without_a_question_for_each(cast, told):
    for _task in range(500):
        give(cast)
    session.commit()
    with queries() as sent:
        assert len(told()) == 500
    assert len(sent) < 80, sent[5:9]


def test_every_line_has_words_for_one_and_for_several():
    for key, kind in KINDS.items():
        assert kind.to is None or key in EVENTS
        assert len(key) <= 24 and kind.urgency in ("normal", "high", "urgent")
        kind.many % {"n": 3}
