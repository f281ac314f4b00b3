"""The service worker and its notifications in Chromium: shown for every push, tapped, answered.

The browser hands the worker what a push service would have brought (Chrome DevTools Protocol);
that a push is really opened is tried in test_push_arrives.py. A tap is the browser's own event;
where it may not open a window, because no finger was there, what it would open is noted.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Page

from app.notify.channels import Parcel, sealing
from tests.offline import street
from tests.offline.chromium import Chromium
from tests.offline.server import Server, until

pytestmark = pytest.mark.browser
SHOWN = """() => navigator.serviceWorker.ready.then((home) => home.getNotifications()).then(
  (all) => all.map(
  ({ title, body, tag, data, actions }) =>
    ({ title, body, tag, path: data.navigate, deeds: actions.map(({ action }) => action) })))"""
TAP = """async ({ tag, action }) => {
  self.opened = [];
  clients.openWindow = async (path) => { opened.push(path); };
  const [notification] = await registration.getNotifications(tag ? { tag } : {});
  const event = new NotificationEvent("notificationclick", { notification, action });
  let all = [];
  event.waitUntil = (promise) => all.push(promise);
  dispatchEvent(event);
  await Promise.all(all);
  return opened;
}"""
RECORDING = {"service": "notifications", "shouldRecord": True}
CLOSE = """() => navigator.serviceWorker.ready.then((home) => home.getNotifications())
  .then((all) => all.forEach((one) => one.close()))"""
WAITING = """() => outbox.list().then(
  (all) => all.filter(({ state }) => state === "waiting").length)"""
WORDS = "屋檐下的旧线"
ENTRY = {
    "kind": "incident",
    "subject": {},
    "fields": {"kind": "other", "words": WORDS, "place": ""},
    "label": {"what": "上报", "who": "", "on": {}, "path": ""},
}


class Phone:
    """李娜's Chromium with its service worker at work."""

    def __init__(self, context: BrowserContext, server: Server):
        self.context, self.server = context, server
        self.page: Page = context.new_page()
        self.page.goto("/today")
        self.page.evaluate("() => navigator.serviceWorker.ready.then(() => 0)")
        until(lambda: self.page.evaluate("() => Boolean(navigator.serviceWorker.controller)"))
        self.tools = context.new_cdp_session(self.page)
        self.registration = ""
        self.tools.on("ServiceWorker.workerRegistrationUpdated", self._knows)
        self.tools.send("ServiceWorker.enable")
        self.displayed = 0
        self.tools.on("BackgroundService.backgroundServiceEventReceived", self._hears)
        self.tools.send("BackgroundService.startObserving", {"service": "notifications"})
        self.tools.send("BackgroundService.setRecording", RECORDING)
        until(lambda: self.page.wait_for_timeout(50) or self.registration)

    def asks(self, script: str, given: object = None) -> Any:
        """What a script in the service worker comes to; it may just be starting anew."""
        for _try in range(5):
            with suppress(Error):
                return self.context.service_workers[-1].evaluate(script, given)
            self.page.wait_for_timeout(200)
        raise TimeoutError(script)

    def gets(self, data: str) -> None:
        """One push, brought as a push service brings it; back when something is displayed.

        Whoever asks what is shown while it is on its way to the screen makes Chromium forget it.
        """
        before = self.displayed
        told = {"origin": self.server.address, "registrationId": self.registration, "data": data}
        self.tools.send("ServiceWorker.deliverPushMessage", told)
        until(lambda: self.page.wait_for_timeout(10) or self.displayed > before)

    def shows(self, n: int = 1) -> list[dict]:
        """Its notifications, once there are so many."""
        until(lambda: len(self.page.evaluate(SHOWN)) == n)
        return self.page.evaluate(SHOWN)

    def taps(self, tag: str = "", action: str = "") -> list[str]:
        """What a tap on a notification, or on one of its buttons, opens."""
        return self.asks(TAP, {"tag": tag, "action": action})

    def clears(self) -> None:
        self.page.evaluate(CLOSE)
        self.shows(0)

    def _hears(self, told: dict) -> None:
        event = told["backgroundServiceEvent"]
        self.displayed += event["eventName"] == "Notification displayed"

    def _knows(self, told: dict) -> None:
        for one in told["registrations"]:
            self.registration = one["registrationId"]


@pytest.fixture(scope="module")
def phone(told_street, tmp_path_factory, chromium) -> Iterator[Phone]:
    """The whole Chromium: the one without windows shows nobody anything."""
    folder = tmp_path_factory.mktemp("worker")
    with Server(told_street.copied_to(folder / "data")) as server:
        browser = Chromium(chromium.browser_type, folder / "profile", server.address)
        with browser.signs_in(street.signed_in(server.folder)) as running:
            running.context.grant_permissions(["notifications"], origin=server.address)
            yield Phone(running.context, server)


@pytest.fixture(autouse=True)
def nothing_shown(phone):
    phone.clears()


def said(topic: str, **more) -> str:
    parcel = Parcel(topic, "您有 1 条新任务", "请打开守望查看。", f"/messages/{topic}", **more)
    return sealing.payload(parcel).decode()


DEEDS = (("done", "完成"), ("later", "稍后"))


def test_a_push_is_shown_as_it_was_written(phone):
    phone.gets(said("7", deeds=DEEDS))
    (shown,) = phone.shows()
    assert (shown["title"], shown["body"]) == ("您有 1 条新任务", "请打开守望查看。")
    assert shown["path"] == "/messages/7" and shown["deeds"] == ["done", "later"]


@pytest.mark.parametrize("data", ["", "{", "null", "[]", "42", '{"notification": null}', "{}"])
def test_every_push_is_shown_whatever_is_in_it(phone, data):
    phone.gets(data)
    (shown,) = phone.shows()
    assert shown["title"] == "您有新消息"
    assert phone.taps() == ["/"]


def test_a_later_one_of_a_topic_takes_its_place_and_others_stay(phone):
    for topic in ("1", "2", "1", "1"):
        phone.gets(said(topic))
    assert {one["path"] for one in phone.shows(2)} == {"/messages/1", "/messages/2"}


def test_a_tap_opens_exactly_what_it_is_about_and_puts_it_away(phone):
    phone.gets(said("7"))
    phone.gets(said("8"))
    phone.shows(2)
    assert phone.taps(sealing.topic_of("8")) == ["/messages/8"]
    assert [one["path"] for one in phone.shows(1)] == ["/messages/7"]


def test_nothing_but_our_own_pages_is_opened(phone):
    away = {"notification": {"title": "x", "navigate": "https://evil.cn/phish?x=1"}}
    phone.gets(json.dumps(away))
    phone.shows()
    assert phone.taps() == ["/phish?x=1"]


def test_later_puts_it_away_and_opens_nothing(phone):
    phone.gets(said("7", deeds=DEEDS))
    phone.shows()
    assert phone.taps(action="later") == []
    phone.shows(0)


def test_done_where_more_is_asked_opens_the_page(phone):
    phone.gets(said("7", deeds=DEEDS))
    phone.shows()
    assert phone.taps(action="done") == ["/messages/7"]


def test_done_goes_through_the_outbox_to_the_server(phone):
    phone.gets(said("7", deeds=DEEDS, entry=ENTRY | {"user": hers(phone)}))
    phone.shows()
    assert phone.taps(action="done") == []
    until(lambda: records(phone) == 1)


def test_done_waits_in_the_outbox_where_there_is_no_network(phone):
    before = records(phone)
    phone.gets(said("7", deeds=DEEDS, entry=ENTRY | {"user": hers(phone)}))
    phone.shows()
    phone.server.kill()
    try:
        assert phone.taps(action="done") == []
        assert phone.asks(WAITING) == 1
    finally:
        phone.server.start()
    phone.asks("() => { outbox.send(); }")
    until(lambda: records(phone) == before + 1)


def test_done_for_somebody_else_who_had_the_phone_is_not_written_in_her_name(phone):
    before = records(phone)
    phone.gets(said("7", deeds=DEEDS, entry=ENTRY | {"user": hers(phone) + 1}))
    phone.shows()
    assert phone.taps(action="done") == ["/messages/7"]
    assert records(phone) == before


def hers(phone: Phone) -> int:
    return phone.server.ask("select id from users where login = 'lina'")[0][0]


def records(phone: Phone) -> int:
    return phone.server.ask("select count(*) from records where kind = 'incident'")[0][0]
