"""Which known thing a column of a form asks for, by its name and the name above it.

户主 above 姓名 is another person's name, 现住址 above 楼号 is not: so a name below a
group counts by itself only where the group speaks of the same person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.exchange.columns import LONGEST, OTHERS, fold
from app.exchange.fill.known import KNOWN, Known


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a column: its groups from the top, and its own name last."""

    column: int
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        return " · ".join(self.names)


def field_of(names: Sequence[str], offered: Mapping[str, Known] = KNOWN) -> str | None:
    """The known thing that a column of these names asks for; None where that is not sure."""
    folded = [fold(name) for name in names if fold(name)]
    if not folded:
        return None
    *groups, own = folded
    whole = "".join(folded)
    if groups and (found := _named(whole, offered)):
        return found
    if any(OTHERS.search(group) for group in groups):
        return None
    return _named(own, offered)


def _named(name: str, offered: Mapping[str, Known]) -> str | None:
    if len(name) > LONGEST:
        return None
    return next((key for key, known in offered.items() if known.names.fullmatch(name)), None)
