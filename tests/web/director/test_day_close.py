"""日结: the review, a reason for what is left, the report, and a day that is closed once."""

from datetime import date

import pytest

from app.domain.days import closing_of
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.intake.telling import tell
from tests.lived_day import OCTOBER, live
from tests.web.pages import queries, soup

TODAY = date(2022, 10, 6)
EVENING = clock.at(TODAY, 18, 5)


@pytest.fixture
def director(client_of, cast):
    return client_of(cast.director)


def test_the_review_says_what_is_left_and_proposes_why(director, cast):
    task = session.query(Task).filter_by(kind="verify", resident_id=cast.yellow.id).one()
    tell("attempt", task, by=cast.worker, way="door")
    session.commit()
    page = soup(director.get("/day-close"))
    chosen = page.select_one("select[name='why-verify.not_reached'] option[selected]")
    assert chosen.text == "多次未联系上"
    assert "结转" in page.select_one("#preview").text


def test_another_reason_changes_the_preview_at_once(director, cast):
    task = session.query(Task).filter_by(kind="verify", resident_id=cast.yellow.id).one()
    tell("attempt", task, by=cast.worker, way="door")
    session.commit()
    preview = director.get(
        "/day-close?why-verify.not_reached=away", headers={"HX-Request": "true"}
    ).text
    assert "本人外出1件" in preview
    assert "<html" not in preview


def test_closing_carries_over_with_reasons_and_writes_the_report(director, cast):
    live(cast)
    with clock.stopped_at(EVENING):
        page = director.post("/day-close", data={"note": "明早六点半集合。"}, follow_redirects=True)
    closing = closing_of(cast.home.id, TODAY)
    carried = session.query(Task).filter_by(carried_from=TODAY).all()
    assert closing.carried == len(carried) > 0
    assert all(task.carried_why for task in carried)
    assert f"结转{closing.carried}件" in closing.report
    assert "备注：明早六点半集合。" in closing.report
    assert closing.sums["tasks_done_today"] > 0
    assert "已日结" in page.text


def test_a_day_is_closed_only_once(director, cast):
    director.post("/day-close", data={})
    again = director.post("/day-close", data={}, follow_redirects=True)
    assert "已经日结" in again.text
    assert director.get("/day-close").headers["Location"] == "/days/2022-10-06"


def test_before_midnight_it_says_what_will_become_of_later_records(director):
    assert "今天还没过完" in director.get("/day-close").text
    assert "今天还没过完" not in director.get("/day-close?day=2022-10-05").text


def test_a_day_forgotten_can_be_closed_the_day_after(director, cast):
    director.post("/day-close", data={"day": "2022-10-05"})
    assert closing_of(cast.home.id, OCTOBER[5]).by_id == cast.director.id


def test_a_day_to_come_cannot_be_closed(director):
    assert director.get("/day-close?day=2022-10-07").status_code == 404
    assert director.post("/day-close", data={"day": "2022-10-07"}).status_code == 404


def test_a_reason_that_is_none_falls_back_to_the_one_proposed(director, cast):
    director.post("/day-close", data={"why-verify.short_of_hands": "because"})
    whys = {task.carried_why for task in session.query(Task).filter_by(carried_from=TODAY)}
    assert "because" not in whys


def test_too_long_a_note_is_kept_in_the_form(director, cast):
    answer = director.post("/day-close", data={"note": "长" * 10_000})
    assert answer.status_code == 422
    assert "长" * 10_000 in answer.text
    assert closing_of(cast.home.id, TODAY) is None


def test_it_costs_few_queries(director, cast):
    live(cast)
    with queries() as sent:
        director.get("/day-close")
    assert len(sent) <= 20


def test_workers_cannot_close_a_day(client_of, cast):
    assert client_of(cast.worker).post("/day-close").status_code == 403
