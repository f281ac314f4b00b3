"""What was recognised of a blank form: where its header and rows are, what each column wants.

It is kept with the template as JSON, so that what a person corrected holds tomorrow.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.fill.beside import begins_again, is_card, others_beside
from app.exchange.fill.choices import choices_at
from app.exchange.fill.formats import FORMATS, learn
from app.exchange.fill.grid import Line, is_formula, lines_of
from app.exchange.fill.header import Header, find_header
from app.exchange.fill.headings import Heading, field_of
from app.exchange.fill.known import KNOWN, Known, told_by
from app.exchange.fill.region import Region, find_region
from app.exchange.sheet import unusable
from app.lib.words import N_, Say, say

NO_HEADER = N_("没有认出表头：要有一行列名，例如 姓名、身份证号、电话。请看看是不是空白表。")
PICTURE_ONLY = N_("这个表里只有图片，没有能填的格子。请向发表的人要 Excel 原表。")
A_CARD = N_("这是一人一张的登记表，不是一行一个人的表，填不了。请向发表的人要名单式的表。")
ONE_OF_MANY = N_("这个文件里还有别的表（%(where)s），只填这一个；别的请单独存成文件再交。")
BESIDE = N_("%(column)s 列起右边还有一个一样的表，只填了左边这一个；右边请单独存成文件再交。")
# Columns of which a form may well have two that say the same.
OFTEN_TWICE = ("seq",)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 1, its names, what goes into it (or nothing) and how written."""

    place: int
    names: tuple[str, ...]
    field: str = ""
    format: str = ""
    calculated: bool = False

    @property
    def letter(self) -> str:
        return get_column_letter(self.place)

    @property
    def words(self) -> str:
        return " · ".join(self.names)

    @property
    def kind(self) -> str:
        return KNOWN[self.field].kind if self.field else ""

    def asked_for(self, field: str, key: str = "") -> "Column":
        """The same column with something else in it; an unknown format becomes the usual one."""
        formats = FORMATS[KNOWN[field].kind] if field else {}
        fitting = key if key in formats else self.format if self.format in formats else ""
        return replace(self, field=field, format=fitting or next(iter(formats), ""))


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
    # The column where the same table begins once more to the right; it is not filled, either.
    beside: str = ""

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
        remarks += [say(BESIDE, column=self.beside)] if self.beside else []
        return remarks + ([say(ONE_OF_MANY, where=self._where_else())] if self.others else [])

    def _where_else(self) -> str:
        return "、".join(f"{sheet} 第 {row} 行" for sheet, row in self.others[:6])

    def stored(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_stored(cls, told: Mapping[str, Any]) -> "Layout":
        columns = (Column(**(one | {"names": tuple(one["names"])})) for one in told["columns"])
        doubts = tuple(tuple(pair) for pair in told["doubts"])
        others = tuple(tuple(one) for one in told.get("others", ()))
        return cls(**(told | {"columns": tuple(columns), "doubts": doubts, "others": others}))

    def corrected(self, chosen: Mapping[int, tuple[str, str]], *, keeps_example: bool) -> "Layout":
        """With other things in some columns (place → field, format); doubts are then settled."""
        columns = tuple(
            column.asked_for(*chosen[column.place]) if column.place in chosen else column
            for column in self.columns
        )
        return replace(self, columns=columns, doubts=(), keeps_example=keeps_example)

    def up_to(self, place: int) -> "Layout":
        """Without the columns from a place on, where the same table begins once more."""
        columns = tuple(
            one if one.place < place else Column(one.place, one.names, calculated=one.calculated)
            for one in self.columns
        )
        return replace(self, columns=columns, doubts=(), beside=get_column_letter(place))

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


def recognise(book: Workbook, ledger: str) -> Layout:
    """The sheet whose header asks for most; Refused where there is none."""
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    found = [(header, sheet) for sheet in shown if (header := find_header(sheet))]
    if not found:
        raise unusable(say(_no_table(shown)))
    header, sheet = max(found, key=lambda pair: pair[0].fields)
    if is_card(lines_of(sheet), header):
        raise unusable(say(A_CARD))
    others = others_beside((header, sheet), found)
    layout = replace(_layout(sheet, header, told_by(ledger)), others=others)
    again = begins_again(header.headings, told_by(ledger))
    return layout.up_to(again) if again else layout


def _no_table(shown: list[Worksheet]) -> str:
    """Why nothing can be filled."""
    if any(is_card(lines_of(sheet)) for sheet in shown):
        return A_CARD
    bare = not any(lines_of(sheet) for sheet in shown)
    return PICTURE_ONLY if bare and any(sheet._images for sheet in shown) else NO_HEADER


def _layout(sheet: Worksheet, header: Header, offered: Mapping[str, Known]) -> Layout:
    lines = lines_of(sheet)
    asked, doubts = _matched(header.headings, offered)
    seq = next((place for place, field in asked.items() if field == "seq"), None)
    region = find_region(lines, header, seq)
    columns = (_column(sheet, lines, region, one, asked[one.column]) for one in header.headings)
    return Layout(
        sheet.title,
        header.top,
        header.bottom,
        _first(region),
        region.last,
        region.example,
        region.keeps_example,
        tuple(columns),
        tuple(doubts),
    )


def _first(region: Region) -> int:
    """Where our rows begin; an example that is not kept is the first of them."""
    is_last_before = region.example is not None and region.example == region.first - 1
    return region.first - 1 if is_last_before and not region.keeps_example else region.first


def _matched(
    headings: Iterable[Heading], offered: Mapping[str, Known]
) -> tuple[dict[int, str], list[tuple[str, str]]]:
    """What goes into each column; of two that ask for the same the first, and the pair named."""
    asked: dict[int, str] = {}
    taken: dict[str, Heading] = {}
    doubts = []
    for heading in headings:
        field = field_of(heading.names, offered) or ""
        if field in taken and field not in OFTEN_TWICE:
            if heading.names != taken[field].names:  # a merged cell spans several columns
                doubts.append((taken[field].words, heading.words))
            field = ""
        elif field:
            taken[field] = heading
        asked[heading.column] = field
    return asked, doubts


def _column(
    sheet: Worksheet, lines: Mapping[int, Line], region: Region, heading: Heading, field: str
) -> Column:
    place = heading.column
    calculated = is_formula(lines.get(_first(region), {}).get(place))
    if not field:
        return Column(place, heading.names, calculated=calculated)
    example = lines.get(region.example or 0, {}).get(place)
    hints = [*heading.names[::-1], *filter(None, [(region.hints or {}).get(place)])]
    hints += choices_at(sheet, _first(region)).get(place, ())
    cell = sheet._cells.get((_first(region), place))
    key = learn(
        KNOWN[field].kind,
        example=example,
        hints=hints,
        number_format=cell.number_format if cell is not None else "General",
    )
    return Column(place, heading.names, field, key, calculated)
