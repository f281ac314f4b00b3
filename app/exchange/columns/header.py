"""Finding the header of a sheet: below a title, in one row or several, repeated on each page.

A group of columns (居住地址 above 小区, 楼号, 房号) stands in the row above their
names, in a merged cell or only in the first of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.exchange.columns.looks import shares
from app.exchange.columns.names import OTHERS, field_of, fold, second_field
from app.exchange.columns.resembling import resembling
from app.exchange.sheet import Row, Sheet, is_blank

# The header stands somewhere in the first rows, below a title and perhaps a remark.
SEARCHED = 30
DEEPEST = 3  # rows
FEWEST = 2  # something that says who, and one thing more
SURE = 1.0
# One of these must be there: whom or what a row is about.
WHO = ("name", "id_number", "phone", "mixed", "shop")
# A row of a header holds names, none of them longer.
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet: where it ends, its texts, and the columns of each field.

    `sure` says of each of these columns how sure it is (0 to 1); `repeated` are the
    texts from the header and above it, which each printed page may say again.
    """

    last_row: int
    names: tuple[str, ...]
    columns: dict[str, tuple[int, ...]]
    sure: Mapping[int, float] = field(default_factory=dict)
    repeated: frozenset[str] = frozenset()

    @property
    def unused(self) -> list[str]:
        """The columns that nothing is read from, by name."""
        used = {column for columns in self.columns.values() for column in columns}
        return [name for column, name in enumerate(self.names) if name and column not in used]

    def cells(self, row: Row, field: str) -> list[Any]:
        """What a row says of a field, column by column."""
        return [row.cell(column) for column in self.columns.get(field, ())]

    def field_at(self, column: int) -> str | None:
        return next((name for name, places in self.columns.items() if column in places), None)

    def repeats_in(self, row: Row) -> bool:
        """Whether a row is a header, or its title, again, as on every printed page."""
        told = [cell for cell in row.cells if not is_blank(cell)]
        return bool(told) and all(fold(cell) in self.repeated for cell in told)


def find_header(sheet: Sheet, kind: str = "resident") -> Header | None:
    """The rows that name most fields of the kind; None where none names whom they are about."""
    rows = sheet.rows[:SEARCHED]
    found = [one for begin in range(len(rows)) for one in _headers(sheet, rows, begin, kind)]
    return max(found, key=_fitness, default=None)


def _fitness(header: Header) -> tuple[float, int, int]:
    """More fields, then the more certain; a name that stands twice is worse than once."""
    twice = len(header.columns.get("name", ())) > 1
    sure = sum(max(header.sure[column] for column in places) for places in header.columns.values())
    return (sure - twice, len(header.sure), -header.last_row)


def _headers(sheet: Sheet, rows: Sequence[Row], begin: int, kind: str) -> Iterator[Header]:
    """The headers that may begin in a row, with one, two or three rows."""
    for deep in range(1, DEEPEST + 1):
        part = rows[begin : begin + deep]
        if len(part) < deep or not all(_holds_names(row, kind) for row in part):
            return
        above = rows[:begin]
        header = _header(sheet, part, above, kind)
        if header and (deep == 1 or _belong_together(part, kind)):
            yield header


def _holds_names(row: Row, kind: str) -> bool:
    """Whether a row may be of a header: short texts, no numbers; of tests the days of rounds."""
    told = [cell for cell in row.cells if not is_blank(cell)]
    told = [cell for cell in told if not (kind == "test" and _is_day(cell))]
    numbers = [cell for cell in told if not isinstance(cell, str) or cell.strip().isdigit()]
    return not numbers and all(len(str(cell)) <= LONGEST_NAME for cell in told)


def _is_day(cell: Any) -> bool:
    """11月20日 is a day once a spreadsheet has had it, and 11.23 a number."""
    return isinstance(cell, date) or (isinstance(cell, float) and 1 < cell < 13 and cell % 1 > 0)


def _belong_together(rows: Sequence[Row], kind: str) -> bool:
    """Whether each row below the first adds names to the one above; a title has none below it."""
    for upper, lower in zip(rows, rows[1:], strict=False):
        if not is_blank(upper.cell(0)) and all(map(is_blank, upper.cells[1:])):
            return False
        told = [_words(cell) for cell in lower.cells if not is_blank(cell)]
        known = [cell for cell in told if field_of(cell, kind) or resembling(cell, kind)]
        same = all(
            fold(upper.cell(at)) == fold(cell) for at, cell in enumerate(lower.cells) if cell
        )
        if not told or len(known) * 2 < len(told) or same:
            return False
    return True


def _header(sheet: Sheet, rows: Sequence[Row], above: Sequence[Row], kind: str) -> Header | None:
    width = max(len(row.cells) for row in rows)
    stacks = _stacks(sheet, rows, width)
    columns: dict[str, tuple[int, ...]] = {}
    sure: dict[int, float] = {}
    for column, names in enumerate(stacks):
        if found := meaning(names, kind):
            field, sure[column] = found
            columns[field] = (*columns.get(field, ()), column)
    names = tuple(stack[-1] if stack else "" for stack in stacks)
    if not _is_header(columns, names, sheet, rows[-1]):
        return None
    return Header(rows[-1].number, names, columns, sure, _texts([*above, *rows]))


def _is_header(columns: Mapping[str, Any], names: Sequence[str], sheet: Sheet, last: Row) -> bool:
    """Whether somebody is named and one thing more; or only somebody, with people below."""
    others = {field for field in map(second_field, names) if field}
    known = columns.keys() | others
    if not any(who in known for who in WHO):
        return False
    if len(known) >= FEWEST:
        return True
    below = next((row for row in sheet.rows if row.number > last.number), None)
    looks = shares(below.cells) if below else {}
    several = sum(map(bool, names)) >= FEWEST
    return several and bool(looks.get("id_number") or looks.get("phone"))


def meaning(names: Sequence[str], kind: str) -> tuple[str, float] | None:
    """The field of a column with these names, the groups first, and how sure that is."""
    if not names:
        return None
    *groups, own = names
    if groups and (whole := field_of("".join(names), kind)):
        return whole, SURE
    if any(OTHERS.search(fold(group)) for group in groups):
        return None
    field = field_of(own, kind)
    return (field, SURE) if field else resembling(own, kind)


def _stacks(sheet: Sheet, rows: Sequence[Row], width: int) -> list[tuple[str, ...]]:
    """The names above each column from the top, each once; a group stands in all its columns."""
    texts = [[_words(row.cell(column)) for column in range(width)] for row in rows]
    for upper, row in enumerate(rows[:-1]):
        for number, left, right in sheet.groups:
            if number == row.number:
                texts[upper][left : right + 1] = [texts[upper][left]] * (
                    min(right, width - 1) - left + 1
                )
        if not any(number == row.number for number, _left, _right in sheet.groups):
            _spread(texts[upper], texts[upper + 1])
    stacked = (dict.fromkeys(filter(fold, names)) for names in zip(*texts, strict=True))
    return [tuple(names) for names in stacked]


def _spread(upper: list[str], lower: Sequence[str]) -> None:
    """Without merged cells a group goes on over the empty cells that have a name below them."""
    for column in range(1, len(upper)):
        if not upper[column] and lower[column] and lower[column - 1]:
            upper[column] = upper[column - 1]


def _texts(rows: Sequence[Row]) -> frozenset[str]:
    return frozenset(fold(cell) for row in rows for cell in row.cells if not is_blank(cell))


def _words(cell: Any) -> str:
    if isinstance(cell, date):
        return f"{cell.month}月{cell.day}日"
    return " ".join(str(cell).split()) if not is_blank(cell) else ""
