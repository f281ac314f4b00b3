"""Whom somebody has checked on a day and what she said of each, the latest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.domain.check import Check
from app.domain.people import User
from app.domain.records import Record, standing
from app.lib.db import session

# A long day of one worker.
MOST = 300


@dataclass(frozen=True, slots=True)
class Checked:
    """One answer that counts, and of whom it was."""

    record: Record
    check: Check


def checked_by(user: User, day: date) -> list[Checked]:
    """Her answers of a local day that nobody has taken back."""
    hers = select(Record).where(Record.by_id == user.id, Record.day == day, standing())
    hers = hers.where(Record.kind == "check_result").order_by(
        Record.received_at.desc(), Record.id.desc()
    )
    records = list(session.scalars(hers.limit(MOST)))
    checks = _checks(UUID(record.fields["check"]) for record in records)
    return [Checked(one, checks[UUID(one.fields["check"])]) for one in records]


def _checks(uids: Iterable[UUID]) -> dict[UUID, Check]:
    rows = select(Check).where(Check.uid.in_(list(uids))).options(joinedload(Check.resident))
    return {check.uid: check for check in session.scalars(rows)}
