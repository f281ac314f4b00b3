"""An incident given to her: its course, and what she can do now."""

import pytest

from app.domain import incidents
from app.domain.incidents import Incident
from app.lib import clock
from app.lib.db import session
from tests.web.pages import press, soup


@pytest.fixture
def leak(cast) -> Incident:
    """A burst pipe, reported by her, verified and given to her by the director."""
    now = clock.now()
    found = incidents.report(
        "outage", "楼上水管爆了", place="2号楼", grade=2, verify_by=now, by=cast.worker, at=now,
        community_id=cast.home.id, grid_id=cast.grid1.id,
    )  # fmt: skip
    found.verify("去看过了", by=cast.director, at=now)
    deadline = clock.at(clock.today(), 15)
    found.assign(cast.worker, deadline, "请联系物业关阀", by=cast.director, at=now)
    session.commit()
    return found


def test_it_stands_on_top_of_today_and_opens(client_of, cast, leak):
    client = client_of(cast.worker)
    link = soup(client.get("/today")).find("a", href=f"/incidents/mine/{leak.id}")
    assert link is not None
    page = client.get(link["href"]).text
    for words in ("停水、停电、停暖", "楼上水管爆了", "请联系物业关阀", "张敏", "今天 15:00"):
        assert words in page


def test_she_says_what_was_done(client_of, cast, leak):
    client = client_of(cast.worker)
    url = f"/record/incident_handled?incident={leak.id}"
    press(client, url, url, what="物业已关阀，水停了")
    assert session.get(Incident, leak.id).stage == "handled"
    page = client.get(f"/incidents/mine/{leak.id}").text
    assert "物业已关阀，水停了" in page
    assert "申请延期" not in page


def test_she_asks_for_more_time(client_of, cast, leak):
    client = client_of(cast.worker)
    url = f"/record/incident_extension?incident={leak.id}"
    press(client, url, url, until="2022-10-07T12:00", why="等配件")
    assert "已申请延期" in client.get(f"/incidents/mine/{leak.id}").text


def test_a_colleague_of_another_grid_does_not_see_it(client_of, cast, leak):
    assert client_of(cast.colleague).get(f"/incidents/mine/{leak.id}").status_code == 404
