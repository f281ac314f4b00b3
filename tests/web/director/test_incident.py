"""One sudden event, step by step, each by whom and when, with one next step on the page."""

from datetime import timedelta

import pytest

from app.domain.incidents import Incident
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.lived_day import report
from tests.web.pages import queries, soup


@pytest.fixture
def incident(cast) -> Incident:
    found = report(cast, "turned_yellow", cast.grid1, 10)
    found.resident_id = cast.plain.id
    session.commit()
    return found


@pytest.fixture
def director(client_of, cast):
    return client_of(cast.director)


def step(client, incident: Incident, noun: str, **typed):
    return client.post(f"/incidents/{incident.id}/{noun}", data=typed, follow_redirects=True)


def next_step(client, incident: Incident) -> str:
    """The words of the one main button, and that its form is on the page."""
    page = soup(client.get(f"/incidents/{incident.id}"))
    assert page.select_one("form#next")
    return page.select_one(".save-bar button[form=next]").get_text(strip=True)


def test_from_the_report_to_the_close(director, client_of, cast, incident):
    assert next_step(director, incident) == "核实属实"
    step(director, incident, "verification", note="打过电话了")
    assert next_step(director, incident) == "派单"
    step(director, incident, "assignment", assignee=cast.worker.id, within="30", note="先送饭")
    assert incident.deadline == clock.now() + timedelta(minutes=30)
    task = session.query(Task).filter_by(incident_id=incident.id).one()
    assert (task.assignee_id, task.state) == (cast.worker.id, "open")
    incident.handle("饭送到了，码在申诉", by=cast.worker, at=clock.now())
    session.commit()
    assert next_step(director, incident) == "复核通过"
    step(director, incident, "check")
    assert next_step(director, incident) == "办结"
    page = soup(step(director, incident, "closure", note="转绿后再回访"))
    assert incident.stage == "closed"
    course = [item.b.text for item in page.select(".line li")]
    assert course == ["上报", "核实属实", "派单", "处理完毕", "复核通过", "办结"]
    assert "派给李娜，期限 今天 11:00，先送饭" in page.select(".line li")[2].text
    assert page.select_one(".save-bar") is None


def test_what_is_not_so_is_ended_with_a_reason(director, incident):
    assert "请写明原因" in step(director, incident, "dismissal").text
    assert incident.stage == "reported"
    step(director, incident, "dismissal", why="看错了手机")
    assert incident.stage == "unfounded"


def test_who_turned_yellow_gets_a_case_from_here(director, cast, incident):
    page = soup(director.get(f"/incidents/{incident.id}"))
    assert page.select_one(f"a[href='/record/code_push?resident={cast.plain.id}']")


def test_the_worker_of_the_grid_and_the_rules_time_are_proposed(director, cast, incident):
    step(director, incident, "verification")
    page = soup(director.get(f"/incidents/{incident.id}"))
    chosen = [box["value"] for box in page.select("#next input[checked]")]
    assert chosen == [str(cast.worker.id), "day"]


def test_a_deadline_of_her_own_lies_ahead(director, cast, incident):
    step(director, incident, "verification")
    typed = {"assignee": cast.worker.id, "within": "until", "note": "快"}
    assert "请填处理期限" in step(director, incident, "assignment", **typed).text
    past = step(director, incident, "assignment", until="2022-10-06T09:00", **typed)
    assert past.status_code == 422
    assert "期限要晚于现在" in past.text
    assert "快" in soup(past).select_one("#next textarea").text
    step(director, incident, "assignment", until="2022-10-06T15:00", **typed)
    assert incident.deadline == clock.at(clock.today(), 15)


def test_more_time_is_granted_or_declined(director, cast, incident):
    step(director, incident, "verification")
    step(director, incident, "assignment", assignee=cast.worker.id, within="60")
    later = clock.at(clock.today(), 16)
    incident.ask_extension(later, "等燃气公司", by=cast.worker, at=clock.now())
    session.commit()
    assert next_step(director, incident) == "同意延期到 今天 16:00"
    step(director, incident, "extension_refusal", why="先疏散")
    assert incident.extension_until is None
    incident.ask_extension(later, "已疏散，等燃气公司", by=cast.worker, at=clock.now())
    session.commit()
    step(director, incident, "extension")
    assert incident.deadline == later
    assert session.query(Task).filter_by(incident_id=incident.id).one().due_at == later


def test_what_is_not_done_well_goes_back(director, cast, incident):
    step(director, incident, "verification")
    step(director, incident, "assignment", assignee=cast.worker.id, within="60")
    incident.handle("好了", by=cast.worker, at=clock.now())
    session.commit()
    assert "请写明原因" in step(director, incident, "return").text
    step(director, incident, "return", why="没说谁送的饭")
    assert incident.stage == "assigned"
    open_task = session.query(Task).filter_by(incident_id=incident.id, state="open").one()
    assert open_task.assignee_id == cast.worker.id


def test_a_step_taken_twice_is_told_so(director, incident):
    step(director, incident, "verification")
    again = step(director, incident, "verification", note="我也打过了")
    assert again.status_code == 422
    assert "已经到了下一步" in again.text
    assert len(incident.steps) == 1


def test_the_whole_grid_of_workers_can_be_sent_and_nobody_else(director, cast, incident):
    step(director, incident, "verification")
    answer = step(director, incident, "assignment", assignee=cast.neighbour.id, within="30")
    assert answer.status_code == 422
    assert incident.stage == "verified"


def test_it_costs_few_queries(director, cast, incident):
    step(director, incident, "verification")
    with queries() as sent:
        director.get(f"/incidents/{incident.id}")
    assert len(sent) <= 20


def test_workers_and_the_next_director_take_no_step(client_of, cast, incident):
    assert step(client_of(cast.worker), incident, "verification").status_code == 403
    assert step(client_of(cast.next_director), incident, "verification").status_code == 404
    assert incident.stage == "reported"
