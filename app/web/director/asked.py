"""Which day and which grid a page of the director was asked for."""

from datetime import date

from flask import abort, request

from app.domain.places import Area
from app.lib import clock
from app.reports.checklist import UNPLACED, WHOLE
from app.web.person import my


def asked_day() -> date:
    """The day named by ``day``, today without one; 404 for no day and for one to come."""
    given = request.values.get("day")
    return read_day(given) if given else clock.today()


def read_day(text: str) -> date:
    """A day written 2022-10-06 that has begun; 404 otherwise."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        abort(404)
    return day if day <= clock.today() else abort(404)


def asked_page() -> int:
    """The number of the page of a long list, from 1."""
    given = request.args.get("page", "1")
    return max(int(given), 1) if given.isdecimal() and len(given) < 6 else 1


def community() -> Area:
    """The director's community; 404 for an account without one."""
    return my().community or abort(404)


def asked_place(code: str) -> Area:
    """One of her grids by its code; her community for ``all`` and for what lies in no grid."""
    if code in (WHOLE, UNPLACED):
        return community()
    return next((grid for grid in my().grids if grid.code == code), None) or abort(404)
