"""The rows that a form is to get: what is known of each, what is missing, what is new."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.places import Area
from app.exchange.canary import in_order
from app.exchange.fill.facts import Facts, facts_of, name_in, numbered, person_of
from app.exchange.fill.formats import shown
from app.exchange.fill.layout import Column, Layout
from app.exchange.marking import Mark
from app.lib.crypto import keyring
from app.reports.ledger import Wanted, whole_ledger

# What differs from day to day and from list to list and says nothing of the row.
NOT_OF_THE_ROW = ("seq", "today")


@dataclass(frozen=True, slots=True)
class Missing:
    """A column with the rows (from 0) of which nothing is known for it."""

    column: Column
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """`total` rows of the ledger fit; `rows` with their `facts` are those that are told."""

    layout: Layout
    rows: Sequence[Any]
    facts: Sequence[Facts]
    total: int

    @property
    def missing(self) -> list[Missing]:
        lacking = ((column, self._without(column.field)) for column in self.layout.filled)
        return [Missing(column, rows) for column, rows in lacking if rows]

    @property
    def prints(self) -> list[str]:
        """A fingerprint of each row as this form tells it; nothing can be read from one."""
        return [self._print(row, facts) for row, facts in zip(self.rows, self.facts, strict=True)]

    def without(self, known: Collection[str]) -> "Told":
        """Only the rows that are new or say something else than those of these fingerprints."""
        told = zip(self.rows, self.facts, self.prints, strict=True)
        return self._of([(row, facts) for row, facts, mark in told if mark not in set(known)])

    def leaving(self, mark: Mark, *, full: bool) -> "Told":
        """Whole, the same rows in the order of this one file (app/exchange/canary.py)."""
        told = list(zip(self.rows, self.facts, strict=True))
        return self._of(in_order(told, lambda one: name_in(one[1]), mark.number)) if full else self

    def samples(self, most: int = 2) -> dict[int, list[str]]:
        """What the first rows say in each filled column, as it will be written."""
        return {
            column.place: [
                shown(column.kind, column.format, facts.get(column.field))
                for facts in self.facts[:most]
            ]
            for column in self.layout.filled
        }

    @property
    def people(self) -> int:
        """How many different people the rows are about."""
        return len({person.id for person in map(person_of, self.rows) if person})

    def person(self, row: int) -> Any:
        """Whom a row is about; None for an incident of nobody's."""
        return person_of(self.rows[row])

    def _of(self, told: Sequence[tuple[Any, Facts]]) -> "Told":
        facts = numbered(facts for _row, facts in told)
        return replace(self, rows=[row for row, _facts in told], facts=facts)

    def _without(self, field: str) -> tuple[int, ...]:
        facts = enumerate(self.facts)
        return tuple(row for row, told in facts if told.get(field) in (None, ""))

    def _print(self, row: Any, facts: Facts) -> str:
        fields = {column.field for column in self.layout.filled} - set(NOT_OF_THE_ROW)
        said = [str(row.uid if hasattr(row, "uid") else row.id)]
        said += [f"{field}={facts.get(field)}" for field in sorted(fields)]
        return keyring().index(json.dumps(said, ensure_ascii=False), "blank_forms.row")


def tell(layout: Layout, wanted: Wanted, grids: Iterable[Area], *, full: bool = False) -> Told:
    """The rows that a form is to get, whole names and numbers only if `full`."""
    found = whole_ledger(wanted)
    return Told(layout, found.rows, facts_of(found, grids, full=full), found.total)
