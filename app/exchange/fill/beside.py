"""What else a form holds beside the table that is filled: other tables, or no table at all.

One table of a file is filled. The others are named, so that nobody thinks they were; the
same table once more to the right goes on with it; a card of one person (label beside
blank, line after line) is no table (card.py).
"""

from collections.abc import Iterable, Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.fill.grid import Line, is_formula, is_unit_line, lines_of
from app.exchange.fill.header import FEWEST, Header
from app.exchange.fill.headings import Heading, field_of
from app.exchange.fill.known import Known

Found = Iterable[tuple[Header, Worksheet]]
# So many lines with labels among the first few below what looks like a header make a card.
LABELLED, LOOKED_AT = 2, 4
SOMEBODY = {"name", "phone", "id_number"}


def others_beside(chosen: tuple[Header, Worksheet], found: Found) -> tuple[tuple[str, int], ...]:
    """(sheet, row) of every other table, on other sheets and elsewhere on the same one."""
    header, sheet = chosen
    elsewhere = [
        (other.title, one.top)
        for one, other in found
        if other is not sheet and _asks_of_somebody(one)
    ]
    around = [
        (sheet.title, row)
        for row, line in lines_of(sheet).items()
        if not header.top <= row <= header.bottom and _is_header(line)
    ]
    return tuple(around + elsewhere)


def begins_again(headings: Sequence[Heading], offered: Mapping[str, Known]) -> int | None:
    """The column from which the same names stand once more: another table to the right.

    A cell that is merged sideways says its name in each of its columns; that is no table.
    """
    first: dict[str, int] = {}
    for before, heading in zip((None, *headings), headings, strict=False):
        field = field_of(heading.names, offered)
        if field is None or (before and before.names == heading.names):
            continue
        if field in first and _goes_on(headings, heading.column, set(first), offered):
            return heading.column
        first.setdefault(field, heading.column)
    return None


def twin_of(headings: Sequence[Heading], again: int) -> int:
    """How far right the very same columns stand once more; 0 where they are others."""
    names = {heading.column: heading.names for heading in headings}
    first = next(column for column, said in names.items() if said == names[again])
    right = [column for column in names if column >= again]
    same = all(names.get(column - again + first) == names[column] for column in right)
    return again - first if same and len(right) * 2 == len(names) else 0


def is_card(lines: Mapping[int, Line], header: Header | None = None) -> bool:
    """Whether labels stand line after line, as on a card of one person."""
    below = header.bottom if header else 0
    last = below + LOOKED_AT if header else max(lines, default=0)
    looked = [line for row, line in lines.items() if below < row <= last]
    return sum(1 for line in looked if _labels(line)) >= (LABELLED if header else LABELLED + 1)


def _is_header(line: Line) -> bool:
    """A line that names several things, and somebody among them: a place and a day are a title."""
    labels = _labels(line)
    return len(labels) >= FEWEST and bool(labels & SOMEBODY) and not is_unit_line(line)


def _asks_of_somebody(header: Header) -> bool:
    """A sheet that only lists what may be chosen is no table."""
    return bool({field_of(heading.names) for heading in header.headings} & SOMEBODY)


def _labels(line: Line) -> set[str]:
    """The known things that a line names."""
    said = (str(value) for value in line.values() if not is_formula(value))
    return {field_of((words,)) for words in said} - {None, "seq"}


def _goes_on(
    headings: Sequence[Heading], column: int, known: set[str], offered: Mapping[str, Known]
) -> bool:
    """Whether from a column on somebody is asked for once more by several names."""
    right = [one for one in headings if one.column >= column]
    again = [field for one in right if (field := field_of(one.names, offered)) in known]
    return len(set(again) - {"seq"}) >= FEWEST and bool(set(again) & SOMEBODY)
