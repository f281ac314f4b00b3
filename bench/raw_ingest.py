"""The floor under `POST /sync`: the same work by the bare driver, without a web server.

Full work (guide of the figures, "full work"): keep a record unless it is there, set when its
case is due next, add to the day's counter; one transaction for each message, on the disk.
"""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pysqlite3.dbapi2 as sqlite

CASES, BODY = 600, "a1.01234567." + "A" * 140
NOW = datetime.now(UTC).replace(tzinfo=None)
TABLES = (
    "CREATE TABLE rec (id {uuid} PRIMARY KEY, kind TEXT, at TIMESTAMP, case_id INTEGER, body TEXT)",
    "CREATE INDEX rec_case ON rec (case_id, at)",
    "CREATE TABLE plan (case_id INTEGER PRIMARY KEY, due TIMESTAMP, last {uuid})",
    "CREATE TABLE cnt (day TEXT, grid INTEGER, kind TEXT, n INTEGER, PRIMARY KEY(day, grid, kind))",
)
COUNT = (
    "INSERT INTO cnt VALUES ({mark}, 6, 'visit', {mark}) "
    "ON CONFLICT (day, grid, kind) DO UPDATE SET n = cnt.n + excluded.n"
)


class RawSqlite:
    """The driver, WAL, synchronous=FULL."""

    def __init__(self, folder: Path):
        self.file = sqlite.connect(folder / "raw.db", isolation_level=None)
        self.file.execute("PRAGMA journal_mode=WAL")
        self.file.execute("PRAGMA synchronous=FULL")
        for table in TABLES:
            self.file.execute(table.format(uuid="TEXT"))
        self.file.executemany("INSERT INTO plan VALUES (?, NULL, NULL)", _cases())

    def write(self, how_many: int) -> None:
        """One message."""
        rows = _rows(how_many)
        self.file.execute("BEGIN IMMEDIATE")
        before = self.file.total_changes
        self.file.executemany("INSERT OR IGNORE INTO rec VALUES (?, ?, ?, ?, ?)", rows)
        new = self.file.total_changes - before
        plans = [(NOW, row[0], row[3]) for row in rows]
        self.file.executemany("UPDATE plan SET due = ?, last = ? WHERE case_id = ?", plans)
        self.file.execute(COUNT.format(mark="?"), (str(NOW)[:10], new))
        self.file.execute("COMMIT")

    def counted(self) -> tuple[int, int]:
        """How many records there are, and how many the counter says."""
        return self.file.execute("SELECT count(*), (SELECT sum(n) FROM cnt) FROM rec").fetchone()


class RawPostgres:
    """psycopg, one statement for a message."""

    def __init__(self, url: str):
        self.server = psycopg.connect(url, autocommit=True)
        for table in ("rec", "plan", "cnt"):
            self.server.execute(f"DROP TABLE IF EXISTS {table}")
        for table in TABLES:
            self.server.execute(table.format(uuid="UUID"))
        with self.server.cursor() as cursor:
            cursor.executemany("INSERT INTO plan VALUES (%s, NULL, NULL)", _cases())

    def write(self, how_many: int) -> None:
        """One message."""
        ids, kinds, times, cases, bodies = map(list, zip(*_rows(how_many), strict=True))
        self.server.execute(
            """WITH new AS (
                 INSERT INTO rec SELECT * FROM unnest(
                   %s::uuid[], %s::text[], %s::timestamp[], %s::int[], %s::text[])
                 ON CONFLICT DO NOTHING RETURNING id, case_id, at),
               planned AS (
                 UPDATE plan SET due = new.at, last = new.id FROM new
                 WHERE plan.case_id = new.case_id)
               INSERT INTO cnt SELECT %s, 6, 'visit', count(*) FROM new
               ON CONFLICT (day, grid, kind) DO UPDATE SET n = cnt.n + excluded.n""",
            (ids, kinds, times, cases, bodies, str(NOW)[:10]),
        )

    def counted(self) -> tuple[int, int]:
        return self.server.execute("SELECT count(*), (SELECT sum(n) FROM cnt) FROM rec").fetchone()


def _cases() -> list[tuple[int]]:
    return [(number,) for number in range(CASES)]


def _rows(how_many: int) -> list[tuple]:
    return [(str(uuid4()), "visit", NOW, number % CASES, BODY) for number in range(how_many)]
