"""Signing out ends the session on the server, whatever the browser still holds."""

from app.domain.audit import AuditEntry
from app.lib.db import session


def test_a_copied_cookie_is_dead_after_signing_out(app, client_of, cast):
    browser = client_of(cast.worker)
    copied = browser.get_cookie("shouwang").value
    answer = browser.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    thief = app.test_client()
    thief.set_cookie("shouwang", copied)
    assert thief.get("/today").location.startswith("/sign-in")
    assert session.query(AuditEntry).filter_by(action="signed_out").count() == 1


def test_the_browser_is_told_to_forget_our_pages(client_of, cast):
    answer = client_of(cast.worker).post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert "shouwang=;" in answer.headers["Set-Cookie"]


def test_signing_out_twice_is_no_error(visitor):
    assert visitor.post("/sign-out").location == "/sign-in"
