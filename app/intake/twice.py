"""Two people told the same of one person on one day: both records stand, the second hears of it."""

from datetime import timedelta
from functools import cache

from sqlalchemy import Select, bindparam, select

from app.domain.people import User
from app.domain.records import Record, standing
from app.intake.kind import Kind
from app.lib import clock
from app.lib.db import session
from app.lib.words import Say, say

RECENT = timedelta(hours=1)


def told_twice(kept: Record, kind: Kind) -> Say | None:
    """Who told the same before, and when; None where nobody did."""
    if not kind.once_a_day or kept.supersedes or kept.resident_id is None:
        return None
    told = {"who": kept.resident_id, "kind": kept.kind, "day": kept.day, "this": kept.id}
    same = _same()
    if kind.once_a_day == "outcome":
        same = same.where(Record.outcome == kept.outcome)
    with session.no_autoflush:
        first = session.execute(same, told).first()
    return _words(kept, kind, *first) if first else None


@cache
def _same() -> Select:
    """The latest other standing record of a kind, of one resident on one day."""
    same = select(Record.received_at, Record.day, User.name).join(User, User.id == Record.by_id)
    same = same.where(Record.resident_id == bindparam("who"), Record.kind == bindparam("kind"))
    same = same.where(Record.day == bindparam("day"), Record.id != bindparam("this"), standing())
    return same.order_by(Record.received_at.desc()).limit(1)


def _words(kept: Record, kind: Kind, received_at, day, name: str) -> Say:
    ago = kept.received_at - received_at
    told = {"name": name, "what": kind.words}
    if day != clock.local_day(kept.received_at):
        return say("%(name)s 已登记过那一天的“%(what)s”，这次也记下了。", **told)
    if ago < RECENT:
        minutes = max(int(ago.total_seconds() // 60), 1)
        return say(
            "%(name)s %(minutes)s 分钟前已登记过今天的“%(what)s”，这次也记下了。",
            minutes=minutes,
            **told,
        )
    time = f"{clock.local(received_at):%H:%M}"
    return say("%(name)s 今天 %(time)s 已登记过“%(what)s”，这次也记下了。", time=time, **told)
