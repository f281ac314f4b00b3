"""What stands in the database, as one number: everything, or all that belongs to one community."""

import hashlib

from sqlalchemy import Table, or_, select

from app.domain.places import Area
from app.lib.db import db, session


def everything() -> dict[str, str]:
    """A hash of every table."""
    session.rollback()
    return {table.name: _hash(select(table)) for table in db.metadata.sorted_tables}


def community(place: Area) -> dict[str, str]:
    """A hash of what belongs to a community, table by table."""
    session.rollback()
    ids = select(Area.id).where(Area.path.startswith(place.path))
    mine = {}
    for table in db.metadata.sorted_tables:
        owners = [table.c[name].in_(ids) for name in _OWNERS if name in table.c]
        if owners and table.name != "audit_entries":
            mine[table.name] = _hash(select(table).where(or_(*owners)))
    return mine


_OWNERS = ("community_id", "grid_id", "area_id")


def _hash(rows) -> str:
    table: Table = rows.get_final_froms()[0]
    found = session.execute(rows.order_by(*table.primary_key.columns)).all()
    return hashlib.sha256(repr(found).encode()).hexdigest()
