"""Changes that are thought out while others may write, and written afterwards in no time.

Who writes to SQLite keeps everybody else from it (app/lib/db.py). So who must look at much
before it knows what to write looks in a transaction that only reads, takes down what it would
change, and writes that in a transaction of its own, as far as it still holds.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy import inspect

from app.lib.many import columns_of, insert_all, update_all

Result = TypeVar("Result")


class Run(Protocol):
    """Runs one step in a transaction of its own; None where it failed, which is logged."""

    def __call__(self, step: Callable[[], Result], *, reading: bool = False) -> Result | None: ...


@dataclass(frozen=True, slots=True)
class Change:
    """The columns of a row that change; all of them where the row is new (it has no `id`)."""

    model: type
    columns: dict[str, Any]

    @property
    def is_new(self) -> bool:
        return "id" not in self.columns


def change_of(row: Any, **more: Any) -> Change | None:
    """What was changed in a row since it was read; `more`: columns that only a flush would fill."""
    known = inspect(row)
    if not known.has_identity:
        return Change(type(row), columns_of(row) | more)
    names = known.mapper.column_attrs.keys()
    changed = {name: known.dict[name] for name in names if name in known.committed_state}
    return Change(type(row), {"id": row.id} | changed) if changed else None


def write(changes: Iterable[Change | None]) -> None:
    """Write them, those of the same columns together."""
    alike: dict[tuple, list[dict[str, Any]]] = defaultdict(list)
    for one in changes:
        if one:
            alike[one.model, one.is_new, tuple(one.columns)].append(one.columns)
    for (model, is_new, _names), rows in alike.items():
        (insert_all if is_new else update_all)(model, rows)
