"""The order of a file's rows says who took it, even where its mark was cut off.

Neighbours of a list with whole names stand one way or the other, as a keyed bit of the
audit number and their two names says. It is not seen, lives on in a copy, a part, a
photograph that is typed off (not where the rows are sorted anew), and is read without the
original: all pairs agree with the number of whoever took them, of any other every second.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import comb
from typing import TypeVar

from app.domain.audit import AuditEntry
from app.exchange.values.text import text
from app.lib.crypto import keyring

Row = TypeVar("Row")
FIELD = "exports.order"
# So unlikely must it be that any of all the exports agrees so well by chance.
SURE = 0.001


@dataclass(frozen=True, slots=True)
class Taken:
    """One export, and how many of the pairs of a list agree with it; `of` were compared."""

    entry: AuditEntry
    agree: int
    pairs: int
    of: int

    @property
    def is_sure(self) -> bool:
        as_good = sum(comb(self.pairs, n) for n in range(self.agree, self.pairs + 1))
        return as_good / 2**self.pairs * 2 * self.of < SURE


def in_order(rows: Sequence[Row], name_of: Callable[[Row], str | None], number: int) -> list[Row]:
    """The rows, each pair of neighbours as this number has them; the pairs stay in their order."""
    found = list(rows)
    for place in range(0, len(found) - 1, 2):
        first, second = name_of(found[place]), name_of(found[place + 1])
        if first and second and not _stand_so(first, second, number):
            found[place : place + 2] = found[place + 1], found[place]
    return found


def who_took(names: Iterable[str], exports: Iterable[AuditEntry]) -> list[Taken]:
    """Every export with how well the order of these names agrees with it, the best first."""
    said, known = [text(name) for name in names], list(exports)
    taken = [_agreeing(said, entry, len(known)) for entry in known]
    return sorted(taken, key=lambda one: one.agree / one.pairs if one.pairs else 0, reverse=True)


def _agreeing(names: Sequence[str], entry: AuditEntry, of: int) -> Taken:
    """Rows may be gone at the top: pairs begin with the first or with the second of them."""
    ways = [_counted(names[begin:], entry.id) for begin in (0, 1)]
    agree, pairs = max(ways, key=lambda way: way[0] / way[1] if way[1] else 0)
    return Taken(entry, agree, pairs, of)


def _counted(names: Sequence[str], number: int) -> tuple[int, int]:
    pairs = [
        (first, second)
        for first, second in zip(names[::2], names[1::2], strict=False)
        if first and second and first != second
    ]
    return sum(_stand_so(first, second, number) for first, second in pairs), len(pairs)


def _stand_so(first: str, second: str, number: int) -> bool:
    """Whether these two stand in this order in the file of a number."""
    low, high = sorted((first, second))
    turned = int(keyring().index(f"{number} {low} {high}", FIELD)[-1], 16) % 2 == 1
    return first == second or (first == high) == turned
