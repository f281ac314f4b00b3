"""What somebody has opened of one resident within the last minutes: her audit rows say so."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.domain import regime
from app.domain.audit import AuditEntry
from app.domain.people import User
from app.lib import clock
from app.lib.db import session

WHAT = ("name", "phone", "id_number")


def target_of(resident_id: int, what: str) -> str:
    """How an audit row names one covered value of one resident."""
    return f"resident:{resident_id}:{what}"


def open_for(user: User, now: datetime) -> timedelta:
    """How long a value stays open to somebody, by the rule of her place."""
    rule = regime.numbers("reveal", "value", user.area, clock.local_day(now))
    return timedelta(minutes=rule.open_min)


def open_to(user: User, resident_id: int, now: datetime) -> frozenset[str]:
    """Which values of a resident `user` may see in full at this moment."""
    targets = {target_of(resident_id, what): what for what in WHAT}
    rows = select(AuditEntry.target).where(AuditEntry.who_id == user.id)
    since = now - open_for(user, now)
    rows = rows.where(AuditEntry.action == "revealed", AuditEntry.at > since)
    rows = rows.where(AuditEntry.target.in_(targets))
    return frozenset(targets[target] for target in session.scalars(rows))
