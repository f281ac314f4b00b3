"""Writing judged lines onto the roll, and the elders among them onto theirs."""

from collections.abc import Iterable
from datetime import datetime

from app.domain import moves
from app.domain.people import User
from app.domain.places import Household
from app.domain.residents import Resident
from app.exchange.roll.judging import Known
from app.exchange.rows.line import Line
from app.intake.accept import Entry, accept
from app.lib.db import session
from app.lib.ids import new_id
from app.lib.refusal import Held, Refused

SET_BY_VERB = ("name", "id_number", "phone")


def write(lines: Iterable[Line], known: Known, *, by: User, at: datetime) -> None:
    """Do what was judged, in the caller's transaction."""
    for line in lines:
        if line.state == "added":
            _add(line, known, by=by, at=at)
        elif line.state == "updated":
            _update(line, known, by=by, at=at)
    session.flush()
    for line in lines:
        if line.elder_class:
            _look_after(line, by=by, at=at)


def _add(line: Line, known: Known, *, by: User, at: datetime) -> None:
    home = _home(line, known, by=by, at=at)
    community = known.community.id
    person = Resident(community_id=community, household=home, grid_id=home.grid_id, created_at=at)
    _tell(person, line.who)
    session.add(person)
    line.resident = person


def _update(line: Line, known: Known, *, by: User, at: datetime) -> None:
    changes = dict(line.changes)
    moved, regridded = changes.pop("home", False), changes.pop("grid", False)
    _tell(line.resident, changes)
    if moved:
        moves.move(line.resident, _home(line, known, by=by, at=at), by=by, at=at)
    elif regridded:
        moves.regrid(line.resident.household, line.named_grid, by=by, at=at)


def _home(line: Line, known: Known, *, by: User, at: datetime) -> Household:
    """The household behind the line's door, in the grid that the line names."""
    home = known.book.open(line.door, line.address, line.grid)
    if line.named_grid and home.grid_id != line.named_grid.id:
        session.flush()
        moves.regrid(home, line.named_grid, by=by, at=at)
    return home


def _tell(person: Resident, columns: dict) -> None:
    for name, value in columns.items():
        if name in SET_BY_VERB:
            getattr(person, f"set_{name}")(value)
        else:
            setattr(person, name, value)


def _look_after(line: Line, *, by: User, at: datetime) -> None:
    """Put her on the roll of elders by the same entry that a director would write."""
    subject, told = {"resident_id": line.resident.id}, {"reason": line.elder_class}
    try:
        with session.begin_nested():
            accept(Entry(new_id(), "elder_roll", at, subject, told, via="file"), by=by, at=at)
    except (Refused, Held) as refused:
        line.elder_class = ""
        line.warn(refused.why)
