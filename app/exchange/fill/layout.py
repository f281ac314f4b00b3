"""What was recognised of a blank form: where its header and rows are, what each column wants.

It is kept with the template as JSON, so that what a person corrected holds tomorrow.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from openpyxl.utils import get_column_letter

from app.exchange.fill.column import Column
from app.lib.words import N_, Say, say

ONE_OF_MANY = N_("这个文件里还有别的表（%(where)s），只填这一个；别的请单独存成文件再交。")
BESIDE = N_("%(column)s 列起右边还有一个一样的表，只填了左边这一个；右边请单独存成文件再交。")
TWICE = N_("%(column)s 列起右边是同样的一栏：左边填满，再填右边。")
BY_GRID = N_("%(n)s 张工作表按网格分开填（%(names)s）。")


@dataclass(frozen=True, slots=True)
class Layout:
    """One form as recognised. `doubts` are pairs of columns (names) that look alike."""

    sheet: str
    top: int
    bottom: int
    first: int
    last: int | None
    example: int | None
    keeps_example: bool
    columns: tuple[Column, ...]
    doubts: tuple[tuple[str, str], ...] = ()
    # Other tables of the file, by sheet and row: they are not filled.
    others: tuple[tuple[str, int], ...] = ()
    # The column where another table begins to the right; it is not filled, either.
    beside: str = ""
    # How many columns further right the same table stands once more; it is filled after this one.
    twin: int = 0
    # The sheets that have this table once for each grid.
    sheets: tuple[str, ...] = ()
    # A sheet for each person: how many fit into one file. None of a list.
    card: int = 0

    @property
    def filled(self) -> list[Column]:
        """The columns that get something."""
        return [column for column in self.columns if column.field and not column.calculated]

    @property
    def unmatched(self) -> list[Column]:
        return [column for column in self.columns if not column.field and not column.calculated]

    def remarks(self) -> list[Say]:
        """What a person should look at before it is filled."""
        words = N_("“%(first)s”和“%(second)s”很像，只填了前一列；要填后一列，请改一下对应。")
        remarks = [say(words, first=first, second=second) for first, second in self.doubts]
        remarks += [say(TWICE if self.twin else BESIDE, column=self.beside)] if self.beside else []
        if self.sheets:
            remarks.append(say(BY_GRID, n=len(self.sheets), names="、".join(self.sheets)))
        return remarks + ([say(ONE_OF_MANY, where=self._where_else())] if self.others else [])

    def _where_else(self) -> str:
        return "、".join(f"{sheet} 第 {row} 行" for sheet, row in self.others[:6])

    def stored(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_stored(cls, told: Mapping[str, Any]) -> "Layout":
        columns = (Column.from_stored(one) for one in told["columns"])
        doubts = tuple(tuple(pair) for pair in told["doubts"])
        others = tuple(tuple(one) for one in told.get("others", ()))
        several = {"doubts": doubts, "others": others, "sheets": tuple(told.get("sheets", ()))}
        return cls(**(told | several | {"columns": tuple(columns)}))

    def corrected(self, chosen: Mapping[int, tuple[str, str]], *, keeps_example: bool) -> "Layout":
        """With other things in some columns (place → field, format); doubts are then settled."""
        columns = tuple(
            column.asked_for(*chosen[column.place]) if column.place in chosen else column
            for column in self.columns
        )
        return replace(self, columns=columns, doubts=(), keeps_example=keeps_example)

    def up_to(self, place: int, twin: int = 0) -> "Layout":
        """Without the columns from a place on; `twin`: the same ones stand there once more."""
        beyond = [Column(one.place, one.names, calculated=one.calculated) for one in self.columns]
        columns = [one for one in self.columns if one.place < place]
        columns += [] if twin else [one for one in beyond if one.place >= place]
        letter = get_column_letter(place)
        return replace(self, columns=tuple(columns), doubts=(), beside=letter, twin=twin)

    def as_before(self, other: "Layout") -> "Layout":
        """With the choices made for another form that has the same columns."""
        if [column.names for column in self.columns] != [column.names for column in other.columns]:
            return self
        chosen = {column.place: (column.field, column.format) for column in other.columns}
        places = {
            old.place: new.place for old, new in zip(other.columns, self.columns, strict=True)
        }
        moved = {places[place]: choice for place, choice in chosen.items()}
        return self.corrected(moved, keeps_example=other.keeps_example)
