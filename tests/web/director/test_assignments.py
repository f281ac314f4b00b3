"""What is out stands there with where it stands; who has not accepted is reminded in two taps."""

from datetime import timedelta

import pytest

from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.given import POSTERS, give
from tests.web.pages import press, queries, soup


def rows(client, show: str = "open") -> list[str]:
    page = soup(client.get(f"/assignments?show={show}"))
    return [row.get_text(" ", strip=True) for row in page.select("#rows .judge")]


@pytest.fixture
def given(cast):
    found = give(cast, "role", "worker")
    session.commit()
    return found


def test_a_row_says_how_many_have_opened_accepted_and_done_it(client_of, cast, given):
    client_of(cast.worker).get(f"/assignments/mine/{given.shares[0].task_id}")
    given.shares[1].finish(None, by=cast.colleague, at=clock.now())
    session.commit()
    (row,) = rows(client_of(cast.director))
    for words in (POSTERS, "打开 1", "办好 1", "共 2", "已办待核 1"):
        assert words in row


def test_the_filters_count_what_they_show(client_of, cast, given):
    client = client_of(cast.director)
    given.shares[0].ask("贴几张？", by=cast.worker, at=clock.now())
    session.commit()
    with clock.stopped_at(given.due_at + timedelta(minutes=1)):
        page = soup(client.get("/assignments"))
        counts = {pick.find(string=True).strip(): pick.small.text for pick in page.select(".pick")}
        assert counts == {"在办": "1", "等您处理": "1", "未接收": "1", "超时": "1", "全部": "1"}
        for show in ("open", "waiting", "unaccepted", "late", "all"):
            assert len(rows(client, show)) == 1
    given.withdraw("", by=cast.director, at=clock.now())
    session.commit()
    assert rows(client) == [] and len(rows(client, "all")) == 1
    assert client.get("/assignments?show=nothing").status_code == 404


def test_who_has_not_accepted_is_reminded_from_the_row(client_of, cast, given):
    given.shares[0].accept(by=cast.worker, at=clock.now())
    session.commit()
    url = f"/assignments/{given.id}/reminders"
    page = press(client_of(cast.director), "/assignments", url).text
    assert "已提醒 1 人" in page
    reminded = session.query(Task).filter(Task.reminded_at.is_not(None)).one()
    assert reminded.assignee == cast.colleague


def test_the_next_director_sees_nothing_of_it(client_of, cast, given):
    client = client_of(cast.next_director)
    assert rows(client, "all") == []
    assert client.get(f"/assignments/{given.id}").status_code == 404
    assert client.post(f"/assignments/{given.id}/reminders").status_code == 404


def test_a_hundred_cost_no_more_queries_than_one(client_of, cast, given):
    client = client_of(cast.director)
    with queries() as one:
        client.get("/assignments")
    for _n in range(30):
        give(cast, "role", "worker")
    session.commit()
    with queries() as many:
        client.get("/assignments")
    assert len(many) <= len(one) <= 20
