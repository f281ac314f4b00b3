"""The close of a community's day: what was done stands, what is left goes on with a reason.

A record that arrives after its day was closed does not change the closing; the
day says how many came later, and the sums shown are always those of now.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, ForeignKey, Select, String, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.events import happened
from app.domain.people import User
from app.domain.records import Record
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import db, session
from app.lib.refusal import Refused
from app.lib.words import N_, say

CARRY_REASONS = {
    "not_reached": N_("多次未联系上"),
    "away": N_("本人外出"),
    "short_of_hands": N_("人手不足"),
    "waiting": N_("等待结果"),
    "not_due": N_("时限未到"),
    "other_priority": N_("突发任务占用"),
}


class DayClose(db.Model):
    """One closed day of one community, with the sums and the report as they were then."""

    __tablename__ = "day_closes"
    __table_args__ = (UniqueConstraint("community_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    day: Mapped[date]
    closed_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    sums: Mapped[dict[str, Any]] = mapped_column(JSON)
    report: Mapped[str] = mapped_column(String(4000))
    carried: Mapped[int] = mapped_column(default=0)
    late_records: Mapped[int] = mapped_column(default=0)
    last_late_at: Mapped[datetime | None]

    by: Mapped[User] = relationship()


def closing_of(community_id: int, day: date) -> DayClose | None:
    return session.scalar(_closing(), {"community_id": community_id, "day": day})


def closed_among(days: Iterable[date], community_id: int) -> set[date]:
    """Which of these days are closed."""
    closed = select(DayClose.day).where(DayClose.community_id == community_id)
    return set(session.scalars(closed.where(DayClose.day.in_(set(days)))))


@cache
def _closing() -> Select:
    rows = select(DayClose).where(DayClose.community_id == bindparam("community_id"))
    return rows.where(DayClose.day == bindparam("day"))


def close_day(
    community_id: int,
    day: date,
    *,
    sums: dict[str, Any],
    report: str,
    carry: Iterable[tuple[Task, str]] = (),
    by: User,
    at: datetime,
) -> DayClose:
    """Close a day once; every task of `carry` goes on with its reason, a key of CARRY_REASONS.

    A day may be closed before midnight: what is recorded for it later is counted
    as late. Refused for a day to come and for one that is closed already.
    """
    if day > clock.local_day(at):
        raise Refused(say("这一天还没到，不能日结。"))
    if closing_of(community_id, day):
        raise Refused(say("这一天已经日结，不用再结。"))
    closing = DayClose(
        community_id=community_id, day=day, closed_at=at, by_id=by.id, sums=sums, report=report
    )
    closing.carried = _carry_over(carry, day, by=by, at=at)
    closing.late_records = 0
    session.add(closing)
    data = {"day": day.isoformat(), "carried": closing.carried}
    happened("day_closed", by=by, at=at, community_id=community_id, data=data)
    return closing


def _carry_over(carry: Iterable[tuple[Task, str]], day: date, *, by: User, at: datetime) -> int:
    left = list(carry)
    for task, why in left:
        if why not in CARRY_REASONS:
            raise Refused(say("请给每一类剩余事项选一个结转原因。"))
        task.carry_over(day, why, by=by, at=at)
    return len(left)


def note_late(record: Record, *, by: User, at: datetime) -> None:
    """Count a record that reached us after its day was closed, and say so in the day's history."""
    closing = closing_of(record.community_id, record.day)
    if closing is None:
        return
    closing.late_records += 1
    closing.last_late_at = at
    happened("day_changed", by=by, at=at, about=record, data={"day": record.day.isoformat()})
