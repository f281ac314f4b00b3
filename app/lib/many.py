"""Many new rows of one table in one statement, past the session.

The session writes row by row where a row lacks a column that the next one has. Here every
row names every column, so that thousands go in one statement. What python would fill in
(`uid`, what a model says of a column) is filled in as ever.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, insert, update

from app.lib.db import session


def insert_all(model: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, given as columns; what one of them leaves out must have no default."""
    if rows:
        session.connection().execute(insert(model.__table__), _filled_up(rows))


def insert_new(rows: Sequence[Any]) -> None:
    """Insert rows of a model with a `uid`, and tell each its id; the session does not hold them."""
    if rows:
        table, columns = rows[0].__table__, [columns_of(row) for row in rows]
        for one in columns:
            one.pop("id", None)  # of a try that was rolled back
        wanted = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        made = session.connection().execute(wanted, _filled_up(columns))
        for row, (new_id,) in zip(rows, made, strict=True):
            row.id = new_id


def update_all(model: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Change rows, each given by its `id` and the columns that change, the same of all."""
    if rows:
        table = model.__table__
        changed = {name: bindparam(f"new_{name}") for name in rows[0] if name != "id"}
        wanted = update(table).where(table.c.id == bindparam("new_id")).values(changed)
        named = [{f"new_{name}": value for name, value in row.items()} for row in rows]
        session.connection().execute(wanted, named)


def columns_of(row: Any) -> dict[str, Any]:
    """What is set of a row of a model, by column."""
    known = row.__dict__
    return {name: known[name] for name in _names(row.__table__) if name in known}


@cache
def _names(table: Table) -> tuple[str, ...]:
    return tuple(table.c.keys())


def _filled_up(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each with all the columns that any of them has."""
    nothing = dict.fromkeys(name for row in rows for name in row)
    return [nothing | row for row in rows]
