"""A check: one person, asked once, whichever and however many lists name him."""

from datetime import timedelta

from app.domain.checks import Check
from app.domain.events import Event
from app.domain.moves import move
from app.domain.scope import Scope
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.policy.checks import Try
from tests.pushed import asked, asked_of_stranger, row_of, sent


def test_a_row_opens_a_check_on_the_list_of_the_grids_worker(cast):
    check = asked(cast, cast.plain)
    hers = session.scalars(Scope(cast.worker).tasks.where(Task.kind == "check")).all()
    assert hers == [check.task]
    list_ = check.rows[0].list
    assert (check.task.due_at, check.task.rule) == (list_.due_at, list_.rule)
    assert check.rows[0].state == "work"
    assert session.scalars(Scope(cast.neighbour).checks).all() == []


def test_a_resident_on_three_lists_is_asked_once(cast):
    kinds = ("check", "yellow", "returnee")
    checks = {asked(cast, cast.plain, sent(cast, kind)).id for kind in kinds}
    assert len(checks) == 1
    rows = session.get(Check, checks.pop()).rows
    assert [row.state for row in rows] == ["work", "joined", "joined"]
    told = [kind for (kind,) in session.query(Event.kind).filter(Event.kind.like("check_%"))]
    assert sorted(told) == ["check_asked", "check_joined", "check_joined"]


def test_a_stranger_is_known_again_by_his_number_or_by_phone_and_name(cast):
    first = asked_of_stranger(cast, id_number="140106199003071234")
    assert asked_of_stranger(cast) is first
    assert asked_of_stranger(cast, name="", phone="", id_number="140106199003071234") is first
    assert asked_of_stranger(cast, name="马三") is not first


def test_the_earliest_deadline_of_all_lists_counts(cast):
    check = asked(cast, cast.plain)
    soon = clock.now() + timedelta(hours=8)
    asked(cast, cast.plain, sent(cast, deadline_at=soon))
    assert check.task.due_at == soon - timedelta(hours=3)


def test_what_was_answered_an_hour_ago_answers_the_same_question(cast):
    check = asked(cast, cast.plain)
    _answer(check, cast)
    again = row_of(sent(cast), cast.plain)
    assert asked(cast, cast.plain, again.list) is check
    assert again.list.rows[-1].state == "known"
    other = asked(cast, cast.plain, sent(cast, question="家里有没有60岁以上没打疫苗的"))
    assert other is not check


def test_nobody_answered_so_it_comes_back_and_can_be_taken_back(cast):
    check, later = asked(cast, cast.plain), clock.now() + timedelta(hours=3)
    check.try_again("phone", Try("door", later), by=cast.worker, at=clock.now())
    assert (check.tries, check.next_way, check.task.next_try_at) == (1, "door", later)
    check.forget_try(by=cast.worker, at=clock.now())
    assert (check.tries, check.next_way, check.task.next_try_at) == (0, "phone", None)


def test_who_moves_takes_his_check_along(cast):
    check = asked(cast, cast.plain)
    move(cast.plain, cast.sibling.household, by=cast.director, at=clock.now())
    session.expire_all()
    assert check.grid_id == check.task.grid_id == cast.grid2.id


def _answer(check: Check, cast) -> None:
    check.finish("real", None, by=cast.worker, at=clock.now())
    session.flush()
    assert check.task.state == "done"
