"""A day's work saved without a network, and everything killed while it is sent: all there, once.

Three tabs and the service worker send at once; the server dies at each moment of an answer, the
service worker is stopped, the browser is killed by SIGKILL and opened again on its profile.
"""

from collections.abc import Iterator

import pytest

from tests.offline.bidi import Firefox
from tests.offline.chromium import Chromium
from tests.offline.day import Day
from tests.offline.hands import ELDERS, PACKED, READY, insist_on_all
from tests.offline.server import MOMENTS
from tests.offline.sizes import FULL, size

pytestmark = pytest.mark.browser
PHOTO, ENTRIES = "PUT /sync/photos", "POST /sync"
# test_killed_server.py has the moments that a small run leaves out.
A_FEW = [("after the commit", PHOTO), ("in the commit", ENTRIES), ("before the reply", ENTRIES)]
ALL = [(moment, PHOTO) for moment in MOMENTS[::2]] + [(moment, ENTRIES) for moment in MOMENTS]
IN_CHROMIUM = size(Day(4, 2, 2, 1, A_FEW, 1, 1), Day(30, 80, 90, 10, ALL, 2, 3))
IN_FIREFOX = Day(20, 20, 20, 5, ALL, 2, 0)
RUNS = size(1, 5)


@pytest.fixture
def phone(server, token, chromium, tmp_path) -> Iterator[Chromium]:
    """A phone with the app on it, its pack complete."""
    browser = Chromium(chromium.browser_type, tmp_path / "profile", server.address)
    with browser.signs_in(token) as running:
        running.open_tab("/today").waits_for(PACKED)
        yield running


@pytest.fixture
def fox(server, token, tmp_path) -> Iterator[Firefox]:
    """The same in Firefox, which has no Background Sync."""
    with Firefox(tmp_path / "profile", server.address).signs_in(token) as running:
        running.open_tab("/today").waits_for(READY).waits_for(PACKED)
        yield running


@pytest.mark.parametrize("run", range(RUNS))
def test_a_day_s_work_is_there_exactly_once(server, phone, tmp_path, run):
    goes_through(IN_CHROMIUM, server, phone, tmp_path)


@pytest.mark.skipif(not FULL, reason="takes minutes: OFFLINE=full bin/test tests/offline")
@pytest.mark.parametrize("run", range(RUNS))
def test_so_it_is_from_firefox(server, fox, tmp_path, run):
    goes_through(IN_FIREFOX, server, fox, tmp_path)


def goes_through(day: Day, server, phone, folder) -> None:
    elders = [resident for (resident,) in server.ask(ELDERS)]
    server.kill()
    saved = day.is_saved(phone, elders, folder)
    day.is_sent(phone, server)
    insist_on_all(server, saved)
