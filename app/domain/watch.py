"""Opening covered values is watched: who opens unusually many in a day is told of at once.

Counted where it happens, so that nobody can be faster than the alarm: the value that is
one too many writes the event along with its audit row. What "unusual" means is rule data
(policy/rules/exports.toml): so many in a day, or so many times one's own usual day.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from sqlalchemy import func, select

from app.domain import audit, regime
from app.domain.audit import AuditEntry
from app.domain.events import Event, happened
from app.domain.people import User
from app.lib import clock
from app.lib.db import session

OPENED = ("revealed", "name_opened")
# Numbers of people whom a list asks her to call: her work, so never "more than usual".
CALLS = "check:%"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Who opened how many by when, how many she usually opens, and which limit that passed."""

    who_id: int
    n: int
    usual: int
    limit: str
    at: datetime


def opened(action: str, target: str, reason: str, *, by: User, at: datetime) -> AuditEntry:
    """Note that somebody has opened a covered value, and tell where it is one too many."""
    entry = audit.note(action, by=by, at=at, target=target, reason=reason)
    session.flush()
    if limit := _passed(by, at):
        known = {alarm.limit for alarm in alarms_of(by, clock.local_day(at))}
        if limit not in known:
            _tell(by, limit, at)
    return entry


def alarms_of(user: User, day: date) -> list[Alarm]:
    """What was told of somebody on a day."""
    rows = select(Event).where(Event.kind == "reveals_many", Event.at >= clock.at(day))
    rows = rows.where(Event.at <= clock.end_of(day), Event.community_id == user.area_id)
    found = map(alarm_in, session.scalars(rows.order_by(Event.id)))
    return [alarm for alarm in found if alarm.who_id == user.id]


def alarm_in(event: Event) -> Alarm:
    told = event.data
    return Alarm(told["who"], told["n"], told["usual"], told["limit"], event.at)


def count_of(user: User, day: date, *, calls: bool = True) -> int:
    """How many values somebody has opened on a local day."""
    begun, ended = clock.at(day), clock.end_of(day)
    rows = select(func.count(AuditEntry.id)).where(AuditEntry.who_id == user.id)
    rows = rows.where(AuditEntry.at >= begun, AuditEntry.at <= ended)
    rows = rows.where(AuditEntry.action.in_(OPENED))
    if not calls:
        rows = rows.where(AuditEntry.target.not_like(CALLS))
    return session.scalar(rows) or 0


def usual_of(user: User, day: date, days: int) -> int:
    """Her median of the days before on which she opened any; the calls of lists left out."""
    rows = select(AuditEntry.at).where(AuditEntry.who_id == user.id)
    rows = rows.where(AuditEntry.at >= clock.at(day - timedelta(days=days)))
    rows = rows.where(AuditEntry.at < clock.at(day), AuditEntry.action.in_(OPENED))
    rows = rows.where(AuditEntry.target.not_like(CALLS))
    per_day = Counter(clock.local_day(at) for at in session.scalars(rows))
    return round(median(per_day.values())) if per_day else 0


def _passed(user: User, at: datetime) -> str:
    """Which limit her day has passed; nothing while it is an ordinary one."""
    day = clock.local_day(at)
    rule = regime.numbers("reveal", "value", user.area, day)
    if count_of(user, day) > rule.most_day:
        return "most"
    n = count_of(user, day, calls=False)
    if n <= rule.least_day:
        return ""
    return "usual" if n > rule.times_usual * usual_of(user, day, rule.usual_days) else ""


def _tell(user: User, limit: str, at: datetime) -> None:
    day = clock.local_day(at)
    rule = regime.numbers("reveal", "value", user.area, day)
    usual = usual_of(user, day, rule.usual_days)
    data = {"who": user.id, "n": count_of(user, day), "usual": usual, "limit": limit}
    happened("reveals_many", by=None, at=at, community_id=user.area_id, data=data)
