"""The ways out that this installation has: each channel as the post room needs it.

A channel knows how a parcel travels; here it is told whose address is whose, and read from
the database what it needs while the transaction is still open.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from app.domain import robots as domain
from app.domain import subscriptions
from app.domain.people import User
from app.lib import clock
from app.lib.db import session
from app.notify.channels import Outcome, push, robots, webhook
from app.notify.ways import Address, Envelope, Ways


class PushWay:
    """Web push, to every phone of a person that asked for it."""

    def addresses(self, people: Iterable[User], *, at: datetime) -> dict[int, list[Address]]:
        found = defaultdict(list)
        for row in subscriptions.reaching((person.id for person in people), at=at):
            found[row.user_id].append(Address(f"subscription:{row.id}", row.address))
        return found

    def wait(self, addresses: Sequence[Address], *, at: datetime) -> int:
        return 0

    def carry(self, envelopes: Sequence[Envelope]) -> list[Outcome]:
        return push.carry((one.address.what, one.parcel) for one in envelopes)

    def forget(self, gone: Sequence[Address]) -> None:
        subscriptions.drop_dead(int(one.who.partition(":")[2]) for one in gone)


class RobotWay:
    """The robots of her community's work groups; all of a community get one parcel together."""

    def addresses(self, people: Iterable[User], *, at: datetime) -> dict[int, list[Address]]:
        found, speaking = {}, cache(_speaking_in)
        for person in people:
            robots = speaking(person.community.id) if person.community else ()
            found[person.id] = [replace(one, mention=person.phone or "") for one in robots]
        return found

    def wait(self, addresses: Sequence[Address], *, at: datetime) -> int:
        waits = [robot.take(at=at) for one in addresses if (robot := _robot_of(one))]
        return max(waits, default=0)

    def carry(self, envelopes: Sequence[Envelope]) -> list[Outcome]:
        return [robots.carry(one.address.what, one.parcel, one.mentions) for one in envelopes]

    def forget(self, gone: Sequence[Address]) -> None:
        for one in gone:
            if robot := _robot_of(one):
                robot.is_lost(robots.UNKNOWN, at=clock.now())


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
        return [webhook.carry(one.address.what, one.parcel) for one in envelopes]

    def forget(self, gone: Sequence[Address]) -> None:
        """A gateway never says so."""


WAYS: Ways = {"push": PushWay(), "robot": RobotWay(), "sms": SmsWay()}


def ways() -> Ways:
    """Each way by its name; in the app everybody is reached without one."""
    return WAYS


def _speaking_in(community_id: int) -> list[Address]:
    return [Address(f"robot:{one.id}", one.plain) for one in domain.speaking_in(community_id)]


def _robot_of(address: Address) -> domain.Robot | None:
    return session.get(domain.Robot, int(address.who.partition(":")[2]))
