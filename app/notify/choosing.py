"""Which way a message goes next: the first one that its person has and that was not tried.

A way was tried when its parcel was taken, when it never will be, or when nobody knows
because whoever sent it died over it, twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.messages import Delivery, Message
from app.lib import clock
from app.lib.words import N_
from app.notify import rules
from app.notify.ways import IN_ORDER, Address

LEFT = N_("这个人已经停用账号，请改派。")
MOVED = N_("这个人已经不在本社区，请改派。")
NO_WAY = N_("没有登记任何提醒方式，也没有在应用里看。")
UNREAD = N_("各种提醒都试过了，还没有看。")
NONE_WENT = N_("提醒都没有发出去，也没有在应用里看。")
TOO_LATE = N_("过了时间也没有看。")
GONE = N_("这个办法现在用不了。")
UNKNOWN = N_("发送时中断，不知道有没有送到。")

# A parcel whose sender died over it, or that nobody answered, goes out once more, and no oftener.
MOST_LOST = 1
# No way is believed that it must be left alone for longer.
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Post:
    """Where a person is reached, by way."""

    addresses: Mapping[str, Sequence[Address]]

    def by(self, way: str, *, at: datetime) -> tuple[Address, ...]:
        """Where she is reached by a way: those that asked to wait only where there is no other."""
        all_of_them = self.addresses.get(way, ())
        return tuple(one for one in all_of_them if not _is_silent(one, at)) or tuple(all_of_them)

    def silent_until(self, way: str, *, at: datetime) -> datetime | None:
        """Until when all of a way asked to be left alone; None where one may be used."""
        ends = [one.silent_until for one in self.addresses.get(way, ()) if _is_silent(one, at)]
        return min(ends) if ends and len(ends) == len(self.addresses[way]) else None


def why_unreachable(message: Message) -> str:
    """Why a message has nobody any more to reach; empty where it has."""
    person = message.person
    if not person.active:
        return LEFT
    here = message.community_id is None or person.area_id == message.community_id
    return "" if here else MOVED


def left_behind(message: Message) -> Delivery | None:
    """The delivery whose sender has died over it: its lease ran out."""
    found = next((one for one in message.deliveries if one.state == "leased"), None)
    if found is None:
        return None
    found.lost += 1
    if found.lost > MOST_LOST:
        found.state, found.why = "failed", UNKNOWN
        return None
    return found


def to_be_repeated(message: Message) -> Delivery | None:
    """The delivery that its way asked to try again later."""
    return next((one for one in message.deliveries if one.state == "later"), None)


def next_way(message: Message, post: Post, *, at: datetime) -> str | None:
    """The next way to try; None when none is left."""
    rule = rules.telling(message.urgency, message.person.area, at=at)
    tried = {one.channel for one in message.deliveries if one.state in ("sent", "failed")}
    for way in IN_ORDER:
        allowed = way != "sms" or rule.sms
        silent = message.urgency != "urgent" and post.silent_until(way, at=at)
        if allowed and way not in tried and post.addresses.get(way) and not silent:
            return way
    return None


def patience(message: Message, *, at: datetime) -> datetime | None:
    """Until when a message with no way left may still be found in the app; None once it is over."""
    rule = rules.telling(message.urgency, message.person.area, at=at)
    if any(one.state == "sent" for one in message.deliveries):
        return None  # the minutes after its last way have passed
    until = message.made_at + timedelta(minutes=rule.push_min)
    return until if until > at else None


def why_given_up(message: Message, post: Post) -> str:
    if not message.deliveries and not any(post.addresses.values()):
        return NO_WAY
    return UNREAD if any(one.state == "sent" for one in message.deliveries) else NONE_WENT


def _is_silent(address: Address, at: datetime) -> bool:
    """Whether it asked to wait; a time that only a clock since set back can have given is over."""
    until = address.silent_until
    return bool(until) and at < until <= at + A_DAY + clock.JUMP
