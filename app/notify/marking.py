"""What became of a parcel, written to each of its messages: sent, later, or by the next way."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import SystemRandom
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from app.domain.messages import Delivery, Message, PostBox
from app.domain.people import User
from app.lib.changes import Change, change_of
from app.lib.db import session
from app.notify import rules
from app.notify.channels import Outcome
from app.notify.choosing import MOST_LOST, UNKNOWN
from app.notify.packing import Packed
from app.notify.ways import Address

# A way that asks to wait is tried so often before the next one is.
MOST_ATTEMPTS = 6
SHORTEST, LONGEST = timedelta(seconds=20), timedelta(minutes=20)

log = logging.getLogger(__name__)
chance = SystemRandom()


@dataclass(frozen=True, slots=True)
class Mark:
    """What changes of one delivery and its message, whose it is, and whether it has gone out."""

    delivery: int
    person: int
    went_out: bool
    changes: tuple[Change | None, ...]


def marks_of(
    packed: Iterable[Packed],
    became: Mapping[UUID, Sequence[tuple[Address, Outcome]]],
    lease: UUID,
    *,
    at: datetime,
) -> list[Mark]:
    """What became of parcels, for each message in them that is still under this lease."""
    parcels = list(packed)
    with session.no_autoflush:
        under_way = _under_way(lease, parcels)
        marks = [
            mark
            for parcel in parcels
            for mark in _marks(parcel, became[parcel.id], under_way[parcel.id], at=at)
        ]
    session.rollback()  # they are written later
    return marks


def _marks(
    packed: Packed,
    became: Sequence[tuple[Address, Outcome]],
    deliveries: Sequence[Delivery],
    *,
    at: datetime,
) -> Iterator[Mark]:
    outcome, target = _as_one(became)
    if outcome.state == "alarm":
        log.error("the way %s is not set up rightly: %s", packed.way, outcome.why)
    for delivery in deliveries:
        delivery.lease, delivery.why, delivery.target = None, str(outcome.why), target
        delivery.lost += outcome.lost
        _settle(delivery, outcome, at=at)
        changes = change_of(delivery), change_of(delivery.message)
        yield Mark(delivery.id, delivery.message.person_id, outcome.is_sent, changes)


def _under_way(lease: UUID, packed: Iterable[Packed]) -> dict[UUID, list[Delivery]]:
    """The deliveries of some parcels, by parcel, as far as they are still under this lease."""
    wanted = select(Delivery).where(Delivery.batch.in_([one.id for one in packed]))
    message = joinedload(Delivery.message)
    wanted = wanted.options(message.joinedload(Message.person).joinedload(User.area))
    wanted = wanted.where(Delivery.lease == lease).order_by(Delivery.id)
    found: dict[UUID, list[Delivery]] = defaultdict(list)
    for delivery in session.scalars(wanted.execution_options(populate_existing=True)):
        found[delivery.batch].append(delivery)
    return found


def ring(people: Iterable[int], lease: UUID, *, at: datetime) -> None:
    """Note that the phones of these have just rung."""
    rang = update(PostBox).where(PostBox.person_id.in_(set(people)), PostBox.lease == lease)
    session.execute(rang.values(rang_at=at), execution_options={"synchronize_session": False})


def back_off(attempts: int) -> timedelta:
    """Twice as long each time, and never for many at the same moment."""
    span = min(SHORTEST * 2 ** min(attempts, 10), LONGEST)
    return span * chance.uniform(0.5, 1.0)


def _settle(delivery: Delivery, outcome: Outcome, *, at: datetime) -> None:
    message = delivery.message
    rule = rules.telling(message.urgency, message.person.area, at=at)
    minutes = rules.waits_after(delivery.channel, rule)
    asked = timedelta(seconds=outcome.retry_after or 0)
    if outcome.is_sent:
        delivery.state, delivery.sent_at = "sent", at
        message.look_again(at + minutes, at=at)
    elif delivery.lost > MOST_LOST and outcome.lost:
        delivery.state, delivery.why = "failed", UNKNOWN
        message.look_again(at, at=at)
    elif outcome.state == "later" and _has_time(delivery.attempts, asked, minutes):
        delivery.state = "later"
        message.look_again(at + max(asked, back_off(delivery.attempts)), at=at)
    else:
        delivery.state = "failed"
        message.look_again(at, at=at)


def _has_time(attempts: int, asked: timedelta, minutes: timedelta) -> bool:
    """Whether a busy way may be asked once more before the next one has its turn.

    All its waits together stay within the minutes for which a message may be unread there.
    """
    waits = max(asked * attempts, SHORTEST * (2 ** (attempts + 1) - 2))
    return attempts < MOST_ATTEMPTS and waits <= minutes


def _as_one(became: Iterable[tuple[Address, Outcome]]) -> tuple[Outcome, str]:
    """What became of a parcel to several phones of one person: one that took it is enough."""
    order = ("sent", "later", "alarm", "refused", "gone")
    answers = list(became)
    to, best = min(answers, key=lambda one: order.index(one[1].state))
    unanswered = not best.is_sent and any(outcome.lost for _to, outcome in answers)
    return replace(best, lost=unanswered), to.who
