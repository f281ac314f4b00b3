"""A ledger's filters as they are written in an address or behind a command, read for one person."""

from collections.abc import Mapping
from datetime import date

from app.domain.places import Area
from app.domain.scope import Scope
from app.reports.counters import COUNTERS
from app.reports.ledger import NO_GRID, Wanted
from app.reports.ledger_kinds import LEDGERS, Ledger


def wanted_by(scope: Scope, kind: str, asked: Mapping[str, str], name: str = "") -> Wanted:
    """What is asked of a ledger; LookupError for one, a counter, grid or day that is not there."""
    if scope.community is None:
        raise LookupError("community")
    ledger = LEDGERS[kind]
    return Wanted(
        ledger=ledger,
        community=scope.community,
        grid=_grid(scope, asked.get("grid", "")),
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


def filters_of(wanted: Wanted) -> dict[str, str]:
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


def _grid(scope: Scope, code: str) -> Area | None:
    if code in ("", NO_GRID):
        return None
    return {grid.code: grid for grid in scope.grids}[code]


def _counter(ledger: Ledger, name: str) -> str:
    if name and COUNTERS[name].ledger != ledger.key:
        raise LookupError(name)
    return name


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as unreadable:
        raise LookupError(text) from unreadable


def _page(text: str) -> int:
    return max(int(text), 1) if text.isdecimal() and len(text) < 6 else 1


def _chosen(ledger: Ledger, asked: Mapping[str, str]) -> dict[str, str]:
    given = {choice.name: asked.get(choice.name, "") for choice in ledger.choices}
    known = {choice.name for choice in ledger.choices if given[choice.name] in choice.options}
    return {name: value for name, value in given.items() if name in known}
