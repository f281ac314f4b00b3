"""The database cannot take it, full or not there: nothing is kept, and it is said."""

from contextlib import contextmanager

import pytest
from bs4 import BeautifulSoup
from psycopg.errors import AdminShutdown, DiskFull
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from app.domain.feedback import Feedback
from app.domain.receipts import Receipt
from app.domain.records import Record
from app.lib.db import db, session
from tests.web.worker.test_sync import message, written


@contextmanager
def full_disk():
    """SQLite may not grow by another page, in every connection."""
    pages = session.execute(text("PRAGMA page_count")).scalar()
    session.rollback()

    def no_more(connection, _record, _proxy) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(db.engine, "checkout", no_more)
    try:
        yield
    finally:
        event.remove(db.engine, "checkout", no_more)
        session.remove()
        db.engine.dispose()


@contextmanager
def failing(error: Exception, statement: str):
    """Every statement that begins so fails, in whatever transaction."""

    def fail(_connection, _cursor, told, *_rest) -> None:
        if told.startswith(statement):
            raise OperationalError(told, {}, error)

    event.listen(db.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", fail)


def large(cast, n: int) -> list[dict]:
    note = {"outcome": "needs", "needs": ["food"], "note": "长" * 1900}
    return [written(cast, fields=note) for _entry in range(n)]


def kept() -> tuple[int, int]:
    session.rollback()
    return session.query(Record).filter_by(kind="visit").count(), session.query(Receipt).count()


def test_a_full_disk_keeps_nothing_of_the_batch_and_says_so(client_of, cast):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("of SQLite; PostgreSQL's is tested by its error")
    client, batch = client_of(cast.worker), message(*large(cast, 60))
    with full_disk():
        answer = client.post("/sync", json=batch)
    assert answer.status_code == 507
    assert answer.json == {"why": "服务器暂时存不下，内容已存在手机上，会自动再传。"}
    assert kept() == (0, 0)
    again = client.post("/sync", json=batch)
    assert {receipt["state"] for receipt in again.json["receipts"]} == {"kept"}
    assert kept() == (60, 60)


@pytest.mark.parametrize("statement", ["SAVEPOINT", "INSERT INTO records", "INSERT INTO receipts"])
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (DiskFull("could not extend file: No space left on device"), 507),
        (Exception("database or disk is full"), 507),
        (Exception("database is locked"), 503),
        (AdminShutdown("terminating connection"), 503),
    ],
)
def test_whatever_breaks_where_nothing_is_kept(client_of, cast, statement, error, status):
    client = client_of(cast.worker)
    with failing(error, statement):
        answer = client.post("/sync", json=message(*large(cast, 3)))
    assert answer.status_code == status and "内容已存在手机上" in answer.json["why"]
    assert kept() == (0, 0)


def test_without_a_database_a_page_says_so(client_of, cast):
    client, batch = client_of(cast.worker), message(written(cast))
    with failing(Exception("server closed the connection"), "SELECT"):
        answers = client.get("/today"), client.post("/sync", json=batch)
    assert [answer.status_code for answer in answers] == [503, 503]
    assert "数据库没有回应" in answers[0].text


def test_a_form_that_was_posted_comes_back_with_all_that_was_typed(client_of, cast):
    client, words = client_of(cast.worker), "表太多<b>，能不能少填一次？"
    with failing(Exception("database or disk is full"), "INSERT"):
        answer = client.post("/feedback", data={"words": words, "password": "secret"})
    page = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 507 and "存不下" in page.h1.text
    assert page.find("input", {"name": "words"})["value"] == words
    assert "secret" not in answer.text
    typed = {field["name"]: field["value"] for field in page.select("form input")}
    assert client.post(answer.request.path, data=typed).status_code == 303
    assert session.query(Feedback).one().words == words


def test_what_is_committed_at_the_end_fails_as_well(client_of, cast):
    """A view that writes is committed after it: the answer is not sent before."""
    client = client_of(cast.director)
    with failing(Exception("database or disk is full"), "INSERT"):
        answer = client.post("/situation", data={"kind": "heat"})
    assert answer.status_code == 507


def test_a_page_that_is_only_looked_at_is_shown_with_a_full_disk(client_of, cast):
    """That she is here cannot be noted: no reason to hide her list from her."""
    client = client_of(cast.worker)
    session.execute(text("UPDATE sessions SET seen_at = '2022-10-06 00:00:00'"))
    session.commit()
    with failing(Exception("database or disk is full"), "UPDATE"):
        assert client.get("/today").status_code == 200
