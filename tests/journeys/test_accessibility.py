"""Every screen that a link leads to, of every role, on a phone and on a PC: readable by everybody.

Each role begins at home and follows its links, one of each kind. On every screen nothing
scrolls sideways, at either width; axe-core finds nothing against WCAG 2.2 AA at the width at
which the role works; and the browser has nothing to say of a breach of the content policy.
"""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException

from app.policy.permissions import may
from tests.axe import faults
from tests.journeys.someone import Someone

pytestmark = pytest.mark.browser
WIDTHS = (360, 1280)
# Ways to somewhere else, pages that only an upload or an alarm leads to, and what scripts ask for.
NO_SCREENS = {
    "exports.reveals", "static", "auth.home", "auth.first_run", "auth.sign_in",
    "worker.phone_key", "worker.onward", "pack.changes", "messages.opening", "messages.unread",
    "messages.all_alike",
}  # fmt: skip
NO_SCREENS |= {
    "records.photo",
    "records.incident_photo",
    "records.own_photo",
    "director.held_photo",
    "records.attachment",
}
# The calendar's edition, which the story does not follow, has the only training.
NO_TRAINING = {"news.training", "director.training_readers"}
# What the morning of the story has no link to: no list is being read, and none has doubtful rows.
LISTS = {"director.import_match", "director.import_waiting"}
NOT_IN_THE_STORY = {
    "lina": {"worker.incident"} | NO_TRAINING,
    "zhangmin": {"director.blank_form", "news.notices", "news.notice"} | NO_TRAINING | LISTS,
}
ROLES = {"lina": "worker", "zhangmin": "director", "jiedao": "official", "admin": "admin"}


@pytest.mark.parametrize("login", ROLES)
def test_every_screen_of_a_role(chromium, town, app, login):
    somebody = Someone(chromium, town, (WIDTHS[-1], 800), login=login)
    seen, wrong = set(), []
    for endpoint, address in walk(somebody, app):
        seen.add(endpoint)
        wrong += [f"{address}: {fault}" for fault in faults_of(somebody)]
    somebody.goes_home()
    assert wrong == []
    assert somebody.complaints == []
    missed = screens_of(app, ROLES[login]) - seen - NOT_IN_THE_STORY.get(login, set())
    assert missed == set()


def test_the_door(chromium, town):
    visitor = Someone(chromium, town, (WIDTHS[-1], 800), login="admin")
    visitor.context.clear_cookies()
    assert faults_of(visitor.opens("/sign-in")) == []
    visitor.goes_home()


def walk(somebody: Someone, app: Flask) -> Iterator[tuple[str, str]]:
    """Open one screen of each kind, breadth first; each is left open while it is looked at."""
    waiting, known = [urlsplit(somebody.page.url).path], set()
    while waiting:
        address = waiting.pop(0)
        sort = sort_of(app, address)
        if sort is None or sort in known:
            continue
        known.add(sort)
        answer = somebody.page.goto(address)
        assert answer.ok, (address, answer.status)
        yield sort[0], address
        links = somebody.page.locator("a[href]")
        waiting += links.evaluate_all("all => all.map(a => a.pathname + a.search)")


def sort_of(app: Flask, address: str) -> tuple | None:
    """What kind of screen an address shows: the route, and which record or list of it."""
    path, asked = urlsplit(address).path, parse_qs(urlsplit(address).query)
    try:
        endpoint, arguments = app.url_map.bind("localhost").match(path)
    except HTTPException:
        return None
    kind = arguments.get("kind") or asked.get("kind", [""])[0]
    if endpoint == "residents.search":  # the same list, whatever is to be written down
        kind = ""
    about = sorted({"task", "resident", "incident", "case", "supersedes"} & asked.keys())
    show = asked.get("show", [""])[0]
    return None if endpoint in NO_SCREENS or is_file(path) else (endpoint, kind, *about, show)


def is_file(path: str) -> bool:
    """Whether an address is something to take away, such as list.xlsx."""
    return "." in path.rpartition("/")[2]


def faults_of(somebody: Someone) -> list[str]:
    """The width at which the role works comes last and is the one for axe."""
    widths = sorted(WIDTHS, reverse=ROLES[somebody.login] == "worker")
    sideways = [width for width in widths if scrolls_sideways(somebody.page, width)]
    return [f"{width} px: scrolls sideways" for width in sideways] + faults(somebody.page)


def scrolls_sideways(page: Page, width: int) -> bool:
    page.set_viewport_size({"width": width, "height": 800})
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    return page.evaluate(wide)


def screens_of(app: Flask, role: str) -> set[str]:
    """Every route that shows a page to a role."""
    pages = (rule for rule in app.url_map.iter_rules() if not is_file(rule.rule))
    shown = {rule.endpoint for rule in pages if "GET" in rule.methods}
    named = {endpoint: app.view_functions[endpoint] for endpoint in shown - NO_SCREENS}
    return {name for name, view in named.items() if may(role, getattr(view, "permission", None))}
