"""The ways out that this installation has: each channel as the post room needs it.

A channel knows how a parcel travels; here it is told whose address is whose, and read from
the database what it needs while the transaction is still open.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from time import monotonic

from app.domain import robots as domain
from app.domain import subscriptions
from app.domain.people import User
from app.lib import clock
from app.lib.db import session
from app.lib.words import N_
from app.notify.channels import Outcome, push, robots, webhook
from app.notify.ways import Address, Envelope, Ways

# Robots and the gateway are asked so many at a time, and no longer than these seconds in a round:
# whoever is slow must not outlast the lease (app/notify/post_room.py), or another sends it again.
AT_ONCE, LONGEST = 8, 20
LONGEST_SILENCE = 24 * 3600  # seconds for which a push service is believed that it wants none
SLOW = Outcome("later", N_("前面的还没发完，稍后再发。"))


class PushWay:
    """Web push, to every phone of a person that asked for it."""

    def addresses(self, people: Iterable[User], *, at: datetime) -> dict[int, list[Address]]:
        found = defaultdict(list)
        for row in subscriptions.reaching((person.id for person in people), at=at):
            found[row.user_id].append(
                Address(f"subscription:{row.id}", row.address, silent_until=row.silent_until)
            )
        return found

    def wait(self, addresses: Sequence[Address], *, at: datetime) -> int:
        return 0

    def carry(self, envelopes: Sequence[Envelope]) -> list[Outcome]:
        return push.carry((one.address.what, one.parcel) for one in envelopes)

    def hear(self, became: Sequence[tuple[Address, Outcome]]) -> None:
        """Those that are gone are forgotten; one that asked to wait is left alone for so long."""
        gone, now = [], clock.now()
        for address, outcome in became:
            number = int(address.who.partition(":")[2])
            if outcome.state == "gone":
                gone.append(number)
            elif outcome.state == "later" and outcome.retry_after:
                seconds = min(outcome.retry_after, LONGEST_SILENCE)
                subscriptions.keep_silent([number], now + timedelta(seconds=seconds))
        subscriptions.drop_dead(gone)


class RobotWay:
    """The robots of her community's work groups; all of a community get one parcel together."""

    def addresses(self, people: Iterable[User], *, at: datetime) -> dict[int, list[Address]]:
        found, speaking = {}, cache(_speaking_in)
        for person in people:
            robots = speaking(person.community.id, at) if person.community else ()
            found[person.id] = [replace(one, mention=person.phone or "") for one in robots]
        return found

    def wait(self, addresses: Sequence[Address], *, at: datetime) -> int:
        waits = [robot.take(at=at) for one in addresses if (robot := _robot_of(one))]
        return max(waits, default=0)

    def carry(self, envelopes: Sequence[Envelope]) -> list[Outcome]:
        def carry(one: Envelope) -> Outcome:
            return robots.carry(one.address.what, one.parcel, one.mentions)

        return _in_time(carry, envelopes)

    def hear(self, became: Sequence[tuple[Address, Outcome]]) -> None:
        """What its owner must mend stands beside a robot until it speaks again."""
        for address, outcome in became:
            robot, now = _robot_of(address), clock.now()
            if robot is None:
                continue
            if outcome.state == "later":
                robot.keep_silent(outcome.retry_after or 0, at=now)
            elif outcome.state == "gone":
                robot.is_lost(outcome.why, at=now)
            else:
                robot.answered(outcome.why, at=now)


class SmsWay:
    """The operator's SMS gateway, to whoever has a mobile number."""

    def addresses(self, people: Iterable[User], *, at: datetime) -> dict[int, list[Address]]:
        if not webhook.is_set():
            return {}
        phones = ((person.id, person.phone) for person in people)
        return {who: [Address(f"sms:{who}", phone)] for who, phone in phones if phone}

    def wait(self, addresses: Sequence[Address], *, at: datetime) -> int:
        return 0

    def carry(self, envelopes: Sequence[Envelope]) -> list[Outcome]:
        return _in_time(lambda one: webhook.carry(one.address.what, one.parcel), envelopes)

    def hear(self, became: Sequence[tuple[Address, Outcome]]) -> None:
        """A gateway never says that a number is gone."""


WAYS: Ways = {"push": PushWay(), "robot": RobotWay(), "sms": SmsWay()}


def ways() -> Ways:
    """Each way by its name; in the app everybody is reached without one."""
    return WAYS


def _in_time(carry: Callable[[Envelope], Outcome], envelopes: Sequence[Envelope]) -> list[Outcome]:
    """Hand them over, some at a time; those whose turn does not come in time go later."""
    end = monotonic() + LONGEST

    def handed_over(one: Envelope) -> Outcome:
        return carry(one) if monotonic() < end else SLOW

    with ThreadPoolExecutor(AT_ONCE) as hands:
        return list(hands.map(handed_over, envelopes))


def _speaking_in(community_id: int, at: datetime) -> list[Address]:
    """Its robots; one that was told to be silent only where there is no other."""
    speaking = domain.speaking_in(community_id)
    free = [one for one in speaking if not one.is_silent(at)]
    return [Address(f"robot:{one.id}", one.plain) for one in free or speaking]


def _robot_of(address: Address) -> domain.Robot | None:
    return session.get(domain.Robot, int(address.who.partition(":")[2]))
