"""What the rows of a ledger share: the place, its grids and who works there, doors, cases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.domain.cases import Case
from app.domain.people import workers_of
from app.domain.places import Area, Household
from app.domain.records import Record
from app.domain.residents import Resident
from app.exchange.fill.case_records import Said, last_said
from app.lib import clock
from app.lib.db import session
from app.lib.masking import mask_phone
from app.reports.ledger import LedgerPage


@dataclass(frozen=True, slots=True)
class Around:
    """What rows share: the place, its grids and who works there, the doors."""

    found: LedgerPage
    grids: Mapping[int, Area]
    workers: Mapping[int, str]
    phones: Mapping[int, str]
    homes: Mapping[int, Household]
    cases: Mapping[int, Case]
    said: Mapping[int, list[Said]]
    full: bool


def around_of(
    found: LedgerPage, grids: Iterable[Area], people: Iterable[Resident | None], *, full: bool
) -> Around:
    """Read for all rows at once, in few queries."""
    by_id = {grid.id: grid for grid in grids}
    homes = _homes({person.household_id for person in people if person})
    said = last_said(row.id for row in found.rows if isinstance(row, Case))
    workers = _workers(by_id, full=full)
    return Around(found, by_id, *workers, homes, _cases(found.rows), said, full)


def _homes(ids: set[int | None]) -> dict[int, Household]:
    """The doors with their parts, in one query."""
    parts = joinedload(Household.building), joinedload(Household.unit), joinedload(Household.room)
    wanted = select(Household).where(Household.id.in_(ids - {None})).options(*parts)
    again = {"populate_existing": True}  # the ledger has loaded them without their parts
    return {home.id: home for home in session.scalars(wanted, execution_options=again)}


def _cases(rows: Iterable[Any]) -> dict[int, Case]:
    """The cases that records belong to, in one query."""
    ids = {row.case_id for row in rows if isinstance(row, Record)} - {None}
    found = session.scalars(select(Case).where(Case.id.in_(ids))) if ids else ()
    return {case.id: case for case in found}


def _workers(grids: Mapping[int, Area], *, full: bool) -> tuple[dict[int, str], dict[int, str]]:
    """Who works in each grid, and by which number she is reached."""
    names: dict[int, list[str]] = {}
    phones: dict[int, list[str]] = {}
    for grid_id, user in workers_of(grids, clock.today()):
        names.setdefault(grid_id, []).append(user.name)
        if phone := user.phone:
            phones.setdefault(grid_id, []).append(phone if full else mask_phone(phone))
    return _joined(names), _joined(phones)


def _joined(by_grid: Mapping[int, list[str]]) -> dict[int, str]:
    return {grid_id: "、".join(several) for grid_id, several in by_grid.items()}
