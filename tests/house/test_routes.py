"""Every route stands in the ledger, is led to from somewhere, and refuses other sites."""

import re
from difflib import unified_diff
from functools import cache
from itertools import cycle

import pytest

from app.lib.db import session
from tests import canaries
from tests.house.fingerprint import everything
from tests.house.routes import LEDGER, ledger, rules
from tests.house.sources import APP, files
from tests.house.walk import one_of_each

# Nobody clicks these: typed in, called by a program, or asked for by the browser itself.
ENTRIES = {
    "auth.home", "worker.sync", "pwa.service_worker", "pack.changes", "static", "bundle",
    "messages.opening",  # a notification's tap, or a line of the list: Message.path
}  # fmt: skip
ENTRIES |= {"account.subscription"}  # told by js/reminders.js and the service worker


def test_the_ledger_is_complete(app):
    kept = LEDGER.read_text("utf-8").splitlines()
    diff = "\n".join(unified_diff(kept, ledger(app), "routes.txt", "the app", lineterm="", n=0))
    assert not diff, f"{diff}\n\nIf that is meant: python -m tests.house.routes"


def test_every_route_is_led_to(app):
    led_to = {rule.rule for rule in rules(app) if _is_named(rule)}
    lost = {rule.endpoint for rule in rules(app) if rule.rule not in led_to}
    assert lost - ENTRIES == set()


def _is_named(rule) -> bool:
    """A page or view names the endpoint, or the noun at the end of a step's address."""
    noun = rule.rule.rsplit("/", 1)[1]
    return rule.endpoint in _words() or ("<" not in noun and noun in _words())


@cache
def _words() -> set[str]:
    """All that stands in quotes in our templates and views."""
    paths = [*files(APP / "templates", ".html"), *files(APP / "web", ".py")]
    return {
        word
        for path in paths
        for word in re.findall(r"""["']([a-z_.-]+)["']""", path.read_text("utf-8"))
    }


FROM_ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
]


def test_what_another_site_sends_is_refused_and_changes_nothing(app, client_of, cast):
    own = canaries.release(cast)["own"]
    browsers = [client_of(getattr(cast, who)) for who in ("worker", "director", "admin")]
    session.commit()
    before = everything()
    elsewhere = cycle(FROM_ELSEWHERE)
    for visit in one_of_each(app, "POST", own):
        for browser in browsers:
            headers = next(elsewhere)
            assert browser.post(visit.url, headers=headers).status_code == 403, (visit.url, headers)
    assert everything() == before


@pytest.mark.parametrize("headers", FROM_ELSEWHERE, ids=lambda headers: "".join(headers.values()))
def test_from_wherever_else_it_comes(client_of, cast, headers):
    settings = {"language": "en", "type_size": "normal"}
    answer = client_of(cast.worker).post("/account", data=settings, headers=headers)
    assert answer.status_code == 403


def test_our_own_pages_and_a_queue_without_a_token_are_let_in(client_of, cast):
    browser = client_of(cast.worker)
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {}):
        settings = {"language": "zh", "type_size": "normal"}
        assert browser.post("/account", data=settings, headers=headers).status_code == 303
