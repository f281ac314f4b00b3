"""Reading a page in a test: its text, its forms, and how many queries it cost."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from app.lib import clock
from app.lib.db import db, session
from app.lib.ids import new_id

HTMX = {"HX-Request": "true"}


def soup(response: TestResponse) -> BeautifulSoup:
    assert response.status_code < 400 or response.status_code == 422, response.status
    return BeautifulSoup(response.text, "lxml")


def form_to(page: BeautifulSoup | Tag, url: str) -> dict[str, str]:
    """The hidden and preset fields of the form that posts to `url`."""
    form = page.find("form", action=url)
    assert form is not None, f"no form posts to {url}"
    fields = form.find_all("input", value=True)
    return {field["name"]: field["value"] for field in fields if _counts(field)}


def entry_on(form: Tag) -> dict[str, Any]:
    """The entry that the phone makes of a form with one tap (js/keep.js)."""
    return {
        "id": str(new_id()),
        "kind": form["data-entry"],
        "recorded_at": clock.now().isoformat(),
        "subject": json.loads(form["data-about"]),
        "fields": json.loads(form["data-fields"]),
    }


def _counts(field: Tag) -> bool:
    return field.get("type") not in ("radio", "checkbox") or field.has_attr("checked")


def press(client: FlaskClient, page: str, url: str, **more: str) -> TestResponse:
    """Open `page` and submit its form to `url`, with `more` filled in; the page that follows."""
    fields = form_to(soup(client.get(page)), url)
    return client.post(url, data=fields | more, follow_redirects=True)


@contextmanager
def queries() -> Iterator[list[str]]:
    """Every statement sent while the block runs, with nothing loaded before it."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    session.remove()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
