"""Editions of the rules, and a place that follows another than the calendar's."""

from datetime import date

import pytest

from app.domain import regime
from app.domain.audit import AuditEntry
from app.lib.db import session
from app.policy.rulebook import RULES

TODAY = date(2022, 10, 6)


@pytest.fixture
def desk(client_of, cast):
    return client_of(cast.admin)


def adopt(desk, area, edition="twenty", why="省里通知提前执行"):
    typed = {"area_id": area.id, "edition": edition, "why": why}
    return desk.post("/admin/editions", data=typed)


def test_every_edition_stands_there_with_its_source(desk):
    page = desk.get("/admin/editions").get_data(as_text=True)
    for edition in RULES.editions.values():
        assert edition.words in page
        assert edition.source.split("；")[0][:20] in page


def test_an_adoption_holds_below_its_place_and_nowhere_else(desk, cast):
    assert adopt(desk, cast.home).status_code == 303
    assert regime.edition_at(cast.grid1, TODAY) == "twenty"
    assert regime.edition_at(cast.next_grid, TODAY) == "ninth"
    noted = session.query(AuditEntry).filter_by(action="rules_changed").one()
    assert noted.reason == "twenty: 省里通知提前执行"


def test_open_cases_keep_their_edition(desk, cast):
    adopt(desk, cast.home)
    session.expire_all()
    assert cast.yellow_case.edition == "ninth"


def test_the_later_of_two_on_one_day_holds(desk, cast):
    adopt(desk, cast.home, "twenty")
    adopt(desk, cast.home, "ten")
    assert regime.edition_at(cast.home, TODAY) == "ten"
    assert len(regime.adoptions_on(TODAY)) == 1


def test_one_goes_back_to_the_calendar(desk, cast):
    adopt(desk, cast.home)
    adopted = regime.adoptions_on(TODAY)[0]
    desk.post(f"/admin/adoptions/{adopted.id}/end")
    assert regime.edition_at(cast.home, TODAY) == "ninth"
    assert desk.post(f"/admin/adoptions/{adopted.id}/end").status_code == 404


@pytest.mark.parametrize("wrong", [{"edition": "eleventh"}, {"why": ""}, {"why": "长" * 151}])
def test_without_edition_or_reason_nothing_changes(desk, cast, wrong):
    answer = adopt(desk, cast.home, **wrong)
    assert answer.status_code == 422
    assert regime.adoptions_on(TODAY) == []
