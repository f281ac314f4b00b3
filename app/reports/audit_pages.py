"""The audit log as an admin reads it: newest first, a page at a time.

What somebody wrote to justify opening a person's data may name that person; an
admin reads the reason of administrative deeds only.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.domain.audit import AuditEntry
from app.domain.people import User
from app.domain.places import Area
from app.domain.scope import areas_of
from app.lib import clock
from app.lib.db import session

PAGE = 100
REASON_SHOWN = {"user_changed", "area_changed", "rules_changed", "sign_in_failed"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One page; `before` is where the older page begins, None at the end."""

    rows: list[tuple[AuditEntry, str]]
    before: int | None


def entries(admin: User, *, action: str, day: date | None, before: int | None) -> Shown:
    """(entry, the reason as far as it may be read) of one page."""
    rows = select(AuditEntry).order_by(AuditEntry.id.desc())
    if admin.area is not None:
        rows = rows.where(AuditEntry.area_id.in_(select(Area.id).where(areas_of(admin))))
    if action:
        rows = rows.where(AuditEntry.action == action)
    if day:
        rows = rows.where(
            AuditEntry.at >= clock.at(day), AuditEntry.at < clock.at(day + timedelta(days=1))
        )
    if before:
        rows = rows.where(AuditEntry.id < before)
    found = list(session.scalars(rows.limit(PAGE + 1)))
    shown = [(one, one.reason if one.action in REASON_SHOWN else "") for one in found[:PAGE]]
    return Shown(shown, found[PAGE - 1].id if len(found) > PAGE else None)
