"""One column of a form, or one cell of a card: what it asks for and how it wants it written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from openpyxl.utils import get_column_letter

from app.exchange.fill.choices import fitting
from app.exchange.fill.formats import FORMATS, written
from app.exchange.fill.known import HIDDEN, KNOWN


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 1, its names, what goes into it (or nothing) and how written.

    On a card it is one cell, and `at` says which. `offered` is what may be chosen in it.
    """

    place: int
    names: tuple[str, ...]
    field: str = ""
    format: str = ""
    calculated: bool = False
    offered: tuple[str, ...] = ()
    at: str = ""

    @property
    def letter(self) -> str:
        return self.at or get_column_letter(self.place)

    @property
    def words(self) -> str:
        return " · ".join(self.names)

    @property
    def kind(self) -> str:
        return KNOWN[self.field].kind if self.field else ""

    def asked_for(self, field: str, key: str = "") -> "Column":
        """The same column with something else in it; an unknown format becomes the usual one."""
        formats = FORMATS[KNOWN[field].kind] if field else {}
        fitting = key if key in formats else self.format if self.format in formats else ""
        return replace(self, field=field, format=fitting or next(iter(formats), ""))

    def said(self, value: Any) -> Any:
        """A value as it is written here; None where the list in the cell has no word for it."""
        if value in (None, ""):
            return None
        said = written(self.kind, self.format, value)
        if not self.offered or isinstance(said, date) or value == HIDDEN:
            return said
        return fitting(value, str(said), self.offered)

    def sample(self, value: Any) -> str:
        """The same on a page; nothing where nothing will stand there."""
        said = self.said(value)
        return (
            f"{said:%Y-%m-%d}" if isinstance(said, date) else str(said if said is not None else "")
        )

    @classmethod
    def from_stored(cls, told: Mapping[str, Any]) -> "Column":
        """As it was kept with its form."""
        several = {key: tuple(told.get(key, ())) for key in ("names", "offered")}
        return cls(**(dict(told) | several))
