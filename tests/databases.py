"""The database of a test run: filled once, and as it was again before every test."""

import re
import shutil
from pathlib import Path

import psycopg
from sqlalchemy import Connection, Engine, event, make_url

from app.lib.db import db


class Sqlite:
    """A file, and copies of it to begin each test with."""

    def __init__(self, path: Path):
        self.path, self.url = path, f"sqlite:///{path}"

    def create(self) -> None:
        self.path.unlink(missing_ok=True)

    def keep(self, name: str = "cast") -> None:
        db.engine.dispose()
        shutil.copy(self.path, self.path.with_suffix(f".{name}"))

    def restore(self, name: str = "cast") -> bool:
        """Begin again with what was kept; False where nothing was."""
        db.engine.dispose()
        kept = self.path.with_suffix(f".{name}")
        if kept.exists():
            for tail in ("-wal", "-shm"):
                Path(f"{self.path}{tail}").unlink(missing_ok=True)
            shutil.copy(kept, self.path)
        return kept.exists()


# What writes rows names its table; what else the engine says by itself changes none.
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
HARMLESS = re.compile(r"\s*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|SET|SHOW)\b", re.IGNORECASE)
SEQUENCES = """
select format('SELECT setval(%L, %s, %L)', sequencename, coalesce(last_value, 1),
              last_value is not null)
from pg_sequences where schemaname = 'public'
"""


class Postgres:
    """Tables, and copies of them beside, from which those are filled anew that were written to.

    Ten times as quick as a new database for each test. What was written to is heard from
    the engine; after a statement that is not understood all tables are made anew.
    """

    def __init__(self, server: str, name: str):
        self.name, self.server = name, make_url(server)
        self.url = self.server.set(database=name).render_as_string(hide_password=False)
        self.written: set[str] = set()
        self.tables_changed = True
        self.counters: dict[str, list[str]] = {}
        self.differs: dict[str, set[str]] = {
            "cast": set()
        }  # what to fill anew to come from the cast
        self.now = "cast"
        event.listen(Engine, "before_cursor_execute", self._listen)

    def create(self) -> None:
        with self._connect(self.server.database) as server:
            server.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {self.name}")
        self.beside = self._connect(self.name)
        self.beside.execute("SET session_replication_role = replica")  # in any order of tables

    def keep(self, name: str = "cast") -> None:
        copies = (f"CREATE TABLE kept_{name}.{t} AS TABLE {t}" for t in db.metadata.tables)
        self._run(f"CREATE SCHEMA kept_{name}", *copies)
        self.counters[name] = [row[0] for row in self.beside.execute(SEQUENCES)]
        self.differs.setdefault(name, self.written | self.differs[self.now])
        self._stand_at(name)

    def restore(self, name: str = "cast") -> bool:
        """Begin again with what was kept; False where nothing was."""
        if name not in self.counters:
            return False
        self._send_away_who_is_left()
        stale = self.written | self.differs[self.now] | self.differs[name]
        if self.tables_changed:
            db.drop_all()
            db.create_all()
            stale = set(db.metadata.tables)
        fill = (f"DELETE FROM {t}; INSERT INTO {t} SELECT * FROM kept_{name}.{t}" for t in stale)
        self._run(*fill, *self.counters[name])
        self._stand_at(name)
        return True

    def _stand_at(self, name: str) -> None:
        self.now, self.tables_changed = name, False
        self.written.clear()

    def _listen(self, connection: Connection, _cursor: object, statement: str, *_more) -> None:
        if connection.engine.url.database != self.name:
            return
        if written := WRITES.match(statement):
            self.written.add(written[1])
        elif not HARMLESS.match(statement):
            self.tables_changed = True

    def _send_away_who_is_left(self) -> None:
        """A thread that outlived its test must not write into the next one."""
        if db.engine.pool.checkedout():
            db.engine.dispose()
            self._run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                f"WHERE datname = '{self.name}' AND pid <> pg_backend_pid()"
            )

    def _connect(self, database: str | None) -> psycopg.Connection:
        url = self.server.set(database=database, drivername="postgresql")
        return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)

    def _run(self, *statements: str) -> None:
        self.beside.execute(";".join(statements))
