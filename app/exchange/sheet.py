"""A table as it was handed in: sheets of rows, whatever kind of file they came in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.lib.refusal import Refused
from app.lib.words import Say, say

# A community has about 7,000 people; the largest of Taiyuan about three times as many.
MOST_ROWS = 30_000
MOST_COLUMNS = 512
# What looks like nothing in a cell: spaces of any width, and what cannot be seen at all.
UNSEEN = " \t\r\n\u00a0\u3000\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` is how the spreadsheet counts it, from 1."""

    number: int
    cells: tuple[Any, ...]

    def cell(self, column: int) -> Any:
        """What stands in a column, counted from 0; None to the right of the last one."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, without its empty rows. `title` is empty for a file that has no sheets.

    `groups` are the cells merged sideways, as (row, first column, last column);
    `remarks` what somebody should know of how it was read; `part` is the place of a
    table among several that stand side by side, from 1.
    """

    title: str
    rows: tuple[Row, ...]
    groups: tuple[tuple[int, int, int], ...] = ()
    remarks: tuple[Say, ...] = ()
    part: int = 0


def filled(numbered: Iterable[tuple[int, tuple[Any, ...]]]) -> Iterator[Row]:
    """The rows that have something in them; Refused where there are too many or too wide ones."""
    count = 0
    for number, cells in numbered:
        cells = _to_the_last(cells)
        if not cells:
            continue
        count += 1
        if count > MOST_ROWS:
            raise unusable(say("这个表超过 %(most)s 行，请分成几个文件。", most=MOST_ROWS))
        if len(cells) > MOST_COLUMNS:
            raise unusable(say("这个表超过 %(most)s 列，请删去不用的列。", most=MOST_COLUMNS))
        yield Row(number, cells)


def is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip(UNSEEN))


def unusable(why: Say) -> Refused:
    """The refusal of a whole file."""
    return Refused(why, {"file": [why]})


def _to_the_last(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    """Without the empty cells at the right."""
    end = len(cells)
    while end and is_blank(cells[end - 1]):
        end -= 1
    return cells[:end]
