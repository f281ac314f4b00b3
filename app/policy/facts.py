"""What the rules are told of a case: plain values, without a database behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Situation:
    """Days that are not ordinary: "silent" | "heat" | "storm" | "cold", both days included."""

    kind: str
    begins: date
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One case of kind "yellow", "returnee" or "elder".

    `opened_at` is when it became ours (pushed, reported, put on the roll); `anchor`
    is when the rule's counting starts where that differs (arrival, colouring).
    `reason` is a key of the edition's closed list, `jurisdiction` an area code.
    `end_override` is the director's correction of the end date.
    """

    kind: str
    opened_at: datetime
    reason: str
    edition: str
    jurisdiction: str
    anchor: datetime | None = None
    age: int | None = None
    high_risk: bool = False
    situations: tuple[Situation, ...] = ()
    end_override: date | None = None

    @property
    def counted_from(self) -> datetime:
        return self.anchor or self.opened_at


@dataclass(frozen=True, slots=True)
class RecordFact:
    """One record: `at` is when it happened, `received_at` when it reached us."""

    id: str
    kind: str
    at: datetime
    received_at: datetime
    fields: Mapping[str, Any] = field(default_factory=dict)
    supersedes: str | None = None

    @property
    def outcome(self) -> str:
        return self.fields.get("outcome") or ""
