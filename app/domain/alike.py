"""What is told of many things of one sort: those of a day stand together in one line."""

from collections.abc import Collection

from sqlalchemy import case, func, select

from app.domain.messages import UNREAD, Message, unread_of
from app.domain.people import User
from app.lib import clock
from app.lib.db import session


def unread_count(person: User, *, together: Collection[str] = ()) -> tuple[int, int]:
    """How many lines she has not seen, and the id of the newest message in them.

    Those of a kind of `together` are one line for each day.
    """
    stands = Message.kind.in_(together)
    kind = case((stands, Message.kind), else_="").label("alike")
    when = case((stands, Message.made_at)).label("alike_at")
    counted = select(kind, when, func.count(Message.id), func.max(Message.id))
    counted = counted.where(Message.person_id == person.id, Message.state.in_(UNREAD))
    rows = session.execute(counted.group_by("alike", "alike_at")).all()
    days = {(one, clock.local_day(at)) for one, at, _n, _newest in rows if one}
    apart = sum(n for one, _at, n, _newest in rows if not one)
    return apart + len(days), max((newest for *_, newest in rows), default=0)


def alike(message: Message) -> list[Message]:
    """What its person has not seen of the same kind and day."""
    day = clock.local_day(message.made_at)
    of_day = Message.made_at.between(clock.at(day), clock.end_of(day))
    unread = unread_of(message.person).where(Message.kind == message.kind, of_day)
    return list(session.scalars(unread))
