"""Every screen of the worker's, and those she shares with the director: readable by everybody.

No sideways scrolling at 360 px, the main button in view at once, and nothing that
axe-core finds against WCAG 2.2 AA.
"""

from collections.abc import Callable

import pytest

from app.domain import incidents
from app.domain.records import Record
from app.lib import clock
from app.lib.db import session
from tests.axe import faults
from tests.cast import Cast
from tests.pushed import asked

pytestmark = pytest.mark.browser

SCREENS: dict[str, Callable[[Cast], str]] = {
    "today": lambda cast: "/today",
    "stop": lambda cast: f"/stops/{cast.yellow.household_id}",
    "me": lambda cast: "/me",
    "incident": lambda cast: f"/incidents/mine/{given_incident(cast)}",
    "checks": lambda cast: asked_for(cast),
    **(
        SHARED := {
            "outbox": lambda cast: "/outbox",
            "install": lambda cast: "/install",
            "menu": lambda cast: "/record",
            "visit": lambda cast: f"/record/visit?resident={cast.elder.id}",
            "code_check": lambda cast: f"/record/code_check?resident={cast.yellow.id}",
            "arrival": lambda cast: f"/record/arrival?resident={cast.plain.id}",
            "report": lambda cast: "/record/incident",
            "new_resident": lambda cast: "/record/resident",
            "pick": lambda cast: "/residents?kind=code_check",
            "residents": lambda cast: "/residents",
            "building": lambda cast: f"/buildings/{cast.elder.household.building_id}",
            "household": lambda cast: f"/households/{cast.elder.household_id}",
            "resident": lambda cast: f"/residents/{cast.yellow.id}",
            "reveal": lambda cast: f"/residents/{cast.yellow.id}/reveal",
            "record": lambda cast: f"/records/{session.query(Record.id).first()[0]}",
        }
    ),
}
# The smallest comes last and is the one for axe.
PHONES = ({"width": 390, "height": 844}, {"width": 360, "height": 780})
# The one thing each of these screens is for.
MAIN_BUTTON = {
    **dict.fromkeys(
        ("stop", "visit", "report", "arrival", "code_check", "reveal"), ".save-bar .btn"
    ),
    **dict.fromkeys(("resident", "incident"), ".btn.main"),
    **dict.fromkeys(("residents", "pick"), "#find"),
    "today": ".btn",
    "checks": ".answers .btn.main",
    "menu": ".tile",
}


def asked_for(cast: Cast) -> str:
    asked(cast, cast.plain)
    session.commit()
    return "/checks/mine"


def given_incident(cast: Cast) -> int:
    now = clock.now()
    found = incidents.report(
        "outage", "楼上水管爆了", place="2号楼", grade=2, verify_by=now, by=cast.worker, at=now,
        community_id=cast.home.id, grid_id=cast.grid1.id,
    )  # fmt: skip
    found.verify("", by=cast.director, at=now)
    found.assign(cast.worker, clock.at(clock.today(), 15), by=cast.director, at=now)
    session.commit()
    return found.id


@pytest.mark.parametrize("name", SCREENS)
def test_on_a_phone(phone_of, cast, name):
    phone = phone_of(cast.worker).open(SCREENS[name](cast))
    for size in PHONES:
        phone.page.set_viewport_size(size)
        assert not phone.scrolls_sideways()
        if name in MAIN_BUTTON:
            assert phone.shows_at_once(phone.page.locator(MAIN_BUTTON[name]))
    assert faults(phone.page) == []


@pytest.mark.parametrize("name", SHARED)
def test_on_the_director_s_desk(phone_of, cast, name):
    phone = phone_of(cast.director, 1280, 800).open(SHARED[name](cast))
    assert not phone.scrolls_sideways()
    assert faults(phone.page) == []


@pytest.mark.parametrize("name", ["today", "visit", "resident"])
def test_in_large_type(phone_of, cast, name):
    cast.worker.type_size = "large"
    session.commit()
    phone = phone_of(cast.worker).open(SCREENS[name](cast))
    assert not phone.scrolls_sideways()
    assert phone.shows_at_once(phone.page.locator(MAIN_BUTTON[name]))


def test_the_keyboard_reaches_the_form_and_saves_it(phone_of, cast):
    phone = phone_of(cast.director, 1280, 800).open(SHARED["visit"](cast))
    keys = phone.page.keyboard
    phone.page.get_by_label("一切平安").focus()
    keys.press("Space")
    phone.page.get_by_label("备注").focus()
    keys.type("都好")
    for _step in ("photos", "save"):
        keys.press("Tab")
    keys.press("Enter")
    phone.sees("已保存")
