"""信息核查 for the director: how far each list is, calls shared out, doors that nobody opens."""

from datetime import timedelta

import pytest

from app.domain.check import Check
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.house.test_numbers import numbers_off
from tests.intake.telling import tell
from tests.pushed import asked, asked_of_stranger, sent
from tests.web.pages import queries, soup


@pytest.fixture
def morning(cast) -> list[Check]:
    """Two lists; of six people one is done, one refused, one was not reached."""
    list_ = sent(cast, deadline_at=clock.now() + timedelta(hours=8))
    people = (cast.plain, cast.elder, cast.returnee, cast.sibling)
    found = [asked(cast, one, list_) for one in people]
    found.append(asked_of_stranger(cast, list_))
    found.append(asked_of_stranger(cast, sent(cast, sender="迎泽街道"), name="马三"))
    for check, outcome in zip(found, ("real", "refused", "no_answer"), strict=False):
        tell("check_result", check.task, by=cast.worker, outcome=outcome)
    session.commit()
    return found


def opened(browser, path="/checks"):
    return soup(browser.get(path))


def test_every_number_leads_to_its_people(client_of, cast, morning):
    browser = client_of(cast.director)
    first = opened(browser).select_one(".list-line a.who")["href"]
    for path in ("/checks", first):
        assert numbers_off(browser, path) == []
    said = " ".join(one.text for one in opened(browser).select(".list-line .row a"))
    for words in ("待核 2", "联系不上 1", "拒答 1", "已核 1", "已上传 0"):
        assert words in said


def test_each_level_s_hour_is_told(client_of, cast, morning):
    said = " ".join(opened(client_of(cast.director)).text.split())
    steps = "区县提前 1 小时 → 街道提前 1 小时 → 社区提前 1 小时"
    assert f"发单人要求 今天 18:30 → {steps} = 今天 15:30 前核完" in said


def test_calls_are_shared_out_with_one_tap_and_taken_back_with_one(client_of, cast, morning):
    list_ = morning[0].rows[0].list
    for n in range(9):
        asked_of_stranger(cast, list_, name=f"牛{n}", phone=f"1390352{n:04d}")
    session.commit()
    browser = client_of(cast.director)
    answer = browser.post("/checks/sharing-out", follow_redirects=True)
    assert "人改由周强核" in soup(answer).select_one("#said").text
    given = session.query(Task).filter_by(kind="check", assignee_id=cast.colleague.id).all()
    assert len(given) >= 3
    assert "没有要办" not in client_of(cast.colleague).get("/checks/mine").text
    undo = soup(answer).select_one("#said form")["action"]
    browser.post(undo)
    session.expire_all()
    assert session.query(Task).filter_by(kind="check", assignee_id=cast.colleague.id).all() == []


def test_where_all_have_the_same_in_hand_nothing_moves(client_of, cast):
    answer = client_of(cast.director).post("/checks/sharing-out", follow_redirects=True)
    assert "不用再分" in answer.text


def test_who_opened_to_nobody_stands_among_the_closed_doors_and_is_asked_again(
    client_of, cast, morning
):
    stranger = morning[4]
    tell("check_result", stranger.task, by=cast.worker, outcome="empty_number")
    session.commit()
    browser = client_of(cast.director)
    doors = opened(browser, "/checks/rows?state=unreachable")
    assert doors.select_one("[data-rows]")["data-rows"] == "2"
    assert "没敲开的门" in doors.h1.text and "上门" not in doors.find(id="rows").text
    browser.post(f"/checks/{stranger.id}/again")
    session.expire_all()
    assert (stranger.state, stranger.tries, stranger.task.state) == ("open", 0, "open")


def test_an_elder_found_alone_waits_for_her_word(client_of, cast, morning):
    tell("check_result", morning[3].task, by=cast.colleague, outcome="real", found=["alone"])
    session.commit()
    browser = client_of(cast.director)
    link = opened(browser).select_one('a[href^="/record/elder_roll"]')["href"]
    assert "纳入关爱名册" in browser.get(link).text


def test_the_neighbour_s_director_sees_nothing_of_it(client_of, cast, morning):
    browser = client_of(cast.next_director)
    assert "今天没有要核查的名单" in browser.get("/checks").text
    assert browser.get(f"/checks/lists/{morning[0].rows[0].list_id}").status_code == 404
    assert browser.get(f"/checks/rows?list={morning[0].rows[0].list_id}").status_code == 404
    assert browser.post(f"/checks/{morning[0].id}/again").status_code == 404


def test_the_page_stays_light(client_of, cast, morning):
    with queries() as sent_:
        client_of(cast.director).get("/checks")
    assert len(sent_) <= 20, "\n".join(sent_)
