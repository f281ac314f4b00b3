"""How much there is in the installation: the counts that `flask doctor` prints."""

from typing import Any

from sqlalchemy import func, select

from app.domain.cases import Case
from app.domain.events import Event
from app.domain.people import User
from app.domain.places import Household
from app.domain.receipts import Receipt
from app.domain.records import Record
from app.domain.residents import Resident
from app.domain.tasks import Task
from app.lib.db import session


def counts() -> dict[str, Any]:
    """How many there are of everything: people are residents, users are those who sign in."""
    return {
        "people": _all(Resident),
        "households": _all(Household),
        "users": _all(User),
        "events": _all(Event),
        "records": _by(Record.kind),
        "tasks": _by(Task.state),
        "receipts": _by(Receipt.state),
        "cases": _cases(),
    }


def _all(model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def _by(column: Any) -> dict[str, int]:
    rows = session.execute(select(column, func.count()).group_by(column).order_by(column))
    return {key: number for key, number in rows}


def _cases() -> dict[str, dict[str, int]]:
    rows = select(Case.kind, Case.stage, func.count()).group_by(Case.kind, Case.stage)
    found: dict[str, dict[str, int]] = {}
    for kind, stage, number in session.execute(rows.order_by(Case.kind, Case.stage)):
        found.setdefault(kind, {})[stage] = number
    return found
