"""Lease, send, mark: how a message leaves the house at least once, and seldom twice.

1. `lease` (a transaction): take post boxes with something due, for two minutes; settle what
   has lost its point; note the rest as under way, one parcel per person and way.
2. `send` (no transaction): hand the parcels over.
3. `mark` (a transaction): write down what became of each, and let go of the boxes.

Whoever dies between 1 and 3 leaves parcels of which nobody knows whether they went out.
When the lease has run out they go out once more, and no oftener (docs/adr/0009). Two at
work at once never have the same box; a late word of a lease that ran out counts no more.
"""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import joinedload, selectinload

from app.domain.messages import Message, PostBox
from app.domain.people import User
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.notify import packing, point
from app.notify.channels import Outcome
from app.notify.choosing import TOO_LATE, why_unreachable
from app.notify.marking import note, ring, under_way
from app.notify.packing import Packed
from app.notify.registry import KINDS
from app.notify.ways import Address, Envelope, Ways

LEASE = timedelta(minutes=2)
BOXES_AT_ONCE = 20  # a transaction that keeps nobody waiting who saves

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Leased:
    """What one round carries. `took`: whether there was anything to look at at all."""

    lease: UUID
    took: bool
    packed: tuple[Packed, ...]


def waiting(*, at: datetime) -> bool:
    """Whether the post room has anything to look at now."""
    return session.scalar(select(Message.id).where(_due(at)).limit(1)) is not None


def lease(ways: Ways, *, at: datetime) -> Leased:
    """Take boxes with something due, and pack what goes out of them now."""
    mine = new_id()
    boxes = {box.person_id: box for box in _take_boxes(mine, at=at)}
    messages = _due_in(boxes, at=at)
    for message in messages:
        _set_clock_right(message, at=at)
    left = [message for message in _with_a_point(messages, at=at) if message.next_at <= at]
    people = list({message.person_id: message.person for message in left}.values())
    posts = packing.addresses_of(people, ways, at=at)
    batches = packing.paced(packing.sort(left, boxes, posts, at=at), ways, at=at)
    packed = tuple(packing.seal(batch, mine, at=at) for batch in batches)
    carried = {message.person_id for batch in batches for message in batch.messages}
    _let_go(PostBox.lease == mine, PostBox.person_id.not_in(carried))
    return Leased(mine, bool(messages), packed)


def send(ways: Ways, packed: Sequence[Packed]) -> dict[UUID, list[tuple[Address, Outcome]]]:
    """Hand the parcels over, all of one way at once; what became of each, by batch."""
    by_way: dict[str, list[tuple[UUID, Envelope]]] = defaultdict(list)
    for one in packed:
        by_way[one.way] += [(one.id, envelope) for envelope in one.envelopes]
    became = defaultdict(list)
    for name, envelopes in by_way.items():
        outcomes = _carried(ways, name, [envelope for _batch, envelope in envelopes])
        for (batch, envelope), outcome in zip(envelopes, outcomes, strict=True):
            became[batch].append((envelope.address, outcome))
    return became


def mark(
    leased: Leased,
    became: Mapping[UUID, list[tuple[Address, Outcome]]],
    ways: Ways,
    *,
    at: datetime,
) -> int:
    """Write down what became of a round's parcels; how many messages have gone out."""
    by_way = defaultdict(list)
    for packed in leased.packed:
        by_way[packed.way] += became[packed.id]
    for name, answers in by_way.items():
        ways[name].hear(answers)
    deliveries, sent = under_way(leased.lease, leased.packed), []
    for one in leased.packed:
        sent += note(one, became[one.id], deliveries[one.id], at=at)
    ring(sent, leased.lease, at=at)
    _let_go(PostBox.lease == leased.lease)
    return len(sent)


def _take_boxes(mine: UUID, *, at: datetime) -> list[PostBox]:
    has_post = select(Message.id).where(Message.person_id == PostBox.person_id, _due(at))
    over = or_(PostBox.leased_until <= at, PostBox.leased_until > at + LEASE + clock.JUMP)
    free = select(PostBox.person_id).where(or_(PostBox.lease.is_(None), over), has_post.exists())
    free = free.order_by(PostBox.person_id).limit(BOXES_AT_ONCE)
    ids = list(session.scalars(free.with_for_update(skip_locked=True, of=PostBox)))
    taken = update(PostBox).where(PostBox.person_id.in_(ids))
    session.execute(taken.values(lease=mine, leased_until=at + LEASE))
    found = select(PostBox).where(PostBox.person_id.in_(ids))
    return list(session.scalars(found.execution_options(populate_existing=True)))


def _due(at: datetime) -> ColumnElement[bool]:
    """Open and to be looked at now, or put off or given up by a clock that was wrong."""
    wrong = Message.moved_at > at + clock.JUMP
    is_open = (Message.state == "open") & or_(Message.next_at <= at, wrong)
    return or_(is_open, (Message.state == "undelivered") & wrong)


def _due_in(boxes: Mapping[int, PostBox], *, at: datetime) -> list[Message]:
    """What is due in these boxes; what its person is just reading is left to her."""
    wanted = select(Message).where(Message.person_id.in_(list(boxes)), _due(at))
    wanted = wanted.options(
        joinedload(Message.person).joinedload(User.area), selectinload(Message.deliveries)
    ).execution_options(populate_existing=True)
    locked = wanted.order_by(Message.id).with_for_update(skip_locked=True, of=Message)
    return list(session.scalars(locked))


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


def _carried(ways: Ways, name: str, envelopes: Sequence[Envelope]) -> list[Outcome]:
    """A way that fails as a whole has failed for this round only."""
    try:
        return ways[name].carry(envelopes)
    except Exception:
        log.exception("the way %s failed", name)
        return [Outcome("later")] * len(envelopes)


def _let_go(*which: ColumnElement[bool]) -> None:
    free = update(PostBox).where(*which).values(lease=None, leased_until=None)
    session.execute(free, execution_options={"synchronize_session": False})
