"""Reminding: one task, some of them, or all that stands behind a number."""

from app.domain import situations
from app.domain.events import Event
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.lived_day import live
from tests.web.pages import press, soup


def open_tasks() -> list[Task]:
    due = session.query(Task).filter_by(state="open").filter(Task.due_day <= clock.today())
    return due.order_by(Task.id).all()


def reminded() -> set[int]:
    return {task.id for task in open_tasks() if task.reminded_at}


def test_one_task(client_of, cast):
    task = open_tasks()[0]
    client = client_of(cast.director)
    page = soup(press(client, "/checklist/all?show=left", f"/tasks/{task.id}/reminder"))
    assert "已提醒 1 件" in page.find(id="said").text
    assert reminded() == {task.id}
    assert session.query(Event).filter_by(kind="task_reminded", task_id=task.id).count() == 1


def test_some_tasks(client_of, cast):
    chosen = {task.id for task in open_tasks()[:2]}
    client_of(cast.director).post("/reminders", data={"task": list(chosen)})
    assert reminded() == chosen


def test_everything_behind_a_number_of_the_board(client_of, cast):
    situations.begin(cast.home, "silent", by=cast.director, at=clock.now())
    session.commit()
    client_of(cast.director).post("/reminders", data={"counter": "elder_unseen_today"})
    assert [session.get(Task, one).kind for one in reminded()] == ["visit"]


def test_everything_late_in_one_grid(client_of, cast):
    live(cast)
    client_of(cast.director).post(
        "/reminders", data={"counter": "tasks_late", "grid": "1401060010020001"}
    )
    assert {session.get(Task, one).grid_id for one in reminded()} == {cast.grid1.id}


def test_what_is_done_needs_no_reminder(client_of, cast):
    task = open_tasks()[0]
    task.finish(None, by_id=cast.worker.id, at=task.opens_at)
    session.commit()
    page = client_of(cast.director).post(f"/tasks/{task.id}/reminder", follow_redirects=True)
    assert "没有要提醒的" in page.text


def test_a_number_without_tasks_cannot_be_reminded_of(client_of, cast):
    client = client_of(cast.director)
    for counter in ("records_today", "nonsense"):
        assert client.post("/reminders", data={"counter": counter}).status_code == 404


def test_only_of_her_own_community(client_of, cast):
    task, client = open_tasks()[0], client_of(cast.next_director)
    assert client.post(f"/tasks/{task.id}/reminder").status_code == 404
    client.post("/reminders", data={"task": [task.id, "abc"]})
    client.post("/reminders", data={"counter": "tasks_left_today"})
    assert reminded() == set()
