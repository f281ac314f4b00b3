"""Seeing a covered value: with a reason, one at a time, for five minutes, on the record."""

from datetime import timedelta

import pytest

from app.domain.audit import AuditEntry
from app.lib import clock
from app.lib.db import session
from tests.cast import MORNING
from tests.web.pages import HTMX, soup


@pytest.fixture
def yellow(cast) -> str:
    return f"/residents/{cast.yellow.id}"


def test_a_reason_opens_one_value_and_leaves_a_trace(client_of, cast, yellow):
    client = client_of(cast.worker)
    client.post(f"{yellow}/reveal", data={"what": "id_number", "reason": "identify"})
    page = client.get(yellow).text
    assert cast.yellow.id_number in page
    assert cast.yellow.phone not in page
    assert "王建国" not in page
    trace = session.query(AuditEntry).filter_by(action="revealed").one()
    assert (trace.who, trace.target) == ("lina", f"resident:{cast.yellow.id}:id_number")
    assert trace.reason == "上门核对身份"


def test_it_is_covered_again_after_five_minutes(client_of, cast, yellow):
    client = client_of(cast.worker)
    client.post(f"{yellow}/reveal", data={"what": "phone", "reason": "call"})
    seen = client.get(yellow)
    assert f"tel:{cast.yellow.phone}" in seen.text
    with clock.stopped_at(MORNING + timedelta(minutes=5, seconds=1)):
        later = client.get(yellow, headers={"If-None-Match": seen.headers["ETag"]})
    assert later.status_code == 200
    assert cast.yellow.phone not in later.text


def test_it_is_open_to_her_alone(client_of, cast, yellow):
    client_of(cast.worker).post(f"{yellow}/reveal", data={"what": "phone", "reason": "call"})
    assert cast.yellow.phone not in client_of(cast.director).get(yellow).text


def test_without_a_reason_it_stays_covered(client_of, cast, yellow):
    client = client_of(cast.worker)
    for data in ({"what": "phone"}, {"what": "phone", "reason": "other", "words": "  "}):
        answer = client.post(f"{yellow}/reveal", data=data)
        assert answer.status_code == 422
        assert cast.yellow.phone not in answer.text
    assert session.query(AuditEntry).filter_by(action="revealed").count() == 0


def test_another_reason_is_written_out(client_of, cast, yellow):
    said = {"what": "name", "reason": "other", "words": "核对药方上的姓名"}
    client_of(cast.worker).post(f"{yellow}/reveal", data=said)
    trace = session.query(AuditEntry).filter_by(action="revealed").one()
    assert trace.reason == "其他：核对药方上的姓名"


def test_the_phone_of_a_card_comes_as_a_button_that_calls(client_of, cast, yellow):
    client = client_of(cast.worker)
    form = soup(client.get("/today")).find("form", action=f"{yellow}/reveal")
    assert form is None  # 王建国 has two tasks: his card is a stop
    part = client.post(f"{yellow}/reveal", data={"what": "phone", "reason": "call"}, headers=HTMX)
    assert soup(part).a["href"] == f"tel:{cast.yellow.phone}"


@pytest.mark.parametrize("who", ["colleague", "neighbour"])
def test_others_may_not_ask(client_of, cast, yellow, who):
    url = f"{yellow}/reveal"
    client = client_of(getattr(cast, who))
    assert client.get(url).status_code == 404
    assert client.post(url, data={"what": "phone", "reason": "call"}).status_code == 404
