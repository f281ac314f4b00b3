"""The ways out of the house: one file is one way; it takes a parcel and says what became of it.

A parcel is read on lock screens and in groups of hundreds: it says how much there is and
where, never a name, an address or a colour. Nothing here knows messages, retries or quiet
hours, and nothing here writes to the database: who hands a parcel over does both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

URGENCIES = ("normal", "high", "urgent")


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way out. A later one of the same `topic` takes the place of an earlier.

    `path` is where a tap leads, on our own site. `seconds_worth`: after so long nobody need
    be told any more. `deeds`: buttons on the notification, where the platform has them, as key
    (``done``, ``later``) and words. `entry` is what ``done`` writes down by itself, as the form
    of a page would (user, kind, subject, fields, label); without it that button opens `path`.
    By `token` a phone says that it has shown the parcel; nobody else knows it.
    """

    topic: str
    title: str
    body: str
    path: str
    urgency: str = "normal"
    seconds_worth: int = 86_400
    count: int = 1
    deeds: tuple[tuple[str, str], ...] = ()
    entry: Mapping[str, Any] | None = field(default=None, hash=False)
    token: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel. `why` is a sentence for a director (Chinese, marked with N_).

    sent: the service has taken it. later: ask again, not before `retry_after` seconds.
    gone: this address is dead, forget it. refused: this parcel never arrives that way.
    alarm: our own key or setting is wrong, and every other parcel fares alike. `lost`: it was
    handed over and nobody has answered, so that it may have arrived all the same.
    """

    state: str
    why: str = ""
    retry_after: int | None = None
    lost: bool = False

    @property
    def is_sent(self) -> bool:
        return self.state == "sent"
