"""From the director's board to the worker's stairwell and back: given, accepted, done, checked."""

import re
from collections.abc import Iterator

import pytest

from app.domain.shares import Share
from app.domain.tasks import Task
from app.lib.db import session
from tests.given import POSTERS
from tests.journeys.sending import all_sent
from tests.journeys.test_offline import NO_NETWORK, Stairwell
from tests.offline.chromium import SHELL, Chromium
from tests.offline.front import Front

pytestmark = pytest.mark.browser


@pytest.fixture
def stairwell(server, chromium, tmp_path) -> Iterator[Stairwell]:
    kind, port, profile = chromium.browser_type, int(server.rpartition(":")[2]), tmp_path / "own"
    with Front(port) as front, Chromium(kind, profile, front.address, SHELL) as browser:
        phone = Stairwell(browser, front)
        yield phone
        assert phone.faults == []


def state() -> str:
    session.rollback()
    return session.query(Share).one().state


def test_given_at_the_desk_accepted_in_the_stairwell_done_and_checked(stairwell, phone_of, cast):
    desk = phone_of(cast.director, 1280, 800).open("/board")
    desk.link("交办一件").writes("要办什么", POSTERS)
    desk.chip("李娜").chip("写一句话").button("交办").sees("已交办").sees("未接收")
    assert desk.taps <= 5
    task = session.query(Task).filter_by(kind="assignment").one()
    path = f"/assignments/mine/{task.id}"

    stairwell.signs_in(cast.worker).has_everything().sees(POSTERS).goes_down()
    page = stairwell.opens(path).sees(NO_NETWORK, POSTERS).page
    page.get_by_role("button", name="接收").click()
    stairwell.sees("已存在手机上")
    page.get_by_role("link", name="办好了").click()
    page.get_by_label("办得怎么样").fill("12 个单元都贴好了")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile("/assignments/mine|/today"))
    assert state() == "given"
    stairwell.comes_up().opens("/today")
    all_sent(page)
    assert state() == "done"
    session.rollback()
    assert session.query(Share).one().accepted_at is not None

    desk.open("/assignments?show=waiting").link(POSTERS).sees("12 个单元都贴好了")
    desk.button("核过").sees("已核")
    assert state() == "checked"
