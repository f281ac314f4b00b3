"""The database handle and the column types that every table shares.

SQLite runs through pysqlite3 (its own SQLite, see docs/adr/0003) in WAL mode
with synchronous=FULL: what was acknowledged survives a power cut. A transaction
that will write takes the write lock at its start (BEGIN IMMEDIATE), because a
read lock that upgrades later fails under load and no time-out helps. SQLite keeps
no queue: who waits for the lock looks again, and SQLite itself looks ever more
rarely, so that whoever saves would starve behind one who writes much.
"""

from contextvars import ContextVar
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import Any
from uuid import UUID

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData, Uuid, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from app.lib.ids import new_id

# WAL in these versions can lose committed rows (fixed 3.51.3; 3.44.6 and 3.50.7 carry the fix).
SAFE_SQLITE = (3, 51, 3)
BACKPORTED = {(3, 44): 6, (3, 50): 7}

# Seconds between two looks whether the write lock is free, and after which nobody waits any more.
LOOK_AGAIN, PATIENCE = 0.005, 10

_reading: ContextVar[bool] = ContextVar("reading", default=False)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored as UTC without a zone and read back aware."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must know its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: UtcDateTime, UUID: Uuid},
    )


class Uid:
    """A row that knows its own UUIDv7 from birth, so that its sealed columns can be bound to it."""

    # Known before the row is written, so that many rows go in one statement.
    uid: Mapped[UUID] = mapped_column(default=new_id, unique=True, insert_sentinel=True)

    def __init__(self, **columns: Any):
        self.uid = columns.pop("uid", None) or new_id()
        super().__init__(**columns)


db = SQLAlchemy(model_class=Base)
session = db.session


def only_read(yes: bool) -> None:
    """Say whether transactions begun from here on only read, and so take no write lock."""
    _reading.set(yes)


def let_others_in(seconds: float) -> None:
    """Wait so long, between two transactions, where whoever writes keeps out everybody else.

    PostgreSQL locks rows and lets everybody else go on, so there nobody has to be let in.
    """
    if seconds > 0 and session.get_bind().dialect.name == "sqlite":
        sleep(seconds)


def refuse_unsafe_sqlite(version: tuple[int, ...]) -> None:
    """Raise RuntimeError for an SQLite whose WAL can drop committed writes."""
    fixed_at = BACKPORTED.get(version[:2])
    if version < SAFE_SQLITE and not (fixed_at and version[2] >= fixed_at):
        raise RuntimeError(f"SQLite {version} may lose committed writes in WAL; need {SAFE_SQLITE}")


def prepare_sqlite(engine: Any) -> None:
    """Make every connection of `engine` durable and its writers queue instead of fail."""
    refuse_unsafe_sqlite(engine.dialect.dbapi.sqlite_version_info)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin by itself
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={PATIENCE * 1000}",
        "cache_size=-32000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    if _reading.get():
        connection.exec_driver_sql("BEGIN")
        return
    driver = connection.connection.dbapi_connection
    driver.execute("PRAGMA busy_timeout=0")
    try:
        _wait_for_turn(connection, driver)
    finally:
        driver.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")


def _wait_for_turn(connection: Any, driver: Any) -> None:
    until, trouble = monotonic() + PATIENCE, connection.dialect.dbapi.OperationalError
    while monotonic() < until:
        try:
            driver.execute("BEGIN IMMEDIATE")
            return
        except trouble as found:
            if "locked" not in str(found):
                break
        sleep(LOOK_AGAIN)
    connection.exec_driver_sql("BEGIN IMMEDIATE")  # says what is the matter
