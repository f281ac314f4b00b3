"""The rows of one accepted record, written by the bare driver into the same tables and indexes."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pysqlite3.dbapi2 as sqlite
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from app.domain.cases import Case
from app.domain.events import Event
from app.domain.receipts import Receipt
from app.domain.records import Record
from app.domain.tasks import Task

NOW = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
DAY = NOW[:10]
SEALED = "a1.01234567." + "A" * 140


class BareTables:
    """A file with the tables of the domain and nothing between us and it."""

    def __init__(self, path: Path):
        self.file = sqlite.connect(path, isolation_level=None)
        self.file.execute("PRAGMA journal_mode=WAL")
        self.file.execute("PRAGMA synchronous=FULL")
        for model in (Record, Event, Receipt, Task, Case):
            self._create(model.__table__)
        self.inserted = {model: _insert(model) for model in (Record, Event, Receipt, Task)}

    def insert_record(self) -> None:
        """One row in one transaction."""
        self.file.execute("BEGIN IMMEDIATE")
        self._add(Record, _record())
        self.file.execute("COMMIT")

    def insert_all(self) -> None:
        """Record, event, receipt, the task done, the next one, the case: one transaction."""
        record = _record()
        self.file.execute("BEGIN IMMEDIATE")
        self._add(Record, record)
        self._add(Event, _event(record["id"]))
        self._add(Receipt, _receipt(record["id"]))
        self.file.execute(
            "UPDATE tasks SET state='done', record_id=? WHERE id=?", (record["id"], 1)
        )
        self._add(Task, _task(record["id"]))
        self.file.execute("UPDATE cases SET planned_at=? WHERE id=1", (NOW,))
        self.file.execute("COMMIT")

    def _add(self, model: type, row: dict) -> None:
        columns = model.__table__.columns.keys()
        self.file.execute(self.inserted[model], [row.get(name) for name in columns])

    def _create(self, table) -> None:
        self.file.execute(str(CreateTable(table).compile(dialect=dialect())))
        for index in table.indexes:
            self.file.execute(str(CreateIndex(index).compile(dialect=dialect())))


def _insert(model: type) -> str:
    columns = model.__table__.columns.keys()
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {model.__tablename__} ({', '.join(columns)}) VALUES ({marks})"


def _event(record_id: str) -> dict:
    return {"kind": "recorded", "at": NOW, "record_id": record_id, "data": "{}", "untold": 1}


def _record() -> dict:
    return {
        "id": uuid4().hex,
        "kind": "visit",
        "outcome": "well",
        "at": NOW,
        "received_at": NOW,
        "day": DAY,
        "by_id": 1,
        "community_id": 4,
        "grid_id": 6,
        "resident_id": 17,
        "household_id": 9,
        "case_id": 3,
        "via": "phone",
        "fields_sealed": SEALED,
    }


def _receipt(record_id: str) -> dict:
    return {
        "entry_id": record_id,
        "uid": uuid4().hex,
        "user_id": 1,
        "community_id": 4,
        "kind": "visit",
        "state": "kept",
        "fingerprint": "f" * 64,
        "received_at": NOW,
        "recorded_at": NOW,
        "record_id": record_id,
    }


def _task(record_id: str) -> dict:
    return {
        "uid": record_id,
        "kind": "visit",
        "step": f"visit:{record_id}",
        "state": "open",
        "rule": "visit/key/ordinary",
        "community_id": 4,
        "grid_id": 6,
        "case_id": 3,
        "opens_at": NOW,
        "due_at": NOW,
        "due_day": DAY,
        "attempts": 0,
        "carried_why": "",
    }
