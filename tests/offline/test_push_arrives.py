"""From a commit to a notification in a real Firefox, through a push service on the loopback.

Nothing is stood in for: gunicorn serves the pages, `flask work` carries the post, the browser
subscribes by itself, opens what was sealed for it, and its service worker shows it.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from app.domain.events import Event
from app.domain.people import User
from app.domain.subscriptions import Subscription
from app.lib import clock
from app.lib.db import db, session
from app.lib.ids import new_id
from app.notify.writing import message, write
from tests.offline import street
from tests.offline.bidi import Firefox, Tab
from tests.offline.push_service import PushService
from tests.offline.server import Server, until
from tests.offline.sizes import size
from tests.story import KEY

pytestmark = pytest.mark.browser
PAGE = "/account/reminders"
# Seconds from the commit of a message to its notification, on a machine with nothing else to do.
IN_TIME = size(10, 1)
SHOWN = """(navigator.serviceWorker.ready.then((home) => home.getNotifications()).then(
  (all) => all.map(({ title, tag, data }) => ({ title, tag, path: data.navigate }))))"""
SAID = """[...document.querySelectorAll("[data-said]")].filter((one) => !one.hidden)
  .map((one) => one.dataset.said)"""


@pytest.fixture
def push_service(tmp_path) -> Iterator[PushService]:
    folder = tmp_path / "push"
    folder.mkdir()
    with PushService(folder) as running:
        yield running


@pytest.fixture
def settings(folder, push_service) -> dict[str, str]:
    """What the installation is started with."""
    return {
        "SHOUWANG_PUSH_HOSTS": push_service.sink.place,
        "SHOUWANG_CONTACT": "it@example.cn",
        "SSL_CERT_FILE": str(push_service.sink.certificate),
        "DATA_DIR": str(folder),
        "SHOUWANG_KEY": KEY.decode(),
    }


@pytest.fixture
def place(folder, settings) -> Iterator[Server]:
    server = Server(folder)
    server.settings = settings
    with server:
        yield server


@pytest.fixture
def post(folder, settings) -> Iterator[None]:
    """The post room, as a process of its own; what there was before was told."""
    with street.application(folder).app_context():
        session.execute(update(Event).values(untold=False))
        session.commit()
        session.remove()
        db.engine.dispose()
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    said = (folder / "post said").open("w")
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "work"]
    process = subprocess.Popen(command, env=env | settings, stdout=said, stderr=said)
    yield
    process.terminate()
    process.wait(20)
    said.close()


@pytest.fixture
def fox(place, push_service, token, tmp_path) -> Iterator[Firefox]:
    settings = {
        "dom.push.serverURL": push_service.socket,
        "dom.push.testing.allowInsecureServerURL": True,
        "dom.push.enabled": True,
        "dom.push.connection.enabled": True,
        "permissions.default.desktop-notification": 1,
        "alerts.useSystemBackend": False,
    }
    with Firefox(tmp_path / "profile", place.address, settings).signs_in(token) as running:
        yield running


def test_a_message_is_on_her_screen_a_moment_after_it_was_written(fox, place, post, push_service):
    tab = fox.open_tab(PAGE)
    subscribes(tab)
    assert place.ask("select count(*) from subscriptions")[0][0] == 1
    assert not [row for row in place.ask("select * from subscriptions") if "https" in str(row)]
    number = tells(place.folder)
    began = time.monotonic()
    tab.waits_for(f"{SHOWN}.then((all) => all.length)")
    took = time.monotonic() - began
    (shown,) = tab.finds(SHOWN)
    assert shown["title"] == "试一条：这部手机收得到" and shown["path"] == f"/messages/{number}"
    until(lambda: push_service.acked)
    until(lambda: place.ask("select 1 from deliveries where arrived_at is not null"))
    print(f"shown {took:.2f} s after the commit")
    assert took <= IN_TIME, took
    each_is_shown_by_itself(tab, place, push_service)
    is_told_again_at_every_start(fox, place)
    tab = is_made_anew_for_another_key(fox, place, push_service)
    ends_with_the_session(tab, place, push_service)


def subscribes(tab: Tab) -> None:
    """A tap, and the page says in words what came of it."""
    tab.waits_for("!document.getElementById('push-on').hidden")
    tab.taps("#push-on").waits_for(f"{SAID}.includes('on')")


def tells(folder: Path) -> str:
    """Write one message to 李娜; the commit is the last thing that happens here."""
    with street.application(folder).app_context():
        person, at = session.query(User).filter_by(login="lina").one(), clock.now()
        one = message("trial", f"{new_id()}", person.id, at=at, community_id=person.area_id)
        one.urgency = "urgent"  # whatever the hour is outside
        number = str(one.uid)
        write([one])
        session.commit()
        session.remove()
        db.engine.dispose()
    return number


def each_is_shown_by_itself(tab: Tab, place: Server, push_service: PushService) -> None:
    """Another thing does not take the place of the first."""
    before = len(push_service.acked)
    tells(place.folder)
    until(lambda: len(push_service.acked) > before)
    tab.waits_for(f"{SHOWN}.then((all) => all.length === 2)")
    assert len({one["tag"] for one in tab.finds(SHOWN)}) == 2


def is_told_again_at_every_start(fox: Firefox, place: Server) -> None:
    """Lost on the server, kept in the browser: the next page she opens heals it."""
    with street.application(place.folder).app_context():
        session.execute(delete(Subscription))
        session.commit()
        session.remove()
        db.engine.dispose()
    fox.kill()
    fox.start().open_tab("/today")
    until(lambda: place.ask("select count(*) from subscriptions")[0][0] == 1)


def is_made_anew_for_another_key(fox: Firefox, place: Server, push_service: PushService) -> Tab:
    """The operator has changed the key by which push services know us: nobody has to tap again."""
    place.kill()
    keys = keys_of(push_service)
    (place.folder / "vapid.pem").unlink()
    place.start()
    fox.kill()
    tab = fox.start().open_tab("/today")
    until(lambda: push_service.channels and keys.isdisjoint(keys_of(push_service)))
    until(lambda: place.ask("select count(*) from subscriptions")[0][0] == 1)
    return tab


def keys_of(push_service: PushService) -> set[str]:
    return {channel.key for channel in push_service.channels.values()}


def ends_with_the_session(tab: Tab, place: Server, push_service: PushService) -> None:
    """After signing out nothing comes to this browser any more."""
    before = len(push_service.sink.asked)
    tab.finds("(fetch('/sign-out', { method: 'POST' }).then((answer) => answer.status))")
    until(lambda: place.ask("select count(*) from subscriptions")[0][0] == 0)
    tells(place.folder)
    time.sleep(1.5)
    assert len(push_service.sink.asked) == before
