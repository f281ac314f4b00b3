"""What somebody opened on the day of an alarm: when, which value, for which reason; of whom not."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.domain.audit import AuditEntry
from app.domain.events import Event
from app.domain.people import User
from app.domain.places import Area
from app.domain.watch import OPENED, Alarm, alarm_in
from app.lib import clock
from app.lib.db import session

# The latest that are shown one by one.
MOST = 100


@dataclass(frozen=True, slots=True)
class Opened:
    """One value: what it was, and the reason that was given."""

    at: datetime
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class DayOfReveals:
    """An alarm, whose it is, and all of that day: `things` counts what it was opened of."""

    alarm: Alarm
    who: User
    n: int
    things: int
    latest: list[Opened]


def day_of_reveals(event_id: int, area: Area) -> DayOfReveals | None:
    """The day of an alarm at a place or under it; None for any other."""
    event = session.get(Event, event_id)
    place = session.get(Area, event.community_id or 0) if event else None
    if event is None or event.kind != "reveals_many" or not place:
        return None
    if not place.path.startswith(area.path):
        return None
    alarm = alarm_in(event)
    entries = _entries(alarm)
    things = {entry.target.rpartition(":")[0] or entry.target for entry in entries}
    latest = [Opened(one.at, one.target.rpartition(":")[2], one.reason) for one in entries[:MOST]]
    return DayOfReveals(alarm, session.get(User, alarm.who_id), len(entries), len(things), latest)


def _entries(alarm: Alarm) -> list[AuditEntry]:
    day = clock.local_day(alarm.at)
    rows = select(AuditEntry).where(AuditEntry.who_id == alarm.who_id)
    rows = rows.where(AuditEntry.at >= clock.at(day), AuditEntry.at <= clock.end_of(day))
    rows = rows.where(AuditEntry.action.in_(OPENED)).order_by(AuditEntry.id.desc())
    return list(session.scalars(rows))
