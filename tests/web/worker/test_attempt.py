"""未联系上: counted, with the next try proposed; the task stays."""

import pytest

from app.domain.records import Record
from app.domain.tasks import Task
from app.lib.db import session
from app.lib.ids import new_id
from tests.web.pages import soup


@pytest.fixture
def verify(cast) -> Task:
    return session.query(Task).filter_by(resident_id=cast.yellow.id, kind="verify").one()


def test_it_is_counted_and_the_next_try_is_proposed(client_of, cast, verify):
    client = client_of(cast.worker)
    page = soup(client.post(f"/tasks/{verify.id}/attempt", follow_redirects=True))
    assert "第 1 次未联系上" in page.find(id="said").text
    assert "以后再试" in page.find(id="said").text
    task = session.get(Task, verify.id)
    assert (task.state, task.attempts) == ("open", 1)
    assert "1 次未联系上" in page.text


def test_it_waits_folded_away_until_then(client_of, cast, verify):
    client = client_of(cast.worker)
    client.post(f"/tasks/{verify.id}/attempt")
    page = soup(client.get("/today"))
    assert page.find("details", class_="fold").find(id=f"task-{verify.id}") is not None


def test_it_can_be_taken_back(client_of, cast, verify):
    client = client_of(cast.worker)
    page = soup(client.post(f"/tasks/{verify.id}/attempt", follow_redirects=True))
    client.post(page.find(id="said").form["action"])
    assert session.get(Task, verify.id).attempts == 0


def test_a_double_tap_counts_once(client_of, cast, verify):
    client, tap = client_of(cast.worker), {"id": str(new_id())}
    for _tap in range(2):
        client.post(f"/tasks/{verify.id}/attempt", data=tap)
    assert session.query(Record).filter_by(kind="attempt").count() == 1
    assert session.get(Task, verify.id).attempts == 1


def test_a_neighbour_may_not(client_of, cast, verify):
    assert client_of(cast.neighbour).post(f"/tasks/{verify.id}/attempt").status_code == 404
