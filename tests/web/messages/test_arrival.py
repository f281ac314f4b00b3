"""A phone says that it has shown a push, and her director reads by which way and when."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.domain import incidents
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.given import give, told_to
from tests.notify.street import Street, a_round, later, read_everything
from tests.web.pages import soup


@pytest.fixture
def push(cast) -> Street:
    read_everything()
    return Street({cast.worker.id: ["lina's phone"], cast.colleague.id: ["zhouqiang's phone"]})


def sent(push: Street) -> str:
    """The number of the parcel that goes out to 李娜 now."""
    session.commit()
    a_round({"push": push})
    [number] = [parcel.token for who, parcel in push.carried if who == "lina's phone"]
    return number


def words_of(client, url: str) -> str:
    return soup(client.get(url)).main.get_text(" ", strip=True)


def test_it_is_told_to_the_director_of_work_given_out(client_of, cast, visitor, push):
    given, client = give(cast, "role", "worker"), client_of(cast.director)
    number, url = sent(push), f"/assignments/{given.id}"
    page = client.get(url)
    assert "已发：手机推送" in page.text and "已送到" not in page.text
    with later(minutes=3):
        assert visitor.post(f"/arrivals/{number}").status_code == 204
    with later(minutes=4):  # the number of the page has changed, though no event tells of it
        page = client.get(url, headers={"If-None-Match": page.headers["ETag"]})
        assert page.status_code == 200
    assert page.text.count("已送到") == 1
    assert "已发：手机推送（今天 10:33 已送到）" in page.text


def test_of_a_notice_and_of_an_incident_too(client_of, cast, visitor, push):
    notice, now = told_to(cast.worker, cast), clock.now()
    visitor.post(f"/arrivals/{sent(push)}")
    client = client_of(cast.director)
    assert "已送到" in words_of(client, f"/notices/{notice.id}")
    about = {"community_id": cast.home.id, "grid_id": cast.grid1.id, "place": "门口", "grade": 3}
    fire = incidents.report("fire", "冒烟", verify_by=now, by=cast.secretary, at=now, **about)
    fire.verify("属实", by=cast.director, at=now)
    fire.assign(cast.worker, now + timedelta(hours=2), by=cast.director, at=now)
    push.carried.clear()
    visitor.post(f"/arrivals/{sent(push)}")
    assert "已送到" in words_of(client, f"/incidents/{fire.id}")


def test_of_a_task_she_was_reminded_of_it_stands_in_its_row(client_of, cast, visitor, push):
    due = Task.state == "open", Task.grid_id == cast.grid1.id, Task.due_day == clock.today()
    task = session.scalars(select(Task).where(*due)).first()
    task.remind(by=cast.director, at=clock.now())
    visitor.post(f"/arrivals/{sent(push)}")
    url = f"/checklist/{cast.grid1.code}?show=left"
    assert "李娜 已发：手机推送（" in words_of(client_of(cast.director), url)


def test_the_first_word_counts_and_shown_is_not_read(client_of, cast, visitor, push):
    give(cast, "people", cast.worker.id)
    number = sent(push)
    for minutes in (1, 20):
        with later(minutes=minutes):
            visitor.post(f"/arrivals/{number}")
    with later(hours=2):
        a_round({"push": push})
        page = words_of(client_of(cast.director), "/undelivered")
    assert "试过：手机推送（手机上已显示）" in page and "还没有看" in page


def test_sent_again_it_must_arrive_again(client_of, cast, visitor, push):
    given = give(cast, "people", cast.worker.id)
    visitor.post(f"/arrivals/{sent(push)}")
    with later(hours=2):
        a_round({"push": push})
        client = client_of(cast.director)
        client.post(f"/undelivered/{cast.worker.id}/again")
        a_round({"push": push})
        assert "已送到" not in words_of(client, f"/assignments/{given.id}")


NOBODYS = "0190b2f4-5e7a-7c3d-8f21-6a4b9c0d1e2f"


@pytest.mark.parametrize("number", [NOBODYS, "7", "x" * 500, "不是号码", "%00", "..%2f"])
def test_whoever_asks_learns_nothing(visitor, number):
    answer = visitor.post(f"/arrivals/{number}")
    known = visitor.post(f"/arrivals/{uuid4()}")
    if answer.status_code == 404:  # no address at all
        return
    assert (answer.status_code, answer.data) == (known.status_code, known.data) == (204, b"")


def test_no_other_site_says_it_for_a_phone(visitor):
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert visitor.post(f"/arrivals/{uuid4()}", headers=elsewhere).status_code == 403
