"""突发事件: the overdue and gravest first, what is ended below."""

from app.domain.incidents import Incident
from app.lib.db import session
from tests.lived_day import at, live, report
from tests.web.pages import queries, soup


def test_open_ones_stand_with_the_overdue_first(client_of, cast):
    live(cast)
    page = soup(client_of(cast.director).get("/incidents"))
    cards = [card.get_text(" ", strip=True) for card in page.select("a.brief")]
    assert len(cards) == int(page.select_one("[data-rows]")["data-rows"]) == 3
    assert cards[0].startswith("燃气泄漏 处理中")
    assert "迟 1 小时" in cards[0]


def test_one_stage_alone(client_of, cast):
    live(cast)
    client = client_of(cast.director)
    page = soup(client.get("/incidents?stage=reported"))
    assert [card.b.text for card in page.select("a.brief")] == ["突发疾病、受伤"]
    assert client.get("/incidents?stage=closed").status_code == 404


def test_ended_ones_are_below(client_of, cast):
    incident = report(cast, "fire", cast.grid1, 9)
    incident.dismiss("是在做饭", by=cast.director, at=at(6, 9, 20))
    session.commit()
    page = soup(client_of(cast.director).get("/incidents"))
    assert "不属实" in page.select_one(f".cells a[href='/incidents/{incident.id}']").text
    assert "没有在办的突发事件" in page.text


def test_the_next_community_sees_none_of_ours(client_of, cast):
    live(cast)
    client = client_of(cast.next_director)
    assert "没有在办的突发事件" in client.get("/incidents").text
    ours = session.query(Incident).first()
    assert client.get(f"/incidents/{ours.id}").status_code == 404


def test_it_costs_few_queries(client_of, cast):
    for hour in range(1, 9):
        report(cast, "medical", cast.grid1, hour)
    session.commit()
    client = client_of(cast.director)
    with queries() as sent:
        client.get("/incidents")
    assert len(sent) <= 20
