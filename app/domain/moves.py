"""Somebody moves to another door, or a door to another grid: what is open goes along."""

from datetime import datetime

from sqlalchemy import select, update

from app.domain.cases import Case
from app.domain.checks import Check
from app.domain.people import User
from app.domain.places import Area, Household
from app.domain.residents import Resident
from app.domain.tasks import Task
from app.lib.db import session


def move(resident: Resident, home: Household, *, by: User, at: datetime) -> None:
    """She lives in `home`; her open cases and tasks belong to its grid. What was recorded stays."""
    session.flush()
    resident.household_id, resident.grid_id = home.id, home.grid_id
    grid = session.get(Area, home.grid_id) if home.grid_id else None
    cases = select(Case).where(Case.resident_id == resident.id, Case.closed_at.is_(None))
    for case in session.scalars(cases):
        case.household_id = home.id
        if grid and case.grid_id != grid.id:
            case.move_to(grid, by=by, at=at)
    checks = update(Check).where(Check.resident_id == resident.id, Check.state == "open")
    session.execute(checks.values(household_id=home.id, grid_id=home.grid_id))
    tasks = update(Task).where(Task.resident_id == resident.id, Task.state == "open")
    session.execute(tasks.values(household_id=home.id, grid_id=home.grid_id))


def regrid(home: Household, grid: Area, *, by: User, at: datetime) -> None:
    """The door belongs to another grid, and with it everybody who lives there."""
    home.grid_id = grid.id
    everybody = select(Resident).where(Resident.household_id == home.id)
    for resident in session.scalars(everybody):
        move(resident, home, by=by, at=at)
