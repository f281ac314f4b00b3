"""看板: her community at a glance, revalidated cheaply, and nothing of anybody else's."""

import pytest
from bs4 import BeautifulSoup

from app.domain.events import happened
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from tests.web.pages import HTMX, queries, soup


def figures(page: BeautifulSoup) -> dict[str, str]:
    """The big numbers by their labels."""
    return {card.h2.text.strip(): card.b.get_text(strip=True) for card in page.select(".kpi")}


def test_the_sums_of_today_with_yesterday_beside_them(client_of, lived):
    page = soup(client_of(lived.director).get("/board"))
    assert figures(page) == {
        "黄码在管": "5",
        "返回人员在管": "4",
        "今日已探访老人": "1/1",
        "在办突发事件": "3",
        "今日清单已办": "2/22",
    }
    assert "昨天 5" in page.select_one(".kpi-sub").text


def test_a_row_for_each_grid_with_its_worker_and_one_for_what_lies_in_none(client_of, lived):
    rows = soup(client_of(lived.director).get("/board")).select(".rows tbody tr")
    assert [row.td.get_text(" ", strip=True) for row in rows] == [
        "第1网格 李娜",
        "第2网格 周强",
        "未分网格",
    ]


def test_what_needs_her_now_has_its_button(client_of, lived):
    needs = soup(client_of(lived.director).get("/board")).select(".need")
    buttons = {need.select_one(".need-words").get_text(" ", strip=True): need for need in needs}
    ready = next(need for words, need in buttons.items() if "可申报解码" in words)
    assert ready.select_one("a.btn")["href"] == "/decode"
    unseen = next(need for words, need in buttons.items() if "48 小时" in words)
    form = unseen.select_one("form[action='/reminders']")
    assert form.select_one("[name=counter]")["value"] == "yellow_unverified_48h"


def test_reminding_from_the_board_reaches_the_tasks_behind_the_number(client_of, lived):
    client = client_of(lived.director)
    client.post("/reminders", data={"counter": "yellow_unverified_24h", "grid": ""})
    reminded = session.query(Task).filter(Task.reminded_at.is_not(None)).all()
    assert {task.kind for task in reminded} == {"verify"}
    assert len(reminded) == 2


def test_unchanged_it_is_304_and_changed_it_is_new(client_of, lived):
    client = client_of(lived.director)
    tag = client.get("/board").headers["ETag"]
    again = client.get("/board", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.headers["Cache-Control"] == "private, no-store"
    happened("feedback_given", by=lived.worker, at=clock.now(), community_id=lived.home.id)
    session.commit()
    assert client.get("/board", headers={"If-None-Match": tag}).status_code == 200


def test_polling_gets_the_panels_alone(client_of, lived):
    answer = client_of(lived.director).get("/board", headers=HTMX | {"HX-Target": "panels"})
    assert answer.text.lstrip().startswith('<div id="panels"')
    assert "<html" not in answer.text
    assert figures(BeautifulSoup(answer.text, "lxml"))["黄码在管"] == "5"


def test_it_costs_at_most_twenty_queries(client_of, lived):
    client = client_of(lived.director)
    with queries() as sent:
        assert client.get("/board").status_code == 200
    assert len(sent) <= 20


def test_nobodys_full_name_number_or_phone_stands_on_it(client_of, lived):
    html = client_of(lived.director).get("/board").text
    for person in (lived.elder, lived.yellow, lived.returnee, lived.sibling, lived.stranger):
        assert person.name not in html
        assert person.phone not in html


def test_an_empty_community_has_an_empty_board(client_of, lived):
    page = soup(client_of(lived.next_director).get("/board"))
    assert "现在没有等您处理的事" in page.text
    assert set(figures(page).values()) == {"0", "0/0"}


@pytest.mark.parametrize("who", ["worker", "official", "admin"])
def test_it_is_the_directors_alone(client_of, lived, who):
    assert client_of(getattr(lived, who)).get("/board").status_code == 403
