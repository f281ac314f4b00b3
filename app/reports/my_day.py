"""What one person did today, what she said in the feedback box, and who decides for her.

Her own numbers only: nobody is compared with anybody.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.domain.events import Event
from app.domain.feedback import Feedback
from app.domain.people import User
from app.domain.records import Record, standing
from app.lib import clock
from app.lib.db import session

RECORDS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class MyDay:
    """Her records of a day by kind, and how often nobody was reached."""

    by_kind: dict[str, int]
    not_reached: int

    @property
    def records(self) -> int:
        return sum(self.by_kind.values())


def my_day(user: User, day: date) -> MyDay:
    """What stands of what `user` recorded on a local day."""
    hers = select(Record.kind, func.count()).where(Record.by_id == user.id, Record.day == day)
    hers = hers.where(standing(), Record.kind != "attempt").group_by(Record.kind)
    by_kind = {kind: n for kind, n in session.execute(hers.order_by(func.count().desc()))}
    return MyDay(by_kind, _not_reached(user, day))


def records_of(user: User, day: date) -> list[Record]:
    """What still stands of her records of a local day, the latest first."""
    hers = select(Record).where(Record.by_id == user.id, Record.day == day, standing())
    hers = hers.options(joinedload(Record.resident)).order_by(Record.received_at.desc())
    return list(session.scalars(hers.limit(RECORDS_SHOWN)))


def feedback_of(user: User, most: int = 10) -> list[Feedback]:
    """Her last words in the box, with the answers."""
    rows = select(Feedback).where(Feedback.by_id == user.id)
    return list(session.scalars(rows.order_by(Feedback.id.desc()).limit(most)))


def directors_of(community_id: int) -> list[User]:
    """Who decides in a community."""
    rows = select(User).where(User.role == "director", User.area_id == community_id, User.active)
    return list(session.scalars(rows.order_by(User.id)))


def _not_reached(user: User, day: date) -> int:
    rows = select(func.count(Event.id)).where(Event.kind == "not_reached", Event.by_id == user.id)
    rows = rows.where(Event.at >= clock.at(day), Event.at <= clock.end_of(day))
    return session.scalar(rows.where(Event.community_id == user.community.id)) or 0
