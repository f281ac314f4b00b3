"""Sorting what is due into parcels: several messages to one person are one parcel.

Urgent ones travel apart and wait for nobody. Others wait in the quiet hours, and for a few
minutes after something has just gone out, so that what comes meanwhile is told at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from app.domain.messages import Delivery, Message, PostBox
from app.domain.people import User
from app.lib.db import session
from app.lib.ids import new_token
from app.notify import buttons, rules, wording
from app.notify.channels import URGENCIES, Parcel
from app.notify.choosing import (
    GONE,
    Post,
    left_behind,
    next_way,
    patience,
    to_be_repeated,
    why_given_up,
)
from app.notify.registry import KINDS
from app.notify.ways import Address, Envelope, Ways

LIST = "/messages"


@dataclass(slots=True)
class Batch:
    """The messages that travel as one parcel by one way; `mentions`: whom a robot calls."""

    way: str
    addresses: tuple[Address, ...]
    messages: list[Message] = field(default_factory=list)
    mentions: set[str] = field(default_factory=set)

    def take(self, message: Message, addresses: Iterable[Address]) -> None:
        self.messages.append(message)
        self.mentions |= {address.mention for address in addresses if address.mention}


@dataclass(frozen=True, slots=True)
class Packed:
    """A batch as it leaves the transaction: its id, its way, one envelope per address."""

    id: UUID
    way: str
    envelopes: tuple[Envelope, ...]


def addresses_of(people: Sequence[User], ways: Ways, *, at: datetime) -> dict[int, Post]:
    """Where each person is reached by each way."""
    found = {name: way.addresses(people, at=at) for name, way in ways.items()}
    return {
        person.id: Post({name: by_id.get(person.id, ()) for name, by_id in found.items()})
        for person in people
    }


def sort(
    messages: Iterable[Message],
    boxes: dict[int, PostBox],
    posts: dict[int, Post],
    *,
    at: datetime,
) -> list[Batch]:
    """The batches that go out now; what waits is told when to be looked at again."""
    batches: dict[tuple, Batch] = {}
    busy = _asked_to_wait(posts, at=at)
    for message in messages:
        box, post = boxes[message.person_id], posts[message.person_id]
        if wait_until := _waits(message, box, post, busy.get(message.person_id), at=at):
            message.look_again(wait_until, at=at)
        elif way := _way_of(message, post, at=at):
            addresses = post.by(way, at=at)
            key = (way, addresses, message.urgency == "urgent")
            batches.setdefault(key, Batch(way, addresses)).take(message, addresses)
        else:
            give_up(message, post, at=at)
    return list(batches.values())


def give_up(message: Message, post: Post, *, at: datetime) -> None:
    """No way is left: she may still find it in the app for a while, then her director sees it."""
    if KINDS[message.kind].passes:
        message.look_again(message.tell_until, at=at)
    elif until := patience(message, at=at):
        message.look_again(until, at=at)
    else:
        message.give_up(why_given_up(message, post), at=at)


def seal(batch: Batch, lease: UUID, *, at: datetime) -> Packed:
    """Note every message of a batch as under way, and write what its parcel says."""
    batch_id = new_token()
    for message in batch.messages:
        delivery = _delivery(message, batch.way)
        delivery.state, delivery.batch, delivery.lease = "leased", batch_id, lease
        delivery.attempts += 1
    parcel = _parcel(batch, batch_id, at=at)
    mentions = tuple(sorted(batch.mentions))
    envelopes = (Envelope(address, parcel, mentions) for address in batch.addresses)
    return Packed(batch_id, batch.way, tuple(envelopes))


def _waits(
    message: Message, box: PostBox, post: Post, busy: datetime | None, *, at: datetime
) -> datetime | None:
    """Until when it is better to keep still about it.

    `busy`: until when another message waits for her phone. A phone that wants to be left alone
    for longer than this one may wait is passed over (choosing.next_way).
    """
    area = message.person.area
    rule = rules.telling(message.urgency, area, at=at)
    if rule.quiet and (morning := rules.quiet_until(box, area, at=at)):
        return morning
    ready = message.made_at + timedelta(minutes=rule.in_app_min)
    if box.rang_at and box.rang_at <= at and not any(message.deliveries):
        ready = max(ready, box.rang_at + timedelta(minutes=rule.gather_min))
    if message.urgency != "urgent" and not any(message.deliveries):
        silent = post.silent_until("push", at=at)
        in_time = silent and silent <= message.made_at + rules.waits_after("push", rule)
        ready = max(ready, busy or ready, silent if in_time else ready)
    return ready if ready > at else None


def _asked_to_wait(person_ids: Iterable[int], *, at: datetime) -> dict[int, datetime]:
    """Whose phone is busy, and until when: what comes meanwhile goes with what waits for it."""
    rows = select(Message.person_id, func.max(Message.next_at)).join(Message.deliveries)
    rows = rows.where(Message.person_id.in_(list(person_ids)), Message.state == "open")
    rows = rows.where(Delivery.state == "later", Delivery.channel == "push", Message.next_at > at)
    return dict(session.execute(rows.group_by(Message.person_id)).all())


def _way_of(message: Message, post: Post, *, at: datetime) -> str | None:
    """The way it goes now: once more where it must be repeated, else the next one."""
    again = left_behind(message) or to_be_repeated(message)
    if again and post.addresses.get(again.channel):
        return again.channel
    if again:
        again.state, again.why = "failed", GONE
    return next_way(message, post, at=at)


def _delivery(message: Message, way: str) -> Delivery:
    found = next((one for one in message.deliveries if one.channel == way), None)
    if found is None:
        found = Delivery(channel=way, attempts=0, lost=0, target="", why="")
        message.deliveries.append(found)
    return found


def _parcel(batch: Batch, batch_id: UUID, *, at: datetime) -> Parcel:
    messages = batch.messages
    people = {message.person_id: message.person for message in messages}
    language = next(iter(people.values())).language if len(people) == 1 else "zh"
    alone = len(messages) == 1
    worth = max(message.tell_until for message in messages) - at
    return Parcel(
        topic=messages[0].uid.hex if alone else "messages",
        title=wording.title_of(messages, language),
        body=wording.body_of(messages, language),
        path=messages[0].path if alone else LIST,
        urgency=max((message.urgency for message in messages), key=URGENCIES.index),
        seconds_worth=max(int(worth.total_seconds()), 60),
        count=len(messages),
        token=batch_id.hex,
        **(buttons.of(messages[0], language) if alone else {}),
    )
