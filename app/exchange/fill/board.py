"""Where words and blanks stand on a card, whose cells are merged as it pleases them.

A label is a text with a blank right of it, or else below it. A text right before other
words is their group (紧急联系人 left of 姓名), a wide line of its own begins a part.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.fill.grid import is_formula
from app.exchange.sheet import MOST_COLUMNS, UNSEEN

Place = tuple[int, int]
# Lines to write on, and what a blank day says.
LINE = "_＿年月日" + UNSEEN
LONGEST_LABEL = 24
# A hand signs these.
SIGNED = re.compile(r"签[字名章]|盖章|公章")


@dataclass(frozen=True, slots=True)
class Label:
    """Words in a row, with the groups they stand in before them, and where their answer goes."""

    row: int
    names: tuple[str, ...]
    blank: Place


class Board:
    """The cells of a sheet, a merged one as one cell."""

    def __init__(self, sheet: Worksheet):
        self.ends: dict[Place, Place] = {}
        self.owner: dict[Place, Place] = {}
        for one in sheet.merged_cells.ranges:
            begins = one.min_row, one.min_col
            self.ends[begins] = one.max_row, one.max_col
            self.owner |= dict.fromkeys(one.cells, begins)
        self.cells = {at: cell for at, cell in sheet._cells.items() if at[1] <= MOST_COLUMNS}
        self.wide = max((column for _row, column in self.cells), default=0)

    def texts(self) -> Iterator[tuple[Place, str]]:
        """What stands in each cell, line by line."""
        for at in sorted(self.cells):
            if self.owner.get(at, at) == at and (said := self.text(at)):
                yield at, said

    def text(self, at: Place) -> str:
        """The words that a cell shows, also where it is merged; nothing for a blank."""
        cell = self.cells.get(self.owner.get(at, at))
        value = cell.value if cell is not None else None
        if value is None or is_formula(value):
            return "" if value is None else "="
        return str(value).strip() if str(value).strip(LINE) else ""

    def is_blank(self, at: Place) -> bool:
        """Whether a cell that is drawn waits to be filled; a merged one begins here."""
        return self.owner.get(at, at) == at and at in self.cells and not self.text(at)

    def right_of(self, at: Place) -> Place:
        return at[0], self.ends.get(at, at)[1] + 1

    def below(self, at: Place) -> Place:
        return self.ends.get(at, at)[0] + 1, at[1]

    def answer_to(self, at: Place, *, down: bool = False) -> Place | None:
        """Where the answer to a label goes; `down`: that of the label left of it goes below."""
        right, below = self.right_of(at), self.below(at)
        if down and self.is_blank(below):
            return below
        if self.is_blank(right):
            return right
        if not self.text(right) and below in self.cells:
            is_undrawn = right not in self.cells and self.text(below)
            return below if self.is_blank(below) else right if is_undrawn else None
        if self.is_blank(below):
            return below
        return right if right not in self.cells and not self.text(right) else None


def rows_of(board: Board) -> list[list[Label]]:
    """The labels, line by line."""
    rows: dict[int, list[Label]] = {}
    part: tuple[str, ...] = ()
    for at, said in board.texts():
        if len(said) > LONGEST_LABEL or SIGNED.search(said):
            continue
        if _begins_part(board, at):
            part = (said,) if rows else ()
            continue
        row = rows.get(at[0], [])
        blank = board.answer_to(at, down=bool(row) and row[-1].blank[0] > at[0])
        if blank and not _is_group(board, at):
            names = (*part, *_group_of(board, at), said)
            rows[at[0]] = [*row, Label(at[0], names, blank)]
    return list(rows.values())


def _begins_part(board: Board, at: Place) -> bool:
    return at[1] == 1 and board.ends.get(at, at)[1] >= max(board.wide, 2)


def _is_group(board: Board, at: Place) -> bool:
    """Words that reach down beside other words."""
    return bool(board.text(board.right_of(at))) and board.ends.get(at, at)[0] > at[0]


def _group_of(board: Board, at: Place) -> tuple[str, ...]:
    """What stands left of a label without a blank of its own: 紧急联系人 | 姓名 | ___."""
    row, column = at
    for left in range(column - 1, 0, -1):
        own = board.owner.get((row, left), (row, left))
        said = board.text(own)
        is_group = said and board.text(board.right_of(own)) and own[1] == 1
        if is_group and (board.ends.get(own, own)[0] > own[0] or board.answer_to(own) is None):
            return (said,)
    return ()
