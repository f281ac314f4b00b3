"""Work given out: its course, its deadline, and that nobody's leaving loses it."""

from datetime import timedelta

import pytest

from app.domain import accounts, duties
from app.domain.accounts import Profile
from app.domain.events import Event
from app.domain.scope import Scope
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.reports.packed import state_of
from app.reports.today import day_of
from tests.given import POSTERS, give, given_to_one


def listed(who) -> list[Task]:
    return [item.task for stop in day_of(Scope(who), clock.now()).stops for item in stop.items]


def told_of(task: Task) -> list[str]:
    session.flush()
    rows = session.query(Event.kind).filter_by(task_id=task.id).order_by(Event.id)
    return [kind for (kind,) in rows]


def test_it_stands_on_her_list_and_on_nobody_elses(cast):
    task = given_to_one(cast.worker, cast)
    assert task in listed(cast.worker)
    assert task not in listed(cast.colleague)
    assert (task.words, task.asks, task.share.state) == (POSTERS, "tick", "given")
    assert told_of(task) == ["assignment_given"]


def test_what_is_due_next_week_stands_there_today_but_counts_later(cast):
    before = day_of(Scope(cast.worker), clock.now()).due
    task = given_to_one(cast.worker, cast, due_at=clock.now() + timedelta(days=6))
    assert task in listed(cast.worker)
    assert day_of(Scope(cast.worker), clock.now()).due == before


def test_what_went_to_a_grid_goes_along_with_the_grid(cast):
    task = give(cast, "grids", cast.grid1.id).shares[0].task
    assert task in listed(cast.worker)
    begins = clock.today()
    duties.assign_grid(cast.colleague, cast.grid1, begins=begins, by=cast.admin, at=clock.now())
    session.flush()
    assert task in listed(cast.colleague)
    assert task not in listed(cast.worker)


def test_a_question_waits_for_the_director_and_her_answer_is_there(cast):
    share = given_to_one(cast.worker, cast).share
    share.ask("地下室也贴吗？", by=cast.worker, at=clock.now())
    assert share.state == "asked"
    share.answer("也贴", by=cast.director, at=clock.now())
    assert (share.state, share.last("answer").words) == ("given", "也贴")
    assert share.last("ask").words == "地下室也贴吗？"


def test_handed_on_it_is_the_colleagues_as_if_given_to_her(cast):
    task = given_to_one(cast.worker, cast)
    task.share.accept(by=cast.worker, at=clock.now())
    task.share.hand_on(cast.colleague, "我今天在采样点", by=cast.worker, at=clock.now())
    session.flush()
    assert (task.share.state, task.assignee) == ("given", cast.colleague)
    assert task in listed(cast.colleague) and task not in listed(cast.worker)
    assert told_of(task)[-1] == "assignment_handed_on"


def test_handed_back_it_is_with_the_director_who_gave_it(cast):
    task = given_to_one(cast.worker, cast)
    task.share.hand_on(None, "没有梯子", by=cast.worker, at=clock.now())
    session.flush()
    assert (task.share.state, task.assignee, task.state) == ("handed", cast.director, "open")
    task.share.give_again(cast.colleague, by=cast.director, at=clock.now())
    assert (task.share.state, task.assignee) == ("given", cast.colleague)


def test_done_checked_and_no_step_twice(cast):
    share = given_to_one(cast.worker, cast).share
    with pytest.raises(Refused, match="下一步"):
        share.check(by=cast.director, at=clock.now())
    share.finish(None, by=cast.worker, at=clock.now())
    share.check(by=cast.director, at=clock.now())
    assert (share.state, share.task.state) == ("checked", "done")
    with pytest.raises(Refused):
        share.send_back("太高了", by=cast.director, at=clock.now())


def test_sent_back_it_is_open_again_with_the_words(cast):
    share = given_to_one(cast.worker, cast).share
    share.finish(None, by=cast.worker, at=clock.now())
    share.send_back("贴高了，够不着", by=cast.director, at=clock.now())
    assert (share.state, share.task.state) == ("returned", "open")
    assert share.task in listed(cast.worker)
    assert share.last("send_back").words == "贴高了，够不着"


def test_a_deadline_that_was_moved_keeps_the_first_one(cast):
    given = give(cast, "role", "worker")
    first, done = given.due_at, given.shares[0]
    done.finish(None, by=cast.worker, at=clock.now())
    later, last = first + timedelta(hours=3), first + timedelta(days=1)
    given.move(later, "下雨了", by=cast.director, at=clock.now())
    given.move(last, "还在下", by=cast.director, at=clock.now())
    assert (given.due_at, given.moved_from) == (last, first)
    task = given.shares[1].task
    assert (task.due_at, task.moved_from) == (last, first)
    assert task.due_day == clock.local_day(last)
    assert done.task.moved_from is None
    with pytest.raises(Refused, match="晚于现在"):
        given.move(clock.now(), "", by=cast.director, at=clock.now())


def test_taken_back_it_is_nobodys_any_more(cast):
    given = give(cast, "role", "worker")
    given.shares[0].finish(None, by=cast.worker, at=clock.now())
    given.withdraw("不用贴了", by=cast.director, at=clock.now())
    assert [share.state for share in given.shares] == ["done", "withdrawn"]
    assert listed(cast.colleague) == []


def test_whoever_leaves_leaves_her_work_with_the_director(cast):
    task = given_to_one(cast.colleague, cast)
    accounts.close_account(cast.colleague, by=cast.admin, at=clock.now())
    session.flush()
    assert (task.share.state, task.assignee, task.state) == ("left", cast.director, "open")


def test_so_does_who_goes_to_another_community(cast):
    task = given_to_one(cast.colleague, cast)
    gone = Profile(
        login="zhouqiang", name="周强", title="", role="worker", area=cast.next_door, phone=None
    )
    accounts.change_user(cast.colleague, gone, by=cast.admin, at=clock.now())
    session.flush()
    assert (task.share.state, task.assignee) == ("left", cast.director)
    assert listed(cast.colleague) == []


def test_where_the_giver_has_left_too_another_director_has_it(cast):
    task = given_to_one(cast.colleague, cast)
    cast.director.active = False
    accounts.close_account(cast.colleague, by=cast.admin, at=clock.now())
    assert task.assignee == cast.secretary


def test_the_next_community_sees_nothing_of_it(cast):
    given = give(cast, "role", "worker")
    for stranger in (cast.neighbour, cast.next_director):
        scope = Scope(stranger)
        assert scope.find(scope.assignments, given.id) is None
        assert scope.find(scope.tasks, given.shares[0].task_id) is None
    assert Scope(cast.director).find(Scope(cast.director).assignments, given.id) is given
    assert Scope(cast.worker).find(Scope(cast.worker).assignments, given.id) is given


def test_her_phone_asks_anew_when_something_was_given_to_her(cast):
    before = state_of(cast.worker, clock.now())
    given_to_one(cast.worker, cast)
    session.flush()
    assert state_of(cast.worker, clock.now()) != before


def test_its_words_are_sealed(cast):
    task = given_to_one(cast.worker, cast)
    task.share.ask("贴几张？", by=cast.worker, at=clock.now())
    session.flush()
    rows = [task.words_sealed, task.share.assignment.words_sealed, task.share.steps[0].words_sealed]
    assert all(rows) and not [row for row in rows if "贴" in row]
