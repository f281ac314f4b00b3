"""A card of one person: labels with a blank beside or below them, instead of a header over rows."""

import re
from collections.abc import Iterator, Mapping

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.columns import OTHERS, fold
from app.exchange.fill.board import Board, Label, rows_of
from app.exchange.fill.choices import choices_at
from app.exchange.fill.column import Column
from app.exchange.fill.formats import learn
from app.exchange.fill.headings import field_of
from app.exchange.fill.known import KNOWN, Known
from app.exchange.fill.layout import Layout

# So many sheets are leafed through by hand; a large card fits less often into the memory.
MOST_CARDS, MOST_CELLS = 200, 100_000
SOMEBODY = {"name", "phone", "id_number"}
_MEMBERS = re.compile(r"成员|共同|同住|同行")


def card_of(sheet: Worksheet, offered: Mapping[str, Known]) -> Layout:
    """What a card asks for, cell by cell; its columns are the cells to be filled."""
    most = min(MOST_CARDS, MOST_CELLS // max(len(sheet._cells), 1)) or 1
    columns = tuple(_columns(sheet, offered))
    return Layout(sheet.title, 0, 0, 1, None, None, False, columns, card=most)


def _columns(sheet: Worksheet, offered: Mapping[str, Known]) -> Iterator[Column]:
    taken: set[str] = set()
    place = 0
    for row in rows_of(Board(sheet)):
        fields = [_field(label, offered) for label in row]
        if taken & set(fields) & SOMEBODY:
            continue  # somebody else's: the members of a family in lines of their own
        for label, field in zip(row, fields, strict=True):
            place += 1
            own = "" if field in taken else field
            taken.add(own)
            yield _column(sheet, place, label, own)


def _field(label: Label, offered: Mapping[str, Known]) -> str:
    *groups, _own = label.names
    if any(OTHERS.search(fold(one)) or _MEMBERS.search(one) for one in groups):
        return ""
    return field_of(label.names, offered) or ""


def _column(sheet: Worksheet, place: int, label: Label, field: str) -> Column:
    row, column = label.blank
    at = f"{get_column_letter(column)}{row}"
    offered = choices_at(sheet, row).get(column, ())
    if not field:
        return Column(place, label.names, offered=offered, at=at)
    cell = sheet._cells.get(label.blank)
    hints = [*label.names[::-1], *offered]
    shown = cell.number_format if cell is not None else "General"
    key = learn(KNOWN[field].kind, example=None, hints=hints, number_format=shown)
    return Column(place, label.names, field, key, offered=offered, at=at)
