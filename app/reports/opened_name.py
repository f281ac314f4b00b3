"""Whose name an official has opened: her audit row says so, for five minutes."""

from datetime import datetime

from sqlalchemy import func, select

from app.domain.audit import AuditEntry
from app.domain.people import User
from app.lib.db import session
from app.reports.revealed import open_for


def target_of(case_id: int) -> str:
    """How an audit row names the person of a case."""
    return f"case:{case_id}"


def closes_at(user: User, case_id: int, now: datetime) -> datetime | None:
    """Until when the name is open to `user`; None where it is not."""
    length = open_for(user, now)
    opened = select(func.max(AuditEntry.at)).where(AuditEntry.who_id == user.id)
    opened = opened.where(AuditEntry.action == "name_opened", AuditEntry.at > now - length)
    at = session.scalar(opened.where(AuditEntry.target == target_of(case_id)))
    return at + length if at else None
