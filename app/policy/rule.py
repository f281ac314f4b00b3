"""One entry of the rulebook: where and when it holds, its numbers, its words, its source."""

from dataclasses import dataclass
from datetime import date

from app.lib.words import Say
from app.policy.params import Params

# An entry that does not depend on the edition in force.
ANY = "any"
COUNTRY = "CN"


class NoRule(LookupError):
    """No entry of the rulebook answers; `say` is the sentence for the reader."""

    def __init__(self, say: Say):
        super().__init__(str(say))
        self.say = say


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of the national rules, with the days it was in force."""

    key: str
    words: str
    meaning: str
    since: date
    until: date | None
    source: str
    confidence: str

    def nearest_day(self, day: date) -> date:
        """`day` if the edition was in force on it, otherwise its first or last day.

        So a place that goes on with an edition, or drills it years later, has the
        rules as they stood on its last day.
        """
        return min(max(day, self.since), self.until or day)


@dataclass(frozen=True, slots=True)
class Rule:
    """A dated entry. Confidence: H official or several sources, M one source, L our own choice."""

    kind: str
    key: str
    edition: str
    jurisdiction: str
    since: date
    until: date | None
    source: str
    confidence: str
    params: Params
    words: str = ""
    meaning: str = ""
    measure: str = ""
    appeal: str = ""

    @property
    def id(self) -> str:
        """The name a task or a case keeps of the rule it comes from."""
        return f"{self.kind}/{self.key}@{self.edition}:{self.jurisdiction}:{self.since}"

    @property
    def area(self) -> str:
        """The jurisdiction as a prefix of the area codes it covers."""
        return "" if self.jurisdiction == COUNTRY else _prefix(self.jurisdiction)

    def covers(self, jurisdiction: str) -> bool:
        return jurisdiction.startswith(self.area)

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Reason:
    """An item of a closed list: why a case may be opened. `rule` is the id of its rule."""

    key: str
    words: str
    meaning: str
    rule: str
    code: str = ""
    label: str = ""


def _prefix(jurisdiction: str) -> str:
    while jurisdiction.endswith("00"):
        jurisdiction = jurisdiction[:-2]
    return jurisdiction
