"""Cells merged downwards: an address written once for a family counts for each of its rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from app.exchange.sheet import Row, is_blank

Merged = tuple[int, int, int, int]  # top, left, bottom, right, counted from 0


def spread_downwards(rows: Iterable[Row], merged: Iterable[Merged]) -> Iterator[Row]:
    """The rows with what stands at the top of a merged column in every row of it."""
    columns: dict[int, list[Merged]] = {}
    for one in merged:
        if one[2] > one[0] and one[1] == one[3]:
            columns.setdefault(one[0] + 1, []).append(one)
    open_below: dict[int, tuple[int, Any]] = {}  # column → last row and value
    for row in rows:
        yield _with_those_above(row, open_below)
        for _top, left, bottom, _right in columns.get(row.number, ()):
            open_below[left] = (bottom + 1, row.cell(left))


def _with_those_above(row: Row, open_below: dict[int, tuple[int, Any]]) -> Row:
    for column in [column for column, (last, _) in open_below.items() if last < row.number]:
        del open_below[column]
    missing = {at: value for at, (_, value) in open_below.items() if is_blank(row.cell(at))}
    if not missing:
        return row
    cells = list(row.cells) + [None] * (max(missing) + 1 - len(row.cells))
    for column, value in missing.items():
        cells[column] = value
    return Row(row.number, tuple(cells))
