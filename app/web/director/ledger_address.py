"""A ledger's filters and its address, one made from the other; nothing of a person is in it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import abort, url_for

from app.domain.places import Area
from app.reports.counters import COUNTERS
from app.reports.ledger import NO_GRID, Wanted
from app.reports.ledger_kinds import LEDGERS, Ledger
from app.web.person import my


def wanted_of(kind: str, asked: Mapping[str, str], name: str = "") -> Wanted:
    """The filters of an address; 404 for a ledger, counter, grid or day that does not exist."""
    ledger = LEDGERS.get(kind) or abort(404)
    return Wanted(
        ledger=ledger,
        community=my().community,
        grid=_grid(asked.get("grid", "")),
        unplaced=asked.get("grid") == NO_GRID,
        counter=_counter(ledger, asked.get("counter", "")),
        day=_day(asked.get("day", "")),
        state=asked.get("state", ""),
        late=asked.get("late") == "1",
        chosen=_chosen(ledger, asked),
        sort=asked.get("sort", ""),
        page=_page(asked.get("page", "")),
        name=name.strip()[:60],
    )


def filters_in(wanted: Wanted) -> dict[str, Any]:
    """The filters as an address names them; what is as usual is left out."""
    found = {
        "counter": wanted.counter,
        "day": wanted.day.isoformat() if wanted.day else "",
        "grid": NO_GRID if wanted.unplaced else wanted.grid.code if wanted.grid else "",
        "state": wanted.state,
        "late": "1" if wanted.late else "",
        "sort": wanted.sort,
        **wanted.chosen,
    }
    return {key: value for key, value in found.items() if value}


def address(wanted: Wanted, **changed: Any) -> str:
    """The same list with some filters changed; back on its first page unless `page` is given."""
    filters = {key: value for key, value in (filters_in(wanted) | changed).items() if value}
    return url_for("director.ledger", kind=wanted.ledger.key, **filters)


def _grid(code: str) -> Area | None:
    if code in ("", NO_GRID):
        return None
    return next((grid for grid in my().grids if grid.code == code), None) or abort(404)


def _counter(ledger: Ledger, name: str) -> str:
    known = not name or (name in COUNTERS and COUNTERS[name].ledger == ledger.key)
    return name if known else abort(404)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        abort(404)


def _page(text: str) -> int:
    return max(int(text), 1) if text.isdecimal() and len(text) < 6 else 1


def _chosen(ledger: Ledger, asked: Mapping[str, str]) -> dict[str, str]:
    given = {choice.name: asked.get(choice.name, "") for choice in ledger.choices}
    known = {choice.name for choice in ledger.choices if given[choice.name] in choice.options}
    return {name: value for name, value in given.items() if name in known}
