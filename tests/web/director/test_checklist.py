"""今日清单: a row per grid, every number the way to its rows, one day after the other."""

from datetime import date

from app.domain import days
from app.lib import clock
from app.lib.db import session
from tests.intake.telling import tell
from tests.lived_day import live
from tests.web.pages import queries, soup

GRID1 = "1401060010020001"


def number(page, url: str) -> int:
    return int(page.select_one(f'a[href="{url}"]')["data-count"])


def listed(show: str, code: str = "all", day: str = "2022-10-06") -> str:
    return f"/checklist/{code}?day={day}&show={show}"


def test_every_grid_has_its_row_with_its_worker(client_of, cast):
    page = soup(client_of(cast.director).get("/checklist"))
    rows = [row.td.get_text(" ", strip=True) for row in page.select(".rows tbody tr")]
    assert rows == ["第1网格 李娜", "第2网格 周强"]


def test_what_is_done_moves_from_left_to_done(client_of, cast):
    client = client_of(cast.director)
    before = soup(client.get("/checklist"))
    done, left = number(before, listed("done")), number(before, listed("left"))
    tell("code_check", cast.yellow, by=cast.worker, outcome="confirmed", at_home="y", explained="y")
    session.commit()
    after = soup(client.get("/checklist"))
    assert number(after, listed("done")) == done + 1
    assert number(after, listed("done", GRID1)) == number(before, listed("done", GRID1)) + 1
    assert number(after, listed("due")) == number(after, listed("done")) + number(
        after, listed("left")
    )
    assert left > 0


def test_what_lies_in_no_grid_has_a_row_of_its_own(client_of, cast):
    live(cast)
    case = cast.yellow_case
    case.grid_id = None
    tell("code_check", case, by=cast.director, outcome="confirmed", at_home="y", explained="y")
    session.commit()
    page = soup(client_of(cast.director).get("/checklist"))
    assert page.select(".rows tbody tr")[-1].td.get_text(strip=True) == "未分网格"


def test_a_day_before_and_none_after_today(client_of, cast):
    client = client_of(cast.director)
    assert "10月5日 星期三 的清单" in client.get("/checklist?day=2022-10-05").text
    assert "后一天" in client.get("/checklist?day=2022-10-05").text
    assert "后一天" not in client.get("/checklist").text
    for wrong in ("2022-10-07", "gestern", "2022-13-40"):
        assert client.get(f"/checklist?day={wrong}").status_code == 404


def test_a_late_record_of_the_day_before_is_announced(client_of, cast):
    yesterday = date(2022, 10, 5)
    days.close_day(
        cast.home.id, yesterday, sums={}, report="", by=cast.director, at=clock.at(yesterday, 18)
    )
    tell("visit", cast.elder, by=cast.worker, at=clock.at(yesterday, 17), outcome="well")
    session.commit()
    page = soup(client_of(cast.director).get("/checklist"))
    assert "日结后又补录 1 条" in page.select_one("a[href='/days/2022-10-05']").text


def test_it_is_304_until_something_happens(client_of, cast):
    client = client_of(cast.director)
    tag = client.get("/checklist").headers["ETag"]
    assert client.get("/checklist", headers={"If-None-Match": tag}).status_code == 304
    tell("visit", cast.elder, by=cast.worker, outcome="well")
    session.commit()
    assert client.get("/checklist", headers={"If-None-Match": tag}).status_code == 200


def test_it_costs_few_queries(client_of, cast):
    live(cast)
    client = client_of(cast.director)
    with queries() as sent:
        client.get("/checklist")
    assert len(sent) <= 20


def test_a_neighbour_sees_nothing_of_it(client_of, cast):
    live(cast)
    client = client_of(cast.next_director)
    assert number(soup(client.get("/checklist")), listed("due")) == 0
    assert client.get(f"/checklist/{GRID1}").status_code == 404


def test_workers_do_not_come_in(client_of, cast):
    assert client_of(cast.worker).get("/checklist").status_code == 403
