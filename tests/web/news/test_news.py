"""What she has not read stands on top of her day until she says with one tap that she has."""

from datetime import timedelta

import pytest

from app.lib import clock
from app.lib.db import session
from tests.given import told_to
from tests.web.pages import entry_on, press, queries, soup


@pytest.fixture
def notice(cast):
    found = told_to(cast.worker, cast, starts_at=clock.now() + timedelta(hours=1), words="看视频")
    session.commit()
    return found


def lines(client) -> list[str]:
    page = soup(client.get("/today"))
    return [line.a.get_text(" ", strip=True) for line in page.select(".news-line")]


def test_notice_and_training_stand_on_top(client_of, cast, notice):
    client = client_of(cast.worker)
    assert lines(client) == ["十点视频培训 今天 11:30", "第九版：风险区和隔离怎么变"]
    assert lines(client_of(cast.colleague)) == ["第九版：风险区和隔离怎么变"]


def test_one_tap_says_that_it_was_read(client_of, cast, notice):
    client = client_of(cast.worker)
    press(client, "/today", f"/notices/mine/{notice.id}/reading")
    assert lines(client) == ["第九版：风险区和隔离怎么变"]
    press(client, "/today", "/trainings/ninth-zones/reading")
    assert lines(client) == []


def test_the_phone_keeps_both_taps_as_entries(client_of, cast, notice):
    client = client_of(cast.worker)
    forms = soup(client.get("/today")).select(".news-line form")
    answer = client.post("/sync", json={"entries": [entry_on(form) for form in forms]}).json
    assert [receipt["state"] for receipt in answer["receipts"]] == ["kept", "kept"]
    assert lines(client) == []


def test_it_stays_in_her_list_with_when_she_read_it(client_of, cast, notice):
    client = client_of(cast.worker)
    assert "未读" in client.get("/notices/mine").text
    press(client, f"/notices/mine/{notice.id}", f"/notices/mine/{notice.id}/reading")
    assert "已读" in client.get("/notices/mine").text
    assert f'href="{"/notices/mine"}"' in client.get("/me").text


def test_a_training_shows_its_screens_and_the_edition_they_explain(client_of, cast):
    page = soup(client_of(cast.worker).get("/trainings/ninth-zones")).main
    titles = [title.text for title in page.find_all("h2")]
    assert titles == [
        "高风险区：足不出户",
        "中风险区：人不出区",
        "密接：7天加3天",
        "说的是哪个规则",
    ]
    assert "第九版防控方案" in page.text and "2022-06-27公布" in page.text


def test_a_director_goes_through_it_too(client_of, cast):
    client = client_of(cast.director)
    press(client, "/trainings/ninth-zones", "/trainings/ninth-zones/reading")
    assert "看过" in client.get("/trainings/ninth-zones").text


def test_an_unknown_training_is_not_there(client_of, cast):
    assert client_of(cast.worker).get("/trainings/nothing").status_code == 404
    assert client_of(cast.worker).post("/trainings/nothing/reading").status_code == 404


def test_pages_cost_few_queries(client_of, cast, notice):
    client = client_of(cast.worker)
    for url in ("/notices/mine", f"/notices/mine/{notice.id}", "/trainings/ninth-zones", "/today"):
        with queries() as sent:
            client.get(url)
        assert len(sent) <= 12, url
