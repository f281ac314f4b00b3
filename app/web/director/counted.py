"""Where the rows of a number are: the ledger, narrowed to exactly what the counter counts."""

from datetime import date

from flask import url_for

from app.domain.places import Area
from app.lib import clock
from app.reports.counters import COUNTERS
from app.reports.ledger import NO_GRID


def rows_url(name: str, *, grid: Area | str | None = None, day: date | None = None) -> str:
    """The list behind a counter, of one grid (or of none) and of a past day where given."""
    ledger = COUNTERS[name].ledger
    if ledger == "held":
        return url_for("director.held")
    past = day.isoformat() if day and day != clock.today() else None
    code = grid.code if isinstance(grid, Area) else grid
    return url_for("director.ledger", kind=ledger, counter=name, grid=code, day=past)


def rows_of(name: str, grid: Area | None) -> str:
    """The list behind a number in a row per grid; the last row holds what lies in none."""
    return rows_url(name, grid=grid or NO_GRID)
