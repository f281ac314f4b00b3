"""One name: with a reason that is kept, for five minutes, then closed again."""

from datetime import timedelta

import pytest

from app.domain.audit import AuditEntry
from app.lib import clock
from app.lib.db import session
from tests.cast import MORNING

WHY = {"reason": "complaint", "words": "12345工单 221006-17"}


def address(cast) -> str:
    return f"/areas/cases/{cast.yellow_case.id}/name"


def opened() -> list[AuditEntry]:
    return session.query(AuditEntry).filter_by(action="name_opened").all()


def test_closed_until_a_reason_is_given(client_of, cast):
    client = client_of(cast.official)
    assert "王建国" not in client.get(address(cast)).text
    page = client.post(address(cast), data=WHY, follow_redirects=True)
    assert "王建国" in page.text


def test_who_looked_and_why_is_kept(client_of, cast):
    client_of(cast.official).post(address(cast), data=WHY)
    kept = opened()[0]
    assert (kept.who, kept.target) == ("street", f"case:{cast.yellow_case.id}")
    assert kept.reason == "核实投诉、信访：12345工单 221006-17"


def test_it_closes_after_five_minutes_and_the_browser_keeps_nothing(client_of, cast):
    client = client_of(cast.official)
    client.post(address(cast), data=WHY)
    with clock.stopped_at(MORNING + timedelta(minutes=4, seconds=30)):
        answer = client.get(address(cast))
        assert "王建国" in answer.text
        assert answer.headers["Refresh"] == "31"
        assert answer.headers["Cache-Control"] == "private, no-store"
    with clock.stopped_at(MORNING + timedelta(minutes=5, seconds=1)):
        assert "王建国" not in client.get(address(cast)).text


def test_it_is_open_to_her_alone_and_that_name_alone(client_of, cast):
    client = client_of(cast.official)
    client.post(address(cast), data=WHY)
    assert "王建国" not in client_of(cast.city_official).get(address(cast)).text
    assert "刘福" not in client.get(f"/areas/cases/{cast.elder_case.id}/name").text


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"reason": "curious"}, {"words": ""}, {"words": "  "}]
)
def test_without_a_reason_and_words_it_stays_closed(client_of, cast, wrong):
    answer = client_of(cast.official).post(address(cast), data=WHY | wrong)
    assert answer.status_code == 422
    assert "王建国" not in answer.text
    assert opened() == []


def test_the_name_and_nothing_else(client_of, cast):
    client = client_of(cast.official)
    html = client.post(address(cast), data=WHY, follow_redirects=True).text
    assert cast.yellow.phone not in html
    assert cast.yellow.id_number not in html
    assert cast.yellow.household.address not in html


@pytest.mark.parametrize("who", ["director", "worker", "admin"])
def test_only_an_official_asks_this_way(client_of, cast, who):
    client = client_of(getattr(cast, who))
    assert client.get(address(cast)).status_code == 403
    assert client.post(address(cast), data=WHY).status_code == 403


def test_nobody_outside_her_area(client_of, cast):
    cast.official.area = cast.next_door
    session.commit()
    client = client_of(cast.official)
    assert client.get(address(cast)).status_code == 404
    assert client.post(address(cast), data=WHY).status_code == 404
    assert opened() == []
