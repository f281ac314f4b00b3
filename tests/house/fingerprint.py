"""What stands in the database, as one number: everything, or all that belongs to one community."""

import hashlib
from functools import cache

from sqlalchemy import Select, Table, bindparam, or_, select

from app.domain.places import Area
from app.lib.db import db, session


def everything() -> dict[str, str]:
    """A hash of every table."""
    session.rollback()
    return {table.name: _hash(_rows(table)) for table in db.metadata.sorted_tables}


def community(place: Area) -> dict[str, str]:
    """A hash of what belongs to a community, table by table."""
    session.rollback()
    under = f"{place.path}%"
    return {table.name: _hash(_rows_of(table), under=under) for table in _owned()}


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
