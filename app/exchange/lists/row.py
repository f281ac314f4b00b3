"""A row of a list in hand: plain while it is decided, written with the others of its slice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.domain.pushed import ListRow
from app.domain.residents import Resident
from app.lib.db import session
from app.lib.ids import new_id
from app.lib.many import insert_all, update_all


@dataclass(slots=True, eq=False)
class Row:
    """What a `ListRow` keeps, by the same names."""

    list: Any
    sheet: str = ""
    number: int = 0
    understood: dict[str, Any] = field(default_factory=dict)
    household_id: int | None = None
    grid_id: int | None = None
    state: str = ""
    reason: dict[str, Any] | None = None
    resident: Resident | None = None
    case_id: int | None = None
    check_id: int | None = None
    record_id: UUID | None = None
    cells: Sequence[str] = ()
    id: int | None = None
    uid: UUID = field(default_factory=new_id)

    @classmethod
    def of(cls, kept: ListRow) -> "Row":
        """A row that waited, to be decided by a person."""
        names = ("list", "understood", "household_id", "grid_id", "state", "reason", "resident")
        names += ("case_id", "check_id", "record_id", "id", "uid")
        return cls(**{name: getattr(kept, name) for name in names})


def keep(rows: Iterable[Row], list_id: int) -> None:
    """Write rows that have just come in."""
    insert_all(ListRow, [_as_it_came(row) | {"list_id": list_id} for row in rows])


def next_of(list_: Any, most: int) -> list[Row]:
    """The next rows without a state, kept from others until they are written."""
    columns = (ListRow.id, ListRow.uid, ListRow.household_id, ListRow.grid_id)
    rows = select(*columns, ListRow.understood_sealed)
    rows = rows.where(ListRow.list_id == list_.id, ListRow.state == "").order_by(ListRow.id)
    found = session.execute(rows.limit(most).with_for_update(of=ListRow, skip_locked=True))
    return [
        Row(list_, id=id, uid=uid, household_id=home, grid_id=grid,
            understood=ListRow.understood.open(told, uid))
        for id, uid, home, grid, told in found
    ]  # fmt: skip


def write(rows: Iterable[Row]) -> None:
    """Write what was decided of rows."""
    update_all(ListRow, [{"id": row.id} | _decided(row) for row in rows])


def _as_it_came(row: Row) -> Mapping[str, Any]:
    return {
        "uid": row.uid,
        "sheet": row.sheet,
        "number": row.number,
        "state": row.state,
        "reason": row.reason,
        "household_id": row.household_id,
        "grid_id": row.grid_id,
        "cells_sealed": ListRow.cells.seal(row.cells, row.uid),
        "understood_sealed": ListRow.understood.seal(row.understood, row.uid),
    }


def _decided(row: Row) -> Mapping[str, Any]:
    return {
        "state": row.state,
        "reason": row.reason,
        "resident_id": row.resident.id if row.resident else None,
        "household_id": row.household_id,
        "grid_id": row.grid_id,
        "case_id": row.case_id,
        "check_id": row.check_id,
        "record_id": row.record_id,
        "understood_sealed": ListRow.understood.seal(row.understood, row.uid),
    }
