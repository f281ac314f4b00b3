"""Giving work to somebody else, who can then do it wherever it lies."""

import pytest

from app.domain.scope import Scope
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from tests.intake.telling import tell
from tests.web.pages import soup


def a_task(kind: str = "visit") -> Task:
    return session.query(Task).filter_by(state="open", kind=kind).first()


def test_one_task_goes_to_a_colleague_and_leaves_the_grids_worker(client_of, cast):
    task, client = a_task(), client_of(cast.director)
    page = soup(client.get(f"/tasks/{task.id}/assignee"))
    assert "李娜 · 第1网格" in page.text
    assert "张敏 · 副主任" in page.text
    client.post(f"/tasks/{task.id}/assignee", data={"assignee": cast.colleague.id})
    mine = Scope(cast.colleague)
    assert mine.find(mine.tasks, task.id) is task
    hers = Scope(cast.worker)
    assert hers.find(hers.tasks, task.id) is None


def test_the_colleague_can_record_what_she_was_given(client_of, cast):
    task, client = a_task(), client_of(cast.director)
    client.post(f"/tasks/{task.id}/assignee", data={"assignee": cast.colleague.id})
    kept = tell("visit", task, by=cast.colleague, outcome="well", way="door")
    assert kept.grid_id == cast.grid1.id
    assert (task.state, task.done_by_id) == ("done", cast.colleague.id)


def test_everything_a_grid_has_left_today(client_of, cast):
    url = "/checklist/1401060010020001/assignee"
    page = client_of(cast.director).post(
        url, data={"assignee": cast.colleague.id}, follow_redirects=True
    )
    assert "件已交给周强" in page.text
    left = session.query(Task).filter_by(state="open", grid_id=cast.grid1.id)
    today = [task for task in left if task.due_day.day <= 6]
    assert {task.assignee_id for task in today} == {cast.colleague.id}


def test_nobody_chosen_is_asked_again(client_of, cast):
    answer = client_of(cast.director).post(f"/tasks/{a_task().id}/assignee", data={})
    assert answer.status_code == 422
    assert "请选一个人" in answer.text


def test_only_people_of_the_community_can_be_chosen(client_of, cast):
    task, client = a_task(), client_of(cast.director)
    answer = client.post(f"/tasks/{task.id}/assignee", data={"assignee": cast.neighbour.id})
    assert answer.status_code == 422
    assert task.assignee_id is None


def test_the_next_communitys_director_finds_no_such_task(client_of, cast):
    client = client_of(cast.next_director)
    assert client.get(f"/tasks/{a_task().id}/assignee").status_code == 404
    assert client.get("/checklist/1401060010020001/assignee").status_code == 404


def test_a_task_is_given_to_nobody_of_another_community(cast):
    task = a_task()
    with pytest.raises(Refused):
        task.reassign(cast.neighbour, by=cast.director, at=clock.now())
    assert task.assignee is None
