"""未送达: whom something did not reach; her number, once and on the record; trying it anew."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain import tasks
from app.domain.audit import AuditEntry
from app.domain.messages import Message
from app.lib import clock
from app.lib.db import session
from app.notify.channels import robots
from tests.notify.street import Street, a_round, later, read_everything
from tests.web.pages import press, queries, soup


@pytest.fixture
def unreached(cast):
    """周强 has no way and has not looked at 7 tasks; 李娜 was reached."""
    read_everything()
    cast.colleague.set_phone("13803517777")
    now = clock.now()
    for grid in (cast.grid2,) * 7 + (cast.grid1,):
        about = {"community_id": cast.home.id, "grid_id": grid.id}
        tasks.give("visit", "", by=cast.director, at=now, due_at=clock.end_of(now.date()), **about)
    session.commit()
    ways = {"push": Street({cast.worker.id: ["lina's phone"]})}
    for minutes in (0, 31):
        with clock.stopped_at(now + timedelta(minutes=minutes)):
            a_round(ways)
    for one in session.scalars(select(Message).where(Message.person_id == cast.worker.id)):
        one.read(at=now)
    session.commit()


def states(person) -> list[str]:
    session.expire_all()
    return sorted(set(session.scalars(select(Message.state).where(Message.person_id == person.id))))


def test_it_says_who_and_what_and_why(client_of, cast, unreached):
    page = soup(client_of(cast.director).get("/undelivered"))
    [card] = page.select("section.card")
    words = card.get_text(" ", strip=True)
    assert "周强" in words and "7 条新任务" in words
    assert "没有登记任何提醒方式" in words and "13803517777" not in words
    assert page.main.find(attrs={"data-rows": True})["data-rows"] == "1"
    in_the_menu = page.select('nav.rooms a[href="/undelivered"]')
    assert in_the_menu[0]["data-count"] == in_the_menu[0].b.text == "1"


def test_of_each_it_says_in_a_sentence_what_was_in_the_way(client_of, cast):
    """A robot that answers 200 and has not taken it, somebody without any way, and who has left."""
    read_everything()
    now, end = clock.now(), clock.end_of(clock.today())
    for who in (cast.worker, cast.colleague, cast.secretary):
        about = {"community_id": cast.home.id, "assignee": who}
        tasks.give("visit", "", by=cast.director, at=now, due_at=end, **about)
    cast.secretary.active = False
    session.commit()
    robot = Street({cast.worker.id: ["group"]})
    robot.answers["group"] = robots.judged("wecom", 200, b'{"errcode": 93000}')
    for minutes in (0, 31):
        with later(minutes=minutes):
            a_round({"robot": robot})
    page = soup(client_of(cast.director).get("/undelivered"))
    said = {
        card.h2.text: card.find("small").get_text(" ", strip=True)
        for card in page.select("section.card")
    }
    assert (
        said["李娜"].startswith("试过：工作群机器人（没发出：") and "没有这个机器人" in said["李娜"]
    )
    assert said["李娜"].endswith("提醒都没有发出去，也没有在应用里看。")
    assert said["周强"] == "没有登记任何提醒方式，也没有在应用里看。"
    assert said["郭玉兰"] == "这个人已经停用账号，请改派。"


def test_her_number_is_shown_once_asked_for_and_that_is_kept(client_of, cast, unreached):
    client = client_of(cast.director)
    url = f"/undelivered/{cast.colleague.id}/phone"
    page = press(client, "/undelivered", url)
    assert soup(page).find("a", href="tel:13803517777")
    [noted] = session.scalars(select(AuditEntry).where(AuditEntry.action == "revealed"))
    assert (noted.target, noted.reason) == (f"user:{cast.colleague.id}:phone", "未送达，电话告知")
    assert "13803517777" not in client.get("/undelivered").text


def test_told_by_phone_it_is_read(client_of, cast, unreached):
    client = client_of(cast.director)
    page = press(client, "/undelivered", f"/undelivered/{cast.colleague.id}/told")
    assert "7 条已电话告知周强" in page.text and "没有未送达的消息" in page.text
    assert "read" in states(cast.colleague) and "undelivered" not in states(cast.colleague)


def test_sent_again_it_goes_every_way_anew(client_of, cast, unreached):
    press(client_of(cast.director), "/undelivered", f"/undelivered/{cast.colleague.id}/again")
    push = Street({cast.colleague.id: ["a new phone"]})
    a_round({"push": push})
    assert push.titles == ["7 条新任务"]


def test_nobody_of_another_community_is_there(client_of, cast, unreached):
    client = client_of(cast.next_director)
    assert "周强" not in client.get("/undelivered").text
    for deed in ("phone", "told", "again"):
        assert client.post(f"/undelivered/{cast.colleague.id}/{deed}").status_code == 404
    assert "undelivered" in states(cast.colleague)


def test_the_burden_is_counted_per_person_and_day(client_of, cast, unreached):
    page = soup(client_of(cast.director).get("/burden"))
    rows = {row.td.get_text(" ", strip=True): row for row in page.select("tbody tr")}
    today = {who: row.find_all("td")[-1].get_text(" ", strip=True) for who, row in rows.items()}
    # what 李娜 read before had gone out by no way; one parcel rang
    assert today["周强 网格员"].startswith("7") and "(0)" in today["周强 网格员"]
    assert "(1)" in today["李娜 网格员"]


@pytest.mark.parametrize("page", ["/undelivered", "/burden"])
def test_it_costs_no_more_for_many(client_of, cast, unreached, page):
    client = client_of(cast.director)
    with queries() as sent:
        assert client.get(page).status_code == 200
    assert len(sent) <= 20, "\n".join(sent)
