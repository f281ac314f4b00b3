"""The ways out of the house, in the order in which they are tried.

A way knows whom it reaches, as addresses (a phone, a robot of a community), and hands
parcels over. It tells the post room what became of each and decides nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from app.domain.people import User
from app.notify.channels import Outcome, Parcel

IN_ORDER = ("push", "robot", "sms")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a parcel goes. People with the same address get one parcel together.

    `who` names it for the list of deliveries, e.g. ``subscription:7``; `what` is what the
    way itself needs, read before the transaction ends; `mention`: whom a robot calls;
    `silent_until`: when it may be used again where it asked to wait.
    """

    who: str
    what: Any = field(hash=False, compare=False, default=None)
    mention: str = field(compare=False, default="")
    silent_until: datetime | None = field(compare=False, default=None)


@dataclass(frozen=True, slots=True)
class Envelope:
    """One parcel to one address, and whom the address's group is to look up."""

    address: Address
    parcel: Parcel
    mentions: tuple[str, ...] = ()


class Way(Protocol):
    """One way out."""

    def addresses(self, people: Iterable[User], *, at: datetime) -> Mapping[int, Sequence[Address]]:
        """Where each of them is reached, by her id; nobody who is not reached this way."""

    def wait(self, addresses: Sequence[Address], *, at: datetime) -> int:
        """Seconds until one more parcel may go there; 0: it goes now, and is counted."""

    def carry(self, envelopes: Sequence[Envelope]) -> list[Outcome]:
        """Hand them over, outside any transaction; what became of each, in their order."""

    def hear(self, became: Sequence[tuple[Address, Outcome]]) -> None:
        """What became of what was carried: nothing is sent any more to an address that is gone."""


Ways = Mapping[str, Way]
