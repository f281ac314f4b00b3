"""Correcting the day a case ends: with a reason, and the plan follows at once."""

from datetime import date

import pytest

from app.domain.events import Event
from app.lib.db import session
from tests.web.pages import soup


def correct(client, case, **told):
    return client.post(f"/cases/{case.id}/end", data=told)


def test_the_new_day_stands_with_its_reason(client_of, cast):
    case, client = cast.returnee_case, client_of(cast.director)
    answer = correct(client, case, ends_on="2022-10-12", reason="专班通知延长")
    assert answer.headers["Location"] == f"/residents/{case.resident_id}"
    session.refresh(case)
    assert case.ends_on == case.end_override == date(2022, 10, 12)
    said = session.query(Event).filter_by(kind="end_corrected").one()
    assert (said.data["now"], said.data["reason"]) == ("2022-10-12", "专班通知延长")
    assert "专班通知延长" in client.get(f"/residents/{case.resident_id}").text


@pytest.mark.parametrize(
    "told",
    [
        {"ends_on": "2022-10-12", "reason": ""},
        {"ends_on": "2022-10-12", "reason": "  "},
        {"ends_on": "", "reason": "专班通知"},
        {"ends_on": "明天", "reason": "专班通知"},
        {"ends_on": "2022-09-01", "reason": "专班通知"},
        {"ends_on": "2022-10-12", "reason": "长" * 61},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client_of, cast, told):
    case = cast.returnee_case
    before = case.ends_on
    answer = correct(client_of(cast.director), case, **told)
    assert answer.status_code == 422
    page = soup(answer)
    assert page.select_one("[role=alert]") is not None
    assert page.select_one("[name=reason]")["value"] == told["reason"].strip()
    session.refresh(case)
    assert (case.ends_on, case.end_override) == (before, None)


def test_the_form_shows_the_day_that_stands_now(client_of, cast):
    page = soup(client_of(cast.director).get(f"/cases/{cast.yellow_case.id}/end"))
    assert page.select_one("[name=ends_on]")["value"] == cast.yellow_case.ends_on.isoformat()


def test_an_ended_case_keeps_its_day(client_of, cast):
    case = cast.yellow_case
    case.close("transferred", by=cast.director, at=case.opened_at)
    session.commit()
    answer = correct(client_of(cast.director), case, ends_on="2022-10-20", reason="专班通知")
    assert answer.status_code == 303
    session.refresh(case)
    assert case.end_override is None


@pytest.mark.parametrize("who", ["worker", "next_director", "official"])
def test_only_her_own_director_may(client_of, cast, who):
    client = client_of(getattr(cast, who))
    assert client.get(f"/cases/{cast.yellow_case.id}/end").status_code in (403, 404)
    told = {"ends_on": "2022-10-20", "reason": "专班通知"}
    assert correct(client, cast.yellow_case, **told).status_code in (403, 404)
