"""One stop: everything due behind one door, saved together, each entry judged by itself."""

import pytest

from app.domain.records import Record
from app.domain.tasks import Task
from app.lib.db import session
from tests.web.pages import form_to, soup


@pytest.fixture
def door(cast) -> str:
    return f"/stops/{cast.yellow.household_id}"


def tasks_of(cast) -> dict[str, Task]:
    return {task.kind: task for task in session.query(Task).filter_by(resident_id=cast.yellow.id)}


def test_it_shows_all_that_is_due_behind_the_door(client_of, cast, door):
    page = soup(client_of(cast.worker).get(door))
    assert "二轻小区 2号楼 1单元 502" in page.h1.text
    assert {"首次核实", "核酸采样 第 1 次"} <= {
        legend.get_text("|").split("|")[0] for legend in page.find_all("legend")
    }
    assert not page.find_all("input", checked=True)


def test_what_was_chosen_is_saved_together(client_of, cast, door):
    client, tasks = client_of(cast.worker), tasks_of(cast)
    chosen = form_to(soup(client.get(door)), door)
    chosen |= {f"answer-{tasks[kind].id}": "tap" for kind in ("verify", "test")}
    page = soup(client.post(door, data=chosen, follow_redirects=True))
    assert "王** 已核实" in page.find(id="said").text
    assert "王** 已采样" in page.find(id="said").text
    assert page.h1.text == "今日"
    kinds = {record.kind for record in session.query(Record).filter_by(resident_id=cast.yellow.id)}
    assert {"code_check", "test"} <= kinds


def test_what_was_left_open_stays_due_here(client_of, cast, door):
    client, tasks = client_of(cast.worker), tasks_of(cast)
    chosen = form_to(soup(client.get(door)), door) | {f"answer-{tasks['test'].id}": "tap"}
    page = soup(client.post(door, data=chosen, follow_redirects=True))
    assert page.find("form", action=door) is not None
    assert "今天已办" in page.text
    assert session.get(Task, tasks["verify"].id).state == "open"


def test_one_may_be_done_and_the_other_not_reached(client_of, cast, door):
    client, tasks = client_of(cast.worker), tasks_of(cast)
    chosen = form_to(soup(client.get(door)), door)
    chosen |= {f"answer-{tasks['verify'].id}": "attempt", f"answer-{tasks['test'].id}": "tap"}
    page = soup(client.post(door, data=chosen, follow_redirects=True))
    assert "第 1 次未联系上" in page.find(id="said").text
    assert session.get(Task, tasks["verify"].id).attempts == 1
    assert session.get(Task, tasks["test"].id).state == "done"


def test_sent_twice_it_counts_once(client_of, cast, door):
    client, tasks = client_of(cast.worker), tasks_of(cast)
    chosen = form_to(soup(client.get(door)), door) | {f"answer-{tasks['verify'].id}": "tap"}
    for _send in range(2):
        client.post(door, data=chosen)
    assert session.query(Record).filter_by(kind="code_check").count() == 1


def test_nothing_chosen_is_said(client_of, cast, door):
    page = soup(client_of(cast.worker).post(door, data={}, follow_redirects=True))
    assert "还没有选" in page.find(id="said").text


def test_a_done_one_can_be_taken_back_here(client_of, cast, door):
    client, task = client_of(cast.worker), tasks_of(cast)["verify"]
    client.post(f"/tasks/{task.id}/completion")
    page = soup(client.get(door))
    record = session.query(Record).filter_by(kind="code_check").one()
    client.post(page.find("form", action=f"/records/{record.id}/withdrawal")["action"])
    assert session.get(Task, task.id).state == "open"


@pytest.mark.parametrize(
    ("who", "status"), [("colleague", 404), ("neighbour", 404), ("admin", 403)]
)
def test_nobody_else_may_come_in(client_of, cast, door, who, status):
    assert client_of(getattr(cast, who)).get(door).status_code == status
