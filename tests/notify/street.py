"""A way out for tests: who is reached by it, what it carried, and what it answers.

It stands where a push service or a robot would: the post room cannot tell the difference.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.domain.messages import Message
from app.domain.people import User
from app.lib import clock
from app.lib.db import session
from app.notify import post_room
from app.notify.channels import Outcome, Parcel
from app.notify.collecting import collect
from app.notify.post_room import Became, Leased
from app.notify.ways import Address, Envelope, Ways

SENT = Outcome("sent")


class Street:
    """One way. `reaches`: the addresses of each person by her id."""

    def __init__(self, reaches: dict[int, list[str]] | None = None):
        self.reaches = reaches or {}
        self.carried: list[tuple[str, Parcel]] = []
        self.mentioned: list[tuple[str, ...]] = []
        self.answers: dict[str, Outcome] = {}
        self.forgotten: list[str] = []
        self.waits: dict[str, int] = {}

    def addresses(self, people: Iterable[User], *, at) -> dict[int, list[Address]]:
        known = ((one.id, self.reaches.get(one.id, [])) for one in people)
        return {who: [Address(name, mention=f"@{who}") for name in names] for who, names in known}

    def wait(self, addresses: Sequence[Address], *, at) -> int:
        return max((self.waits.get(one.who, 0) for one in addresses), default=0)

    def carry(self, envelopes: Sequence[Envelope]) -> list[Outcome]:
        self.carried += [(one.address.who, one.parcel) for one in envelopes]
        self.mentioned += [one.mentions for one in envelopes]
        return [self.answers.get(one.address.who, SENT) for one in envelopes]

    def hear(self, became: Sequence[tuple[Address, Outcome]]) -> None:
        self.forgotten += [one.who for one, outcome in became if outcome.state == "gone"]
        for names in self.reaches.values():
            names[:] = [name for name in names if name not in self.forgotten]

    @property
    def titles(self) -> list[str]:
        return [parcel.title for _who, parcel in self.carried]


def run(step: Callable[[], Any], *, reading: bool = False) -> Any:
    """A step in a transaction of its own."""
    session.commit()
    done = step()
    session.commit()
    return done


def tell() -> None:
    """Let the news be told."""
    while collect(run):
        pass


def lease(ways: Ways) -> Leased | None:
    return post_room.lease(ways, run)


def mark(leased: Leased, became: Became, ways: Ways) -> int:
    return post_room.mark(leased, became, ways, run)


def a_round(ways: Ways) -> int:
    """The whole post room until nothing is due; how many messages have gone out."""
    tell()
    sent = 0
    for _round in range(50):
        if not (leased := lease(ways)):
            return sent
        sent += mark(leased, post_room.send(ways, leased.packed), ways)
    raise AssertionError("the post room does not come to rest")


def later(**span: float):
    """The clock so much later."""
    return clock.stopped_at(clock.now() + timedelta(**span))


def read_everything() -> None:
    """Whatever there is to tell is told and read."""
    tell()
    for one in session.scalars(select(Message)):
        one.read(at=clock.now())
    session.commit()


def states() -> dict[str, int]:
    """How many messages are in which state."""
    counted: dict[str, int] = {}
    for state in session.scalars(select(Message.state)):
        counted[state] = counted.get(state, 0) + 1
    return counted
