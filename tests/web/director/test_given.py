"""One thing given out: each receiver's state and words, and the director's steps."""

from datetime import timedelta

import pytest

from app.lib import clock
from app.lib.db import session
from tests.given import give
from tests.intake.telling import tell
from tests.web.pages import queries, soup


@pytest.fixture
def given(cast):
    found = give(cast, "role", "worker")
    session.commit()
    return found


@pytest.fixture
def client(client_of, cast):
    return client_of(cast.director)


def page_of(client, given) -> str:
    return soup(client.get(f"/assignments/{given.id}")).main.get_text(" ", strip=True)


def step(client, given, noun: str, **typed):
    return client.post(f"/assignments/{given.id}/{noun}", data=typed, follow_redirects=True)


def test_it_names_everybody_and_where_she_stands(client, cast, given):
    tell("assignment_accepted", given.shares[0].task, by=cast.worker)
    session.commit()
    text = page_of(client, given)
    assert "李娜 已接收" in text and "周强 未接收" in text and "还没打开" in text


def test_a_question_is_answered_on_the_page(client, cast, given):
    share = given.shares[0]
    tell("assignment_asked", share.task, by=cast.worker, question="地下室也贴吗？")
    session.commit()
    assert "地下室也贴吗？" in page_of(client, given)
    noun = f"shares/{share.id}/answer"
    assert step(client, given, noun, words=" ").status_code == 422
    assert "已答复" in step(client, given, noun, words="也贴").text
    assert share.last("answer").words == "也贴"
    assert "下一步" in step(client, given, noun, words="再答一次").text


def test_what_is_done_is_checked_or_sent_back_with_words(client, cast, given):
    for share, who in zip(given.shares, (cast.worker, cast.colleague), strict=True):
        tell("assignment_done", share.task, by=who, note="贴了 12 张")
    session.commit()
    first, second = given.shares
    assert "贴了 12 张" in client.get(f"/records/{first.record_id}").text
    assert "已核" in step(client, given, f"shares/{first.id}/check").text
    step(client, given, f"shares/{second.id}/return", words="贴高了")
    assert (first.state, second.state, second.task.state) == ("checked", "returned", "open")


def test_all_that_are_done_are_checked_with_one_tap(client, cast, given):
    for share, who in zip(given.shares, (cast.worker, cast.colleague), strict=True):
        tell("assignment_done", share.task, by=who)
    session.commit()
    assert "已核 2 份" in step(client, given, "checks").text


def test_a_moved_deadline_shows_the_first_one(client, client_of, cast, given):
    first = given.due_at
    assert step(client, given, "deadline", until="2022-10-06T08:00").status_code == 422
    step(client, given, "deadline", until="2022-10-07T12:00", why="下雨")
    told = f"原定 今天 {clock.local(first):%H:%M}"
    assert told in page_of(client, given)
    task = given.shares[0].task
    assert told in client_of(cast.worker).get(f"/assignments/mine/{task.id}").text
    assert "期限改过" in client_of(cast.worker).get("/today").text


def test_it_is_taken_back(client, given):
    assert "已撤回" in step(client, given, "withdrawal").text
    assert {share.state for share in given.shares} == {"withdrawn"}


def test_somebody_else_gets_it_and_it_begins_anew(client, cast, given):
    share = given.shares[0]
    tell("assignment_handed_on", share.task, by=cast.worker, to="back", why="没有梯子")
    session.commit()
    assert "没有梯子" in page_of(client, given)
    client.post(f"/tasks/{share.task_id}/assignee", data={"assignee": str(cast.colleague.id)})
    assert (share.state, share.task.assignee) == ("given", cast.colleague)


def test_anothers_share_is_not_reached_through_it(client, cast, given):
    other = give(cast, "people", cast.worker.id)
    session.commit()
    assert step(client, given, f"shares/{other.shares[0].id}/check").status_code == 404


def test_it_costs_few_queries_however_many_have_it(client, cast, given):
    for share, who in zip(given.shares, (cast.worker, cast.colleague), strict=True):
        tell("assignment_asked", share.task, by=who, question="？")
        share.answer("好", by=cast.director, at=clock.now() + timedelta(minutes=1))
    session.commit()
    url = f"/assignments/{given.id}"
    with queries() as sent:
        client.get(url)
    assert len(sent) <= 20
