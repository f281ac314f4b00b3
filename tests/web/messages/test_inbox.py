"""消息: unread first, one tap to the thing, sign-in on the way if need be; the number beside it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain import tasks
from app.domain.messages import Message
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.notify import hours
from app.notify.registry import KINDS
from app.web.messages.opening import WAYS, to_notice
from tests.cast import PASSWORD
from tests.notify.street import read_everything, tell
from tests.web.pages import HTMX, press, queries, soup


@pytest.fixture
def told(cast) -> list[Message]:
    """李娜 is told of two tasks behind one door."""
    read_everything()
    for kind in ("visit", "monitor"):
        give(cast, kind)
    return news(cast.worker)


def give(cast, kind: str) -> None:
    elder, now = cast.elder, clock.now()
    about = {"community_id": cast.home.id, "grid_id": cast.grid1.id, "resident_id": elder.id}
    about["household_id"] = elder.household_id
    tasks.give(kind, "", by=cast.director, at=now, due_at=clock.end_of(clock.today()), **about)
    session.commit()


def news(person) -> list[Message]:
    tell()
    wanted = select(Message).where(Message.person_id == person.id, Message.state == "open")
    return list(session.scalars(wanted.order_by(Message.id)))


def lines(client) -> list[str]:
    page = soup(client.get("/messages"))
    return [cell.get_text(" ", strip=True) for cell in page.select("#unread-messages a.cell")]


def test_what_was_told_stands_there_with_its_task_and_door(client_of, cast, told):
    found = lines(client_of(cast.worker))
    assert len(found) == 2
    assert found[0].startswith("新任务 健康监测 · 二轻小区 2号楼 1单元 101 · 刘")


def test_a_message_leads_to_exactly_its_task_and_counts_as_opened(client_of, cast, told):
    message, other = told
    answer = client_of(cast.worker).get(message.path)
    assert answer.status_code == 303
    assert answer.location == f"/stops/{cast.elder.household_id}#task-{message.task_id}"
    session.refresh(message)
    assert (message.state, message.opened_at) == ("read", clock.now())
    session.refresh(other)
    assert other.state == "open"


def test_who_is_not_signed_in_signs_in_and_comes_on_from_there(visitor, cast, told):
    path = told[0].path
    to_sign_in = visitor.get(path)
    assert to_sign_in.location == f"/sign-in?next={path}"
    entered = visitor.post("/sign-in", data={"handle": "lina", "password": PASSWORD, "next": path})
    assert entered.location == path
    assert "/stops/" in visitor.get(path).location


def test_somebody_else_s_message_does_not_exist(client_of, cast, told):
    for person in (cast.colleague, cast.director, cast.neighbour):
        assert client_of(person).get(told[0].path).status_code == 404
    assert client_of(cast.worker).get(f"/messages/{new_id()}").status_code == 404
    session.refresh(told[0])
    assert told[0].state == "open"


def test_every_kind_leads_somewhere():
    assert {kind.opens for kind in KINDS.values()} == set(WAYS)


def test_a_notice_leads_to_its_page(app):
    with app.test_request_context():
        assert to_notice(Message(notice_id=7)) == "/notices/mine/7"


def test_a_task_that_is_no_longer_hers_is_said_to_be_so(client_of, cast, told):
    task = session.get(tasks.Task, told[0].task_id)
    task.reassign(cast.colleague, by=cast.director, at=clock.now())
    session.commit()
    page = client_of(cast.worker).get(told[0].path, follow_redirects=True)
    assert "不再归您" in page.text


def test_all_that_was_on_the_page_is_marked_and_what_came_since_is_not(client_of, cast, told):
    client = client_of(cast.worker)
    page = client.get("/messages")
    give(cast, "monitor")
    [*_seen, late] = news(cast.worker)
    upto = soup(page).find("input", attrs={"name": "upto"})["value"]
    client.post("/messages/readings", data={"upto": upto})
    assert [one.id for one in news(cast.worker)] == [late.id]


def test_without_anything_unread_the_page_says_so(client_of, cast):
    read_everything()
    page = client_of(cast.worker).get("/messages")
    assert "没有没看的消息" in page.text


def test_the_list_costs_few_queries_however_long_it_is(client_of, cast, told):
    for _more in range(60):
        give(cast, "visit")
    tell()
    client = client_of(cast.worker)
    with queries() as sent:
        client.get("/messages")
    assert len(sent) <= 12, "\n".join(sent)


def test_whoever_looks_at_today_has_read_what_stands_on_it(client_of, cast, told):
    client = client_of(cast.worker)
    client.get("/today", headers=HTMX)  # the page asks by itself
    assert len(news(cast.worker)) == 2
    client.get("/today")
    assert news(cast.worker) == []


def test_every_page_says_how_many_are_unread(client_of, cast, told):
    client = client_of(cast.worker)
    for page in ("/me", "/residents", "/messages"):
        mark = soup(client.get(page)).find(id="unread-tab")
        assert mark.get_text(" ", strip=True) == "2 条未读消息" and not mark.has_attr("hidden")
    press(client, "/messages", "/messages/readings")
    assert soup(client.get("/me")).find(id="unread-tab").has_attr("hidden")


def test_the_number_follows_at_the_price_of_two_queries_and_nothing_when_it_is_the_same(
    client_of, cast, told
):
    client = client_of(cast.worker)
    first = client.get("/messages/unread", headers=HTMX)
    assert 'id="unread-tab" hx-swap-oob="true"' in first.text
    tag = {"If-None-Match": first.headers["ETag"]}
    with queries() as sent:
        again = client.get("/messages/unread", headers=HTMX | tag)
    assert (again.status_code, len(sent)) == (304, 2), sent
    give(cast, "monitor")
    tell()
    assert client.get("/messages/unread", headers=HTMX | tag).status_code == 200


def test_a_director_has_them_too(client_of, cast):
    read_everything()
    client = client_of(cast.director)
    client_of(cast.worker).post(
        "/feedback", data={"id": str(new_id()), "words": "表太多，希望少填一次"}
    )
    [message] = news(cast.director)
    assert soup(client.get("/board")).find(id="unread-side").get_text().startswith("1")
    assert client.get(message.path).location == "/feedback-box"


def late_elders(cast, n: int) -> list[Message]:
    """It is past five, and nobody has reached so many elders."""
    read_everything()
    for _elder in range(n):
        give(cast, "visit")
    hours.tell_of_elders(at=clock.now())
    session.commit()
    wanted = select(Message).where(Message.person_id == cast.director.id)
    return list(session.scalars(wanted.where(Message.kind == "elder_unreached")))


def test_elders_nobody_has_reached_are_one_line_and_one_in_the_number(client_of, cast):
    with clock.stopped_at(clock.at(clock.today(), 17, 1)):
        told = late_elders(cast, 45)
        client = client_of(cast.director)
        client.get(told[0].path)
        (line,) = lines(client)
        assert line.startswith(f"{len(told) - 1} 位老人今天还没有联系上 紧急")
        page = soup(client.get("/messages"))
        assert page.find(id="unread-side").get_text().startswith("1")
        (seen,) = page.select(".cells:not(#unread-messages .cells) a.cell")
        assert seen["href"] == told[0].path
        opened = client.get(page.select_one("#unread-messages a.cell")["href"])
        assert opened.location == "/ledgers/elder?counter=elder_unseen_today"
        assert client.get(opened.location).status_code == 200
        assert lines(client) == [] and {one.state for one in told} == {"read"}
        assert client_of(cast.colleague).get(told[1].path + "/alike").status_code == 404


def test_two_days_are_two_lines_and_one_elder_is_her_own_line(client_of, cast):
    evening = clock.at(clock.today(), 17, 1)
    with clock.stopped_at(evening):
        late_elders(cast, 2)
    with clock.stopped_at(evening + timedelta(days=1)):
        give(cast, "visit")
        hours.tell_of_elders(at=clock.now())
        session.commit()
        client = client_of(cast.director)
        found = soup(client.get("/messages")).select("#unread-messages a.cell")
        assert len(found) == 2 and found[1]["href"].endswith("/alike")
        assert client.get(found[1]["href"]).location.endswith(f"&day={evening:%Y-%m-%d}")
