"""今日: what is due behind which door, the gravest first, light enough for a cheap phone."""

import gzip
import re
from datetime import date, timedelta

import pytest

from app.domain import reviews, tasks
from app.domain.tasks import Task
from app.intake.accept import Entry, accept
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from tests.cast import MORNING, resident
from tests.web.pages import queries, soup


@pytest.fixture
def street_of_elders(cast):
    """Sixty doors more in her grid, each with an elder to be visited."""
    for number in range(60):
        person = resident(
            cast.grid1,
            "高秀英",
            "2",
            date(1938, 1, 1),
            room=f"{number // 4 + 3}{number % 4 + 10:02d}",
        )
        entry = Entry(
            new_id(), "elder_roll", MORNING, {"resident_id": person.id}, {"reason": "lone"}
        )
        with clock.stopped_at(MORNING - timedelta(days=3)):
            accept(entry, by=cast.director, at=clock.now())
    session.commit()


def walk(client) -> str:
    """The text of the list below the day's head, in its order."""
    main = soup(client.get("/today")).main
    main.find(id="day").decompose()
    main.find(class_="news-list").decompose()
    return main.get_text(" ", strip=True)


def test_it_shows_what_is_due_in_her_grids_with_masked_names(client_of, cast):
    page = client_of(cast.worker).get("/today").text
    assert "王**" in page
    assert "首次核实" in page
    assert "张**" in page
    assert "王建国" not in page


def test_it_shows_nothing_of_other_grids(client_of, cast):
    mine, hers = (client_of(who).get("/today").text for who in (cast.worker, cast.colleague))
    assert "王**" in mine
    assert "王**" not in hers
    assert "今天没有要办的事" in hers


def test_each_task_says_why_and_by_which_rule(client_of, cast):
    page = client_of(cast.worker).get(f"/stops/{cast.yellow.household_id}").text
    assert "推送或报告后24小时内核实" in page
    assert "未按时参加核酸检测" in page


def test_what_is_late_stands_first_and_says_how_late(client_of, cast):
    client = client_of(cast.worker)
    assert "件已超时" in client.get("/today").text
    listed = walk(client)
    assert listed.startswith("超时")
    assert "首次核实 · 迟 1 小时" in listed


def test_several_tasks_behind_one_door_are_one_stop(client_of, cast):
    page = soup(client_of(cast.worker).get("/today"))
    stop = page.find("a", href=f"/stops/{cast.yellow.household_id}")
    assert stop is not None
    assert "502" in stop.text


def test_a_returned_record_stands_on_top(client_of, cast):
    written = Entry(
        new_id(), "test", MORNING, {"resident_id": cast.yellow.id}, {"outcome": "sampled"}
    )
    record = accept(written, by=cast.worker, at=MORNING)
    reviews.send_back(record, "是今天采的吗？", by=cast.director, at=clock.now())
    session.commit()
    listed = walk(client_of(cast.worker))
    assert listed.index("先办") < listed.index("是今天采的吗？") < listed.index("超时")
    assert "是今天采的吗？" not in client_of(cast.colleague).get("/today").text


def test_a_reminded_task_moves_to_the_top(client_of, cast):
    task = session.query(Task).filter_by(resident_id=cast.yellow.id, kind="verify").one()
    task.remind(by=cast.director, at=clock.now())
    session.commit()
    listed = walk(client_of(cast.worker))
    assert listed.index("先办") < listed.index("王**") < listed.index("超时")


def test_a_task_given_by_name_reaches_another_grid_s_worker(client_of, cast):
    task = session.query(Task).filter_by(resident_id=cast.yellow.id, kind="verify").one()
    task.reassign(cast.colleague, by=cast.director, at=clock.now())
    session.commit()
    assert "王**" in client_of(cast.colleague).get("/today").text


def test_what_opens_later_waits_folded_away(client_of, cast):
    page = soup(client_of(cast.worker).get("/today"))
    folded = page.find("details", class_="fold")
    assert "稍后" in folded.summary.text
    assert "健康监测 下午" in folded.text


def test_what_is_done_is_counted_and_linked_to_its_record(client_of, cast):
    entry = Entry(
        new_id(), "test", MORNING, {"resident_id": cast.yellow.id}, {"outcome": "sampled"}
    )
    accept(entry, by=cast.worker, at=MORNING)
    session.commit()
    page = soup(client_of(cast.worker).get("/today"))
    assert "今天已办 1 件" in page.text
    assert page.find("a", href=f"/records/{entry.id}") is not None


def test_an_elder_can_be_answered_with_one_tap(client_of, cast):
    task = session.query(Task).filter_by(resident_id=cast.elder.id, kind="visit").one()
    with clock.stopped_at(task.due_at - timedelta(hours=6)):
        page = soup(client_of(cast.worker).get("/today"))
    button = page.find("form", action=f"/tasks/{task.id}/completion").button
    assert "一切平安" in button.text


def test_nothing_new_means_nothing_sent(client_of, cast):
    client = client_of(cast.worker)
    first = client.get("/today")
    again = client.get("/today", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    tasks.give(
        "answer", "看看二单元的灯", by=cast.director, at=clock.now(),
        due_at=clock.end_of(clock.today()), community_id=cast.home.id, assignee=cast.worker,
    )  # fmt: skip
    session.commit()
    changed = client.get("/today", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "看看二单元的灯" in changed.text


def test_a_real_sized_grid_stays_light(client_of, cast, street_of_elders):
    client = client_of(cast.worker)
    with queries() as sent:
        page = client.get("/today")
    assert page.text.count("一切平安") == 6  # eight doors, two of them with other things to do
    assert len(sent) <= 12, sent
    assert len(gzip.compress(page.data)) <= 20_000
    assert "/today?page=2" in page.text
    assert client.get("/today?page=2").text.count("一切平安") == 20


def test_further_on_come_the_doors_that_she_has_not_before_her(client_of, cast, street_of_elders):
    client = client_of(cast.worker)
    first = soup(client.get("/today"))
    done = first.find("form", action=re.compile(r"^/tasks/\d+/completion$"))
    client.post(done["action"], data={"id": done.find("input", {"name": "id"})["value"]})
    onward = soup(client.get(first.find(class_="more")["hx-get"], headers={"HX-Request": "true"}))
    again = soup(client.get(onward.find(class_="more")["hx-get"], headers={"HX-Request": "true"}))
    parts = (first, onward, again)
    cards = [[card["id"] for card in part(class_="task", id=True)] for part in parts]
    assert [len(some) for some in cards[1:]] == [20, 20]
    assert len(set(sum(cards, []))) == sum(map(len, cards))  # none twice


@pytest.mark.parametrize("who", ["director", "official", "admin"])
def test_it_is_the_worker_s_page(client_of, cast, who):
    assert client_of(getattr(cast, who)).get("/today").status_code == 403


def test_it_asks_for_a_sign_in(visitor):
    assert visitor.get("/today").status_code == 302


def test_a_code_pushed_this_morning_is_on_the_list_of_today(client_of, cast):
    task = session.query(Task).filter_by(case_id=cast.yellow_case.id, kind="verify").one()
    came_up = cast.yellow_case.opened_at
    with clock.stopped_at(came_up + timedelta(hours=1)):
        assert clock.local_day(task.due_at) > clock.today()
        page = soup(client_of(cast.worker).get("/today"))
    assert page.find("form", action=f"/tasks/{task.id}/completion")
