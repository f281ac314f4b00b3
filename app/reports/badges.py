"""What stands beside a name: health code, arrival label, class of elder. Never one for another."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.domain.cases import KINDS, Case
from app.lib.db import session
from app.policy.labels import ARRIVAL_LABELS, HEALTH_CODES
from app.policy.rulebook import RULES, NoRule


@dataclass(frozen=True, slots=True)
class Badge:
    """`system` is "code", "label" or "elder"; `tone` its colour within that system."""

    system: str
    words: str
    tone: str
    case_id: int


def badges_of(resident_ids: Iterable[int]) -> dict[int, list[Badge]]:
    """The badges of each resident, in one query; nobody without an open case is in it."""
    rows = select(Case).where(Case.resident_id.in_(set(resident_ids)), Case.closed_at.is_(None))
    found = defaultdict(list)
    for case in session.scalars(rows.order_by(Case.kind.desc())):
        found[case.resident_id].append(badge(case))
    return found


def badge(case: Case) -> Badge:
    """The badge of one open case."""
    if case.kind == "yellow":
        colour = "red" if case.stage == "positive" else "yellow"
        return Badge("code", HEALTH_CODES[colour], colour, case.id)
    if case.kind == "returnee" and case.label in ARRIVAL_LABELS:
        return Badge("label", ARRIVAL_LABELS[case.label], case.label, case.id)
    if case.kind == "elder":
        return Badge("elder", reason_words(case), "elder", case.id)
    return Badge("label", KINDS[case.kind], "grey", case.id)


def reason_words(case: Case) -> str:
    """The reason of a case in the words of its rule."""
    try:
        return RULES.by_id(case.rule).words
    except NoRule:
        return KINDS[case.kind]
