"""What stands in the database, as one number: everything, or all that belongs to one community."""

import hashlib
from functools import cache

from sqlalchemy import Connection, Engine, Select, Table, bindparam, event, or_, select

from app.domain.places import Area
from app.lib.db import db, session
from tests.databases import WRITES


def everything() -> dict[str, str]:
    """A hash of every table."""
    session.rollback()
    return {table.name: _hash(_rows(table)) for table in db.metadata.sorted_tables}


def community(place: Area) -> dict[str, str]:
    """A hash of what belongs to a community, table by table."""
    session.rollback()
    under = f"{place.path}%"
    return {table.name: _hash(_rows_of(table), under=under) for table in _owned()}


class Watched:
    """What belongs to a place: looked at again only where something was written meanwhile."""

    def __init__(self, place: Area, tables: tuple[str, ...] = ()):
        self.place, self.tables, self.written = place, tables, False
        self.before = self._now()

    def __enter__(self) -> "Watched":
        event.listen(Engine, "before_cursor_execute", self._listen)
        return self

    def __exit__(self, *_error: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._listen)
        assert self._now() == self.before

    def is_as_it_was(self) -> bool:
        written, self.written = self.written, False
        return not written or self._now() == self.before

    def _now(self) -> dict[str, str]:
        found = community(self.place)
        return {name: found[name] for name in self.tables or found}

    def _listen(self, _connection: Connection, _cursor: object, statement: str, *_more) -> None:
        written = WRITES.match(statement)
        # what is deleted may take along what refers to it
        self.written |= bool(written) and (
            written[1] in map(str, _owned()) or statement.lstrip().upper().startswith("DELETE")
        )


@cache
def _owned() -> list[Table]:
    tables = [table for table in db.metadata.sorted_tables if table.name != "audit_entries"]
    return [table for table in tables if _owners(table)]


def _owners(table: Table) -> list:
    return [table.c[name] for name in ("community_id", "grid_id", "area_id") if name in table.c]


# Made once: a walk asks for them after every step.
@cache
def _rows(table: Table) -> Select:
    return select(table).order_by(*table.primary_key.columns)


@cache
def _rows_of(table: Table) -> Select:
    ids = select(Area.id).where(Area.path.like(bindparam("under")))
    return _rows(table).where(or_(*(owner.in_(ids) for owner in _owners(table))))


def _hash(rows: Select, **of: str) -> str:
    return hashlib.sha256(repr(session.execute(rows, of).all()).encode()).hexdigest()
