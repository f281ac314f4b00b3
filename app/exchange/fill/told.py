"""The rows that a form is to get: what is known of each, what is missing, what is new."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.places import Area
from app.exchange.canary import in_order
from app.exchange.fill.by_grid import SHEET, with_sheets
from app.exchange.fill.column import Column
from app.exchange.fill.facts import Facts, facts_of, name_in, numbered, person_of
from app.exchange.fill.formats import written
from app.exchange.fill.layout import Layout
from app.exchange.marking import Mark
from app.lib.crypto import keyring
from app.lib.refusal import Refused
from app.lib.words import N_, Say, say
from app.reports.ledger import Wanted, whole_ledger

NO_WORD = N_("“%(column)s”的下拉选项里没有“%(words)s”：这些格子留空，请在表里选。")
NO_SHEET = N_("%(n)s 条没有对应的工作表，没有填进去：%(grids)s。")
A_SHEET_EACH = N_("一人一张的表：%(n)s 人每人一张工作表，在同一个文件里；一次最多 %(most)s 人。")
TOO_MANY = N_(
    "一人一张的表一次最多填 %(most)s 人，现在是 %(n)s 人。请在台账里按网格或状态筛一下，分次填。"
)
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
    community: Area | None = None

    @property
    def missing(self) -> list[Missing]:
        lacking = ((column, self._without(column)) for column in self.layout.filled)
        return [Missing(column, rows) for column, rows in lacking if rows]

    def remarks(self) -> list[Say]:
        """What a person should look at before it is filled."""
        found = self.layout.remarks()
        found += [say(NO_WORD, column=one.words, words=words) for one, words in self._no_word()]
        if astray := [told for told in self.facts if self.layout.sheets and not told.get(SHEET)]:
            found.append(
                say(NO_SHEET, n=len(astray), grids=_some(told.get("grid") for told in astray))
            )
        if self.layout.card:
            words = TOO_MANY if self.total > self.layout.card else A_SHEET_EACH
            found.append(say(words, n=self.total, most=self.layout.card))
        return found

    def refuse_too_many(self) -> None:
        """Cards for more people than one file holds are not made."""
        if self.layout.card and len(self.rows) > self.layout.card:
            raise Refused(say(TOO_MANY, n=max(len(self.rows), self.total), most=self.layout.card))

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
            column.place: [column.sample(facts.get(column.field)) for facts in self.facts[:most]]
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

    def _without(self, column: Column) -> tuple[int, ...]:
        facts = enumerate(self.facts)
        return tuple(row for row, told in facts if column.said(told.get(column.field)) is None)

    def _no_word(self) -> Iterator[tuple[Column, str]]:
        """The columns whose list has no word for something that is known, with what that is."""
        for column in self.layout.filled:
            known = (told.get(column.field) for told in self.facts if column.offered)
            lost = [one for one in known if one not in (None, "") and column.said(one) is None]
            if lost:
                yield column, _some(written(column.kind, column.format, one) for one in lost)

    def _print(self, row: Any, facts: Facts) -> str:
        fields = {column.field for column in self.layout.filled} - set(NOT_OF_THE_ROW)
        said = [str(row.uid if hasattr(row, "uid") else row.id)]
        said += [f"{field}={facts.get(field)}" for field in sorted(fields)]
        return keyring().index(json.dumps(said, ensure_ascii=False), "blank_forms.row")


def tell(layout: Layout, wanted: Wanted, grids: Iterable[Area], *, full: bool = False) -> Told:
    """The rows that a form is to get, whole names and numbers only if `full`."""
    found, here = whole_ledger(wanted), list(grids)
    facts = facts_of(found, here, full=full)
    facts = with_sheets(facts, layout.sheets, wanted.community) if layout.sheets else facts
    return Told(layout, found.rows, facts, found.total, wanted.community)


def _some(words: Iterable[Any], most: int = 3) -> str:
    """A few of them, each once."""
    found = list(dict.fromkeys(str(one) for one in words if one not in (None, "")))
    return "、".join(found[:most]) + ("…" if len(found) > most else "")
