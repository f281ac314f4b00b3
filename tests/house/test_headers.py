"""What every answer says to the browser, and that no name becomes code."""

from itertools import cycle

import pytest

from app.lib.db import session
from app.web.headers import CSP
from tests import canaries
from tests.house.walk import WHO, allowed

ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# What says the same to everybody; a browser keeps nothing else in its cache on the disk.
SAME_FOR_ALL = ("/static/", "/manifest", "/sw.js", "/offline")
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; alert(1); //",
    "{{ 7*7 }}{% raw %}",
    "</title><svg onload=alert(1)>",
    "javascript:alert(1)",
    "\u2028alert(1)",
)


def check(answer, url) -> None:
    for name, value in ALWAYS.items():
        assert answer.headers.get(name) == value, (url, name)
    assert "Access-Control-Allow-Origin" not in answer.headers, url
    kept_for = answer.headers["Cache-Control"]
    assert "no-store" in kept_for or url.startswith(SAME_FOR_ALL), (url, kept_for)
    assert "Server" not in answer.headers or "Werkzeug" not in answer.headers["Server"]


def test_the_policy_allows_only_our_own_code():
    rules = dict(rule.split(" ", 1) for rule in CSP.split("; "))
    for name in ("default-src", "script-src", "style-src", "form-action"):
        assert rules[name] == "'self'"
    for name in ("object-src", "base-uri", "frame-ancestors"):
        assert rules[name] == "'none'"


@pytest.mark.parametrize("role", WHO)
def test_every_answer_carries_the_headers(walked, role):
    for visit, answer in walked(role, "own").answers:
        check(answer, visit.url)


def test_errors_redirects_and_static_files_do_too(app, client_of, cast, visitor, monkeypatch):
    worker = client_of(cast.worker)
    for url in ("/no-such-page", "/board", "/today"):
        check(visitor.get(url), url)
        check(worker.get(url), url)
    check(visitor.get("/static/css/base.css"), "/static/css/base.css")
    check(worker.post("/sign-in", data={"handle": "x" * (9 << 20)}), "/sign-in")


def test_a_fault_of_ours_shows_no_trace(app, client_of, cast, monkeypatch):
    def broken():
        raise RuntimeError("secret of the machine room")

    monkeypatch.setitem(app.view_functions, "account.settings", _marked(broken, app))
    monkeypatch.setitem(app.config, "TESTING", False)
    answer = client_of(cast.worker).get("/account")
    check(answer, "/account")
    assert answer.status_code == 500
    assert "machine room" not in answer.get_data(as_text=True)
    assert "Traceback" not in answer.get_data(as_text=True)


def test_over_tls_the_browser_is_told_to_stay_there(app, visitor, monkeypatch):
    monkeypatch.setitem(app.config, "HTTPS", True)
    for url in ("/sign-in", "/no-such-page", "/static/css/base.css"):
        strict = visitor.get(url).headers["Strict-Transport-Security"]
        assert strict == "max-age=31536000; includeSubDomains"


def test_a_name_is_never_code(app, client_of, cast):
    _call_everything(cast)
    own = canaries.release(cast)["own"]
    for role, who in WHO.items():
        browser = client_of(getattr(cast, who))
        for visit in allowed(app, role, "GET", own):
            answer = browser.get(visit.url)
            assert b"49{% raw" not in answer.data, visit.url


def _call_everything(cast) -> None:
    """Name everybody and everything by what would be code on a careless page."""
    names = cycle(PAYLOADS)
    for person in (cast.elder, cast.yellow, cast.returnee, cast.plain, cast.sibling):
        person.set_name(next(names))
        person.household.address = next(names)
        person.household.building.compound = next(names)
    for user in (cast.worker, cast.colleague, cast.director, cast.secretary):
        user.name, user.title = next(names), next(names)[:30]
    for area in (cast.home, cast.grid1, cast.grid2, cast.street, cast.district):
        area.name = next(names)
    session.commit()


def _marked(view, app):
    view.permission = app.view_functions["account.settings"].permission
    return view
