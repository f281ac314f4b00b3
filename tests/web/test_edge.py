"""The edge of a request: one commit for the deed and its trace; without it neither is there."""

import logging
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from app.domain.audit import AuditEntry
from app.domain.people import User
from app.domain.residents import Resident
from app.lib.db import session
from tests.web.pages import HTMX

LIST = "/decode/20221004010000/list.xlsx"


@pytest.fixture
def served(app, monkeypatch):
    """As in service: a fault becomes a page, and is not raised through to the test."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)


@contextmanager
def failing_commit():
    """The next commit finds the disk full."""

    def fail(_session) -> None:
        raise OSError("no space left on device")

    event.listen(session, "before_commit", fail, once=True)
    try:
        yield
    finally:
        if event.contains(session, "before_commit", fail):
            event.remove(session, "before_commit", fail)


def traces(action: str) -> int:
    session.rollback()
    return session.query(AuditEntry).filter_by(action=action).count()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize("what", ["phone", "name", "id_number"])
def test_a_reveal_that_is_not_kept_reveals_nothing(served, client_of, cast, what, headers):
    client, url = client_of(cast.worker), f"/residents/{cast.yellow.id}"
    value = getattr(cast.yellow, what)
    with failing_commit():
        answer = client.post(
            f"{url}/reveal", data={"what": what, "reason": "identify"}, headers=dict(headers)
        )
    assert answer.status_code == 500 and value not in answer.text
    page = client.get(url)
    assert page.status_code == 200 and value not in page.text
    assert traces("revealed") == 0


def test_asked_again_it_is_opened_and_noted_once(served, client_of, cast):
    client, url = client_of(cast.worker), f"/residents/{cast.yellow.id}"
    asked = {"what": "id_number", "reason": "identify"}
    with failing_commit():
        client.post(f"{url}/reveal", data=asked)
    client.post(f"{url}/reveal", data=asked)
    assert cast.yellow.id_number in client.get(url).text
    assert traces("revealed") == 1


@pytest.mark.parametrize("url", [LIST, "/ledgers/yellow/export"])
def test_an_export_that_is_not_kept_hands_out_nothing(served, client_of, lived, url):
    client = client_of(lived.director)
    person = session.query(Resident).filter_by(name="孙七").one()
    secrets = [person.name.encode(), person.id_number.encode(), person.phone.encode()]
    with failing_commit():
        answer = client.post(url, data={"reason": "报街道解码"})
    assert answer.status_code == 500 and answer.mimetype == "text/html"
    assert not answer.data.startswith(b"PK")
    assert not [secret for secret in secrets if secret in answer.data]
    assert traces("exported") == 0


def test_an_officials_look_at_a_name_that_is_not_kept_shows_none(served, client_of, cast):
    client = client_of(cast.official)
    url = f"/areas/cases/{cast.yellow_case.id}/name"
    with failing_commit():
        answer = client.post(url, data={"reason": "complaint", "words": "12345工单"})
    assert answer.status_code == 500 and "王建国" not in answer.text
    assert traces("name_opened") == 0


def test_the_fault_is_logged_and_the_page_shows_none_of_it(served, client_of, cast, caplog):
    caplog.set_level(logging.ERROR)
    client = client_of(cast.worker)
    with failing_commit():
        answer = client.post("/account", data={"language": "zh", "type_size": "large"})
    assert answer.status_code == 500 and "no space left" not in answer.text
    assert "no space left" in caplog.text
    assert session.query(User).filter_by(login="lina").one()
