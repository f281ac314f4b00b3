"""The rows behind a number of the checklist, masked, with what can be done about each."""

import pytest

from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.reports.checklist import LISTS
from tests.intake.telling import tell
from tests.lived_day import OCTOBER, live
from tests.web.pages import queries, soup

GRID1 = "/checklist/1401060010020001"


def rows(client, url: str) -> list[str]:
    page = soup(client.get(url))
    found = [row.get_text(" ", strip=True) for row in page.select("#rows li.judge")]
    assert int(page.select_one("#rows")["data-rows"]) == len(found)
    return found


def test_what_is_left_shows_whom_where_and_since_when(client_of, cast):
    found = rows(client_of(cast.director), f"{GRID1}?show=left")
    assert any(row.startswith("王** 首次核实 二轻小区 2号楼 1单元 502") for row in found)
    assert not any("王建国" in row for row in found)


def test_what_is_done_shows_by_whom_and_what_was_found(client_of, cast):
    tell("visit", cast.elder, by=cast.worker, outcome="well", way="door")
    session.commit()
    found = rows(client_of(cast.director), f"{GRID1}?show=done")
    assert any("刘大爷 探访" in row and "李娜：一切平安" in row for row in found)


def test_a_record_that_came_days_late_is_marked(client_of, cast):
    tell("visit", cast.elder, by=cast.worker, at=clock.at(OCTOBER[5], 17), outcome="well")
    session.commit()
    found = rows(client_of(cast.director), f"{GRID1}?show=late_records&day=2022-10-05")
    assert len(found) == 1
    assert "迟报 1 天" in found[0]


@pytest.mark.parametrize("show", LISTS)
def test_every_list_can_be_opened(client_of, cast, show):
    live(cast)
    client = client_of(cast.director)
    for place in (GRID1, "/checklist/all", "/checklist/none"):
        for day in ("2022-10-05", "2022-10-06"):
            rows(client, f"{place}?show={show}&day={day}")


def test_a_list_costs_few_queries_however_long(client_of, cast):
    live(cast)
    client = client_of(cast.director)
    for show in ("due", "records"):
        with queries() as sent:
            client.get(f"/checklist/all?show={show}")
        assert len(sent) <= 20, show


def test_a_long_list_has_pages(client_of, cast):
    for n in range(130):
        _question(cast, n)
    session.commit()
    client = client_of(cast.director)
    first = soup(client.get(f"{GRID1}?show=left"))
    assert len(first.select("#rows li.judge")) == 100
    second = soup(client.get(first.find("a", string="下一页")["href"]))
    total = int(first.select_one("#rows")["data-rows"])
    assert len(second.select("#rows li.judge")) == total - 100


def _question(cast, n: int) -> None:
    task = Task(kind="answer", step=f"answer:{n}", state="open", community_id=cast.home.id)
    task.grid_id = cast.grid1.id
    task.set_window(clock.now(), clock.end_of(clock.today()))
    session.add(task)


def test_unknown_lists_and_grids_do_not_exist(client_of, cast):
    client = client_of(cast.director)
    assert client.get(f"{GRID1}?show=secrets").status_code == 404
    assert client.get("/checklist/1401060010030001").status_code == 404
