"""Taking a record back: it stays in the history and counts no more."""

import pytest

from app.domain.records import Record
from app.domain.tasks import Task
from app.lib.db import session
from tests.web.pages import soup


@pytest.fixture
def checked(client_of, cast) -> Record:
    """王建国 verified with one tap."""
    task = session.query(Task).filter_by(resident_id=cast.yellow.id, kind="verify").one()
    client_of(cast.worker).post(f"/tasks/{task.id}/completion")
    return session.query(Record).filter_by(kind="code_check").one()


def test_the_task_is_open_again(client_of, cast, checked):
    client = client_of(cast.worker)
    page = soup(client.post(f"/records/{checked.id}/withdrawal", follow_redirects=True))
    assert "已撤销" in page.find(id="said").text
    task = session.query(Task).filter_by(resident_id=cast.yellow.id, kind="verify").one()
    assert task.state == "open"
    assert "不再计入" in client.get(f"/records/{checked.id}").text


def test_a_second_tap_changes_nothing(client_of, cast, checked):
    client = client_of(cast.worker)
    for _tap in range(2):
        page = soup(client.post(f"/records/{checked.id}/withdrawal", follow_redirects=True))
        assert "已撤销" in page.find(id="said").text
    assert session.query(Record).filter_by(kind="withdrawal").count() == 1


def test_a_director_may_take_back_anybody_s(client_of, cast, checked):
    client_of(cast.director).post(f"/records/{checked.id}/withdrawal")
    assert session.query(Record).filter_by(kind="withdrawal").one().by_id == cast.director.id


def test_some_records_stand(client_of, cast):
    client = client_of(cast.worker)
    arrival = session.query(Record).filter_by(kind="elder_roll").one()
    page = soup(client.post(f"/records/{arrival.id}/withdrawal", follow_redirects=True))
    assert "只能撤销自己登记的内容" in page.find(id="said").text


@pytest.mark.parametrize("who", ["colleague", "neighbour"])
def test_what_one_cannot_see_one_cannot_take_back(client_of, cast, checked, who):
    answer = client_of(getattr(cast, who)).post(f"/records/{checked.id}/withdrawal")
    assert answer.status_code == 404
