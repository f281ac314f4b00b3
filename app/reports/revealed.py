"""What somebody has opened of one resident within the last minutes: her audit rows say so."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.domain.audit import AuditEntry
from app.domain.people import User
from app.lib.db import session

# A revealed value is covered again after this long (docs/words.md: reveal).
OPEN_FOR = timedelta(minutes=5)
WHAT = ("name", "phone", "id_number")


def target_of(resident_id: int, what: str) -> str:
    """How an audit row names one covered value of one resident."""
    return f"resident:{resident_id}:{what}"


def open_to(user: User, resident_id: int, now: datetime) -> frozenset[str]:
    """Which values of a resident `user` may see in full at this moment."""
    targets = {target_of(resident_id, what): what for what in WHAT}
    rows = select(AuditEntry.target).where(AuditEntry.who_id == user.id)
    rows = rows.where(AuditEntry.action == "revealed", AuditEntry.at > now - OPEN_FOR)
    rows = rows.where(AuditEntry.target.in_(targets))
    return frozenset(targets[target] for target in session.scalars(rows))
