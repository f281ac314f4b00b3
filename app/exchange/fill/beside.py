"""What else a form holds beside the table that is filled: other tables, or no table at all.

One table of a file is filled. The others are named, so that nobody thinks they were; a
card of one person (label beside blank, line after line) is no table and is refused.
"""

from collections.abc import Iterable, Mapping

from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.fill.grid import Line, is_formula, lines_of
from app.exchange.fill.header import FEWEST, Header
from app.exchange.fill.headings import field_of

Found = Iterable[tuple[Header, Worksheet]]
# So many lines with labels among the first few below what looks like a header make a card.
LABELLED, LOOKED_AT = 2, 4
SOMEBODY = {"name", "phone", "id_number"}


def others_beside(chosen: tuple[Header, Worksheet], found: Found) -> tuple[tuple[str, int], ...]:
    """(sheet, row) of every other table, on other sheets and elsewhere on the same one."""
    header, sheet = chosen
    elsewhere = [(other.title, one.top) for one, other in found if other is not sheet]
    around = [
        (sheet.title, row)
        for row, line in lines_of(sheet).items()
        if not header.top <= row <= header.bottom and _is_header(line)
    ]
    return tuple(around + elsewhere)


def is_card(lines: Mapping[int, Line], header: Header | None = None) -> bool:
    """Whether labels stand line after line, as on a card of one person."""
    below = header.bottom if header else 0
    last = below + LOOKED_AT if header else max(lines, default=0)
    looked = [line for row, line in lines.items() if below < row <= last]
    return sum(1 for line in looked if _labels(line)) >= (LABELLED if header else LABELLED + 1)


def _is_header(line: Line) -> bool:
    """A line that names several things, and somebody among them: a place and a day are a title."""
    labels = _labels(line)
    return len(labels) >= FEWEST and bool(labels & SOMEBODY)


def _labels(line: Line) -> set[str]:
    """The known things that a line names."""
    said = (str(value) for value in line.values() if not is_formula(value))
    return {field_of((words,)) for words in said} - {None, "seq"}
