"""The ways out that this installation has: each channel as the post room needs it.

A channel knows how a parcel travels; here it is told whose address is whose, and read from
the database what it needs while the transaction is still open.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from app.domain import subscriptions
from app.domain.people import User
from app.notify.channels import Outcome, push
from app.notify.ways import Address, Envelope, Ways


class PushWay:
    """Web push, to every phone of a person that asked for it."""

    def addresses(self, people: Iterable[User], *, at: datetime) -> dict[int, list[Address]]:
        found = defaultdict(list)
        for row in subscriptions.reaching((person.id for person in people), at=at):
            found[row.user_id].append(Address(f"subscription:{row.id}", row.address))
        return found

    def carry(self, envelopes: Sequence[Envelope]) -> list[Outcome]:
        return push.carry((one.address.what, one.parcel) for one in envelopes)

    def forget(self, gone: Sequence[Address]) -> None:
        subscriptions.drop_dead(int(one.who.partition(":")[2]) for one in gone)


WAYS: Ways = {"push": PushWay()}


def ways() -> Ways:
    """Each way by its name; in the app everybody is reached without one."""
    return WAYS
