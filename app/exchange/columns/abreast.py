"""Tables that stand side by side in one sheet: 姓名 | 电话 | 姓名 | 电话, to save paper.

A reader that took only the first of them would lose half of the people without a word,
and give the others' phones to the first. So each is a table of its own.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.exchange.columns.header import WHO, find_header
from app.exchange.columns.names import field_of, fold
from app.exchange.sheet import Row, Sheet, is_blank

NARROWEST = 2  # columns


def parted(sheet: Sheet, kind: str) -> list[Sheet]:
    """The tables of a sheet, from the left; mostly it is one, the sheet itself."""
    header = find_header(sheet, kind)
    if header is None:
        return [sheet]
    wide = _width(header.names, kind)
    if not wide or _stand_in_groups(sheet, header.last_row, wide):
        return [sheet]
    begins = range(0, len(header.names), wide)
    return [
        replace(sheet, rows=_part(sheet, header.last_row, at, wide), groups=(), part=part)
        for part, at in enumerate(begins, 1)
    ]


def _width(names: Sequence[str], kind: str) -> int:
    """After how many columns the names begin anew, all of them; 0 where they do not."""
    folded = [fold(name) for name in names]
    for wide in range(NARROWEST, len(folded) // 2 + 1):
        times = -(-len(folded) // wide)
        padded = folded + [""] * (times * wide - len(folded))
        first = padded[:wide]
        names_somebody = any(field_of(name, kind) in WHO for name in first)
        if names_somebody and padded == first * times and sum(map(bool, first)) >= NARROWEST:
            return wide
    return 0


def _stand_in_groups(sheet: Sheet, last_row: int, wide: int) -> bool:
    """Whether the row above says of each table whose it is: 返回人员 | 陪同人员."""
    above = [row for row in sheet.rows if row.number < last_row][-1:]
    return any(_goes_beyond(row, wide) and not _is_of_each(row, wide) for row in above)


def _goes_beyond(row: Row, wide: int) -> bool:
    return any(not is_blank(cell) for cell in row.cells[wide:])


def _is_of_each(row: Row, wide: int) -> bool:
    """Whether a row says the same of each table, as the upper row of a header does."""
    parts = [row.cells[at : at + wide] for at in range(0, len(row.cells), wide)]
    told = [[fold(cell) for cell in part if not is_blank(cell)] for part in parts]
    return len(told) > 1 and all(one == told[0] for one in told)


def _part(sheet: Sheet, last_row: int, at: int, wide: int) -> tuple[Row, ...]:
    """The rows above the header as they are, and of the others the columns of one table."""
    rows = []
    for row in sheet.rows:
        is_above = row.number < last_row and not _is_of_each(row, wide)
        cells = row.cells if is_above else row.cells[at : at + wide]
        if not all(map(is_blank, cells)):
            rows.append(Row(row.number, cells))
    return tuple(rows)
