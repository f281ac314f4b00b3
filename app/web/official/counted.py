"""Where the nameless rows of a number are."""

from datetime import date

from flask import url_for

from app.domain.places import Area
from app.lib import clock

UNPLACED = "none"


def rows_url(name: str, place: Area, day: date | None = None, *, unplaced: bool = False) -> str:
    """The rows behind a counter at a place, of a past day where given; `unplaced`: of no grid."""
    past = day.isoformat() if day and day != clock.today() else None
    grid = UNPLACED if unplaced else None
    return url_for("official.area_rows", code=place.code, counter=name, day=past, grid=grid)
