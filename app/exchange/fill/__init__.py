"""Any form out: somebody else's blank Excel form, filled from what is known.

1. The form is opened whole (opening), its header found by its names (header,
headings), its free rows between examples and sums (region). 2. Each column is
matched to something known (known) and its way of writing learned from the form
itself (formats); a person may correct that (layout). 3. The rows of a ledger are
told (facts) and written (writing, room, formulas): the form keeps its look, its
lists and its sums. What is not known stays empty and is counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from app.domain.places import Area
from app.exchange.fill.facts import Facts, facts_of
from app.exchange.fill.formats import shown
from app.exchange.fill.layout import Column, Layout, recognise
from app.exchange.fill.opening import open_form
from app.exchange.fill.writing import write_rows
from app.lib.refusal import Refused
from app.lib.words import N_, say
from app.reports.ledger import LedgerPage, Wanted, whole_ledger

# People whose whole names and numbers one person may take along without a second one (trust G9).
MOST_IN_FULL = 50
TOO_MANY = N_(
    "完整信息一次最多 %(most)s 人，这里有 %(n)s 人。请缩小范围；"
    "更多的要第二个人批准，现在还不能办。可以先下载遮盖的表。"
)


@dataclass(frozen=True, slots=True)
class Missing:
    """A column with the rows (from 0) of which nothing is known for it."""

    column: Column
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The rows for a form: what is known of each, and what is missing."""

    layout: Layout
    found: LedgerPage
    facts: Sequence[Facts]

    @property
    def missing(self) -> list[Missing]:
        lacking = ((column, self._without(column.field)) for column in self.layout.filled)
        return [Missing(column, rows) for column, rows in lacking if rows]

    def _without(self, field: str) -> tuple[int, ...]:
        facts = enumerate(self.facts)
        return tuple(row for row, told in facts if told.get(field) in (None, ""))


def look_over(name: str, content: bytes, ledger: str) -> Layout:
    """What is recognised of a blank form; Refused for what cannot be one."""
    return recognise(open_form(name, content), ledger)


def tell(layout: Layout, wanted: Wanted, grids: Iterable[Area], *, full: bool = False) -> Told:
    """The rows that a form is to get; Refused where `full` would be too many people's."""
    found = whole_ledger(wanted)
    if full and found.total > MOST_IN_FULL:
        raise Refused(say(TOO_MANY, most=MOST_IN_FULL, n=found.total))
    return Told(layout, found, facts_of(found, grids, full=full))


def fill(name: str, content: bytes, told: Told) -> bytes:
    """The filled form's bytes."""
    book = open_form(name, content)
    write_rows(book, told.layout, told.facts)
    filled = BytesIO()
    book.save(filled)
    return filled.getvalue()


def samples(told: Told, most: int = 2) -> dict[int, list[str]]:
    """What the first rows say in each filled column, as it will be written."""
    return {
        column.place: [
            shown(column.kind, column.format, row.get(column.field)) for row in told.facts[:most]
        ]
        for column in told.layout.filled
    }
