"""Writers of SQLite, which keeps no queue: each waits for its turn, and gets it soon."""

import threading

import pysqlite3.dbapi2 as driver
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from app.lib import db


@pytest.fixture
def engine(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/turns.db", module=driver)
    db.prepare_sqlite(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE told (word TEXT)"))
    return engine


def test_who_comes_second_writes_when_the_first_is_done(engine):
    said = []

    def second():
        with engine.begin() as connection:
            said.extend(connection.scalars(text("SELECT word FROM told")))

    with engine.begin() as connection:
        waiting = threading.Thread(target=second)
        waiting.start()
        connection.execute(text("INSERT INTO told VALUES ('first')"))
        assert said == []
    waiting.join()
    assert said == ["first"]


def test_who_waits_too_long_is_told_so(engine, monkeypatch):
    monkeypatch.setattr(db, "PATIENCE", 0)
    with engine.begin(), pytest.raises(OperationalError, match="locked"), engine.begin():
        pass


def test_somebody_who_only_reads_waits_for_nobody(engine):
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO told VALUES ('not yet')"))
        db.only_read(True)
        try:
            with engine.begin() as reading:
                assert list(reading.scalars(text("SELECT word FROM told"))) == []
        finally:
            db.only_read(False)
