"""One row of a list on its way into the community: what it says, and what became of it."""

from dataclasses import dataclass, field
from typing import Any

from app.domain.door_book import Door
from app.domain.places import Area
from app.lib.words import Say, say


@dataclass(slots=True)
class Line:
    """`told` is what the row says, by field, as text; `where` whatever it says of a door.

    `raw` is the cell of each field as it was, `phones` all numbers that were written;
    `has_number` whether the list numbers this row (None where it numbers none).
    """

    number: int
    cells: tuple[Any, ...]
    sheet: str = ""  # its title, where there are several
    told: dict[str, str] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)
    phones: list[str] = field(default_factory=list)
    has_number: bool | None = None
    titles: tuple[str, ...] = ()  # of its sheet, and what stands above the header
    state: str = ""  # refused or skipped, once that is known
    why: list[Say] = field(default_factory=list)
    warnings: list[Say] = field(default_factory=list)
    # As checked: the person in the columns of a resident.
    who: dict[str, Any] = field(default_factory=dict)
    # As found: the door, or without one the address as written; the grid that the row names,
    # and the one it lies in: the same, or its building's.
    door: Door | None = None
    address: str = ""
    named_grid: Area | None = None
    grid: Area | None = None

    @property
    def is_judged(self) -> bool:
        return bool(self.state)

    @property
    def id_number(self) -> str | None:
        return self.who.get("id_number")

    def said_at(self) -> Say:
        """Where it stands, for somebody who has the sheet before her."""
        if self.sheet:
            return say("“%(sheet)s”第 %(row)s 行", sheet=self.sheet, row=self.number)
        return say("第 %(row)s 行", row=self.number)

    def refuse(self, *why: Say) -> None:
        self.state, self.why = "refused", list(why)

    def skip(self, why: Say) -> None:
        self.state, self.why = "skipped", [why]

    def warn(self, what: Say) -> None:
        self.warnings.append(what)
