"""What becomes of the post in some boxes: what has lost its point, what waits, what goes out now.

It is only read and thought about here; app/notify/post_room.py writes it, where it still holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.messages import Message, PostBox
from app.domain.people import User
from app.lib import clock
from app.lib.changes import Change, change_of
from app.lib.db import session
from app.notify import packing, point
from app.notify.choosing import TOO_LATE, why_unreachable
from app.notify.packing import Batch, Packed
from app.notify.registry import KINDS
from app.notify.ways import Ways


@dataclass(frozen=True, slots=True)
class Ready:
    """A parcel that may go, the messages in it, and whose they are."""

    packed: Packed
    messages: frozenset[int]
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class Decided:
    """What changes of each message that was due, by its id, and the parcels that may go."""

    changes: Mapping[int, Sequence[Change | None]]
    ready: Sequence[Ready]


def due(at: datetime) -> ColumnElement[bool]:
    """Open and to be looked at now, or put off or given up by a clock that was wrong."""
    wrong = Message.moved_at > at + clock.JUMP
    is_open = (Message.state == "open") & or_(Message.next_at <= at, wrong)
    return or_(is_open, (Message.state == "undelivered") & wrong)


def decide(lease: UUID, ways: Ways, *, at: datetime) -> Decided:
    """What becomes of all that is due in the boxes of a lease."""
    with session.no_autoflush:
        boxes = session.scalars(select(PostBox).where(PostBox.lease == lease))
        decided = _decided({box.person_id: box for box in boxes}, lease, ways, at=at)
    session.rollback()  # it is written later
    return decided


def _decided(boxes: dict[int, PostBox], lease: UUID, ways: Ways, *, at: datetime) -> Decided:
    messages = _due_in(boxes, at=at)
    for message in messages:
        _set_clock_right(message, at=at)
    left = [message for message in _with_a_point(messages, at=at) if message.next_at <= at]
    people = list({message.person_id: message.person for message in left}.values())
    posts = packing.addresses_of(people, ways, at=at)
    batches = packing.sort(left, boxes, posts, at=at)
    ready = [_ready(batch, lease, at=at) for batch in batches]
    return Decided({message.id: _changes_of(message) for message in messages}, ready)


def _due_in(boxes: Mapping[int, PostBox], *, at: datetime) -> list[Message]:
    wanted = select(Message).where(Message.person_id.in_(list(boxes)), due(at))
    wanted = wanted.options(
        joinedload(Message.person).joinedload(User.area), selectinload(Message.deliveries)
    ).execution_options(populate_existing=True)
    return list(session.scalars(wanted.order_by(Message.id)))


def _set_clock_right(message: Message, *, at: datetime) -> None:
    """Times that a wrong clock wrote are moved to now; what was waited for is waited for anew."""
    if message.made_at > at + clock.JUMP:
        message.tell_until = at + (message.tell_until - message.made_at)
        message.made_at = at
    if message.state == "undelivered":
        message.take_up_again(at=at)
    elif message.moved_at > at + clock.JUMP:
        message.look_again(at + (message.next_at - message.moved_at), at=at)


def _with_a_point(messages: Sequence[Message], *, at: datetime) -> list[Message]:
    """The messages still worth carrying; of the others it is noted why not."""
    with point.read_at_once(messages):
        return [message for message in messages if _is_worth(message, at=at)]


def _is_worth(message: Message, *, at: datetime) -> bool:
    kind = KINDS[message.kind]
    if why := kind.over(message):
        message.lose_point(why)
    elif why := why_unreachable(message):
        message.give_up(why, at=at)
    elif message.tell_until <= at and kind.passes:
        message.lose_point(TOO_LATE)
    elif message.tell_until <= at:
        message.give_up(TOO_LATE, at=at)
    else:
        return True
    return False


def _ready(batch: Batch, lease: UUID, *, at: datetime) -> Ready:
    return Ready(
        packing.seal(batch, lease, at=at),
        frozenset(message.id for message in batch.messages),
        frozenset(message.person_id for message in batch.messages),
    )


def _changes_of(message: Message) -> list[Change | None]:
    deliveries = (change_of(one, message_id=message.id) for one in message.deliveries)
    return [change_of(message), *deliveries]
