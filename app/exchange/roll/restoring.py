"""What a row of a roll changed about somebody, and taking it back as long as nobody changed it.

With the row stands of every column what was and what is now (`changed`).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import update

from app.domain import moves
from app.domain.people import User
from app.domain.places import Area, Household
from app.domain.pushed import ListRow
from app.domain.residents import Resident
from app.lib.db import session
from app.lib.words import N_, Say, say

DAYS = ("born", "left_on")
SET_BY_VERB = ("name", "id_number", "phone")
CHANGED = N_("这位居民的信息后来又改过")


def as_told(value: Any) -> Any:
    """A value as it is kept with the row."""
    return value.isoformat() if isinstance(value, date) else value


def tell(resident: Resident, columns: dict[str, Any]) -> None:
    """Write these columns of hers."""
    for name, value in columns.items():
        if name in SET_BY_VERB:
            getattr(resident, f"set_{name}")(value)
        else:
            setattr(resident, name, value)


def why_stays(row: ListRow) -> Say | None:
    """Whether anything that the row wrote was changed since."""
    changed = row.understood.get("changed", {})
    is_so = all(
        _now(row, name) == _written(row, name, now) for name, (_was, now) in changed.items()
    )
    return None if is_so else say(CHANGED)


def take_back(row: ListRow, *, by: User, at: datetime) -> None:
    """She is again as she was before the row."""
    changed = row.understood.get("changed", {}) if row.list.kind == "resident" else {}
    was = {name: before for name, (before, _now) in changed.items()}
    places = {name: was.pop(name) for name in ("home", "grid") if name in was}
    days = {name: date.fromisoformat(was[name]) for name in DAYS if was.get(name)}
    if was:
        tell(row.resident, was | days)
    if places:
        _put_back(row.resident, places, by=by, at=at)


def _put_back(resident: Resident, was: Mapping[str, int | None], *, by: User, at: datetime) -> None:
    """Behind the door, or the door in the grid, where it was; before there may have been none."""
    home, now = session.get(Household, was.get("home") or 0), resident.household
    grid = session.get(Area, was.get("grid") or 0)
    if home:
        moves.move(resident, home, by=by, at=at)
    elif "home" in was:
        resident.household_id = resident.grid_id = None
    elif grid:
        moves.regrid(now, grid, by=by, at=at)
    else:
        now.grid_id = None
        everybody = update(Resident).where(Resident.household_id == now.id)
        session.execute(everybody.values(grid_id=None))


def _written(row: ListRow, name: str, told: Any) -> Any:
    """What the row wrote; the door she was moved to is the row's own."""
    return row.household_id if name == "home" else told


def _now(row: ListRow, name: str) -> Any:
    """What stands there now; of a home its number, of a door its grid's."""
    resident = row.resident
    if name == "home":
        return resident.household_id
    if name == "grid":
        return resident.household.grid_id if resident.household else None
    return as_told(getattr(resident, name))
