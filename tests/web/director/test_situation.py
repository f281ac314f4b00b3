"""情形与规则: what is in force and why, and what declaring a situation changes."""

from app.domain import regime, situations
from app.domain.regime import DeclaredSituation
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.web.pages import press, queries, soup


def next_visit(cast) -> Task:
    return session.query(Task).filter_by(case_id=cast.elder_case.id, state="open").one()


def test_the_edition_in_force_with_its_source(client_of, cast):
    page = client_of(cast.director).get("/situation").text
    assert "第九版防控方案" in page
    assert "《新型冠状病毒肺炎防控方案（第九版）》" in page


def test_each_situation_says_how_often_elders_are_visited(client_of, cast):
    page = soup(client_of(cast.director).get("/situation"))
    heat = page.find("h2", string="高温").find_parent("section")
    said = [row.get_text(" ", strip=True) for row in heat.select(".often li")]
    assert said[0] == "高风险老人 每天 2 次"


def test_declaring_plans_every_elders_visits_anew(client_of, cast):
    before = next_visit(cast).due_day
    page = soup(press(client_of(cast.director), "/situation", "/situation", kind="silent"))
    assert "已宣布静默管理，1 位老人的探访已重新安排。" in page.find(id="said").text
    assert next_visit(cast).due_day == clock.today() < before


def test_ending_it_brings_ordinary_days_back_tomorrow(client_of, cast):
    client = client_of(cast.director)
    client.post("/situation", data={"kind": "silent"})
    declared = session.query(DeclaredSituation).one()
    page = client.post(f"/situation/{declared.id}/end", follow_redirects=True)
    assert "今天是最后一天" in page.text
    assert declared.ends == clock.today()


def test_the_same_twice_and_unknown_ones_are_refused(client_of, cast):
    client = client_of(cast.director)
    client.post("/situation", data={"kind": "heat"})
    again = client.post("/situation", data={"kind": "heat"}, follow_redirects=True)
    assert "已经宣布了同样的情形" in again.text
    wrong = client.post("/situation", data={"kind": "war"}, follow_redirects=True)
    assert "没有这种情形" in wrong.text
    assert session.query(DeclaredSituation).count() == 1


def test_a_districts_situation_is_shown_and_not_hers_to_end(client_of, cast):
    declared = regime.declare(cast.district, "storm", by=cast.admin, at=clock.now())
    session.commit()
    client = client_of(cast.director)
    page = soup(client.get("/situation"))
    assert "迎泽区，从" in page.text
    assert page.select_one(f"form[action='/situation/{declared.id}/end']") is None
    assert client.post(f"/situation/{declared.id}/end").status_code == 404


def test_the_next_communitys_elders_are_left_alone(cast):
    count = situations.begin(cast.next_door, "silent", by=cast.next_director, at=clock.now())
    assert count == 0


def test_it_costs_few_queries(client_of, cast):
    client = client_of(cast.director)
    with queries() as sent:
        client.get("/situation")
    assert len(sent) <= 20
