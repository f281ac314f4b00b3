"""What work is about when it is given out from a resident, an incident, a grid or a building."""

from dataclasses import dataclass
from typing import Any

from flask import abort, request, url_for
from sqlalchemy import select

from app.domain.cases import Case
from app.domain.incidents import Incident
from app.domain.places import Area, Building
from app.domain.residents import Resident
from app.intake import KINDS
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import say
from app.web.incident_course import kind_words
from app.web.person import my

NAMES = ("resident", "incident", "building", "grid")


@dataclass(frozen=True, slots=True)
class About:
    """What the address or the form names; all of it of her community."""

    resident: Resident | None = None
    incident: Incident | None = None
    building: Building | None = None
    grid: Area | None = None

    @property
    def grid_id(self) -> int | None:
        """In which grid it is, so that its worker is proposed first."""
        rows = (self.resident, self.incident, self.building)
        found = next((row.grid_id for row in rows if row and row.grid_id), None)
        return self.grid.id if self.grid else found

    @property
    def hidden(self) -> dict[str, int]:
        """What the form carries along."""
        return {name: getattr(self, name).id for name in NAMES if getattr(self, name)}

    @property
    def lines(self) -> list[tuple[str, str | None]]:
        """(words, address) of each."""
        found: list[tuple[str, str | None]] = []
        if self.resident:
            url = url_for("residents.resident", resident_id=self.resident.id)
            found.append((self.resident.masked_name, url))
        if self.incident:
            url = url_for("director.incident", incident_id=self.incident.id)
            found.append((kind_words(self.incident), url))
        found += [(self.building.label, None)] if self.building else []
        return found + ([(self.grid.name, None)] if self.grid else [])

    def check(self, asks: str) -> None:
        """Refuse a form that nobody could fill in for what it is about."""
        kind = KINDS.get(asks)
        if kind is None or kind.about == "place":
            return
        if self.resident is None:
            wrong = say("这张表是填一位居民的：请从居民的页面交办，或换一种办完的方式。")
            raise Refused(wrong, {"sheet": [wrong]})
        if kind.about == "case" and not _has_case(self.resident, kind.case_kinds):
            wrong = say("这位居民没有这样的在管档案，填不了这张表。")
            raise Refused(wrong, {"sheet": [wrong]})


def asked_about() -> About:
    """Read the address or the form; 404 for what is not of her community."""
    return About(
        resident=_row(my().residents, "resident"),
        incident=_row(my().incidents, "incident"),
        building=_row(my().buildings, "building"),
        grid=_grid(request.values.get("grid")),
    )


def _row(rows: Any, name: str) -> Any:
    given = request.values.get(name, "")
    if not given:
        return None
    number = int(given) if given.isdecimal() and len(given) < 10 else 0
    return my().find(rows, number) or abort(404)


def _grid(given: str | None) -> Area | None:
    """A grid by its code or its number."""
    if not given:
        return None
    found = (grid for grid in my().grids if given in (grid.code, str(grid.id)))
    return next(found, None) or abort(404)


def _has_case(resident: Resident, kinds: tuple[str, ...]) -> bool:
    rows = select(Case.id).where(Case.resident_id == resident.id, Case.closed_at.is_(None))
    return session.scalar(rows.where(Case.kind.in_(kinds)).limit(1)) is not None
