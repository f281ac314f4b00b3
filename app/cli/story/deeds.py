"""What the people of the story do, each deed through the same doors as in real life."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from app.domain.people import User
from app.domain.records import Record
from app.intake.accept import Entry, accept
from app.lib import clock
from app.lib.refusal import Refused


@dataclass
class Hand:
    """Writes entries with ids that come from the story's dice, so that two tellings are alike."""

    dice: Random

    def write(
        self,
        kind: str,
        /,
        *,
        by: User,
        at: datetime,
        subject: dict[str, Any],
        reached: datetime | None = None,
        **fields: Any,
    ) -> Record:
        """Record something as `by` did it at `at`; it reached us then, or later at `reached`."""
        entry = Entry(self._id(at), kind, at, subject, fields, via="phone")
        with clock.stopped_at(reached or at):
            return accept(entry, by=by, at=reached or at)

    def write_if_allowed(self, kind: str, /, **told: Any) -> Record | None:
        """The same, where the rules may say no (a case not yet ripe for its end)."""
        try:
            return self.write(kind, **told)
        except Refused:
            return None

    def _id(self, at: datetime) -> UUID:
        milliseconds = int(at.timestamp() * 1000)
        tail = self.dice.getrandbits(74)
        high, low = tail >> 62, tail & ((1 << 62) - 1)
        return UUID(int=(milliseconds << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | low)
