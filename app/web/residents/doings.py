"""Which records can be made about somebody now: what her open cases ask for, and what may begin."""

from collections.abc import Iterable

from app.intake.kind import Kind
from app.policy.permissions import Permission as P
from app.policy.permissions import may
from app.reports.episodes import Episode
from app.web.records.menu import offered_to


def kinds_about(episodes: Iterable[Episode], role: str) -> list[Kind]:
    """The kinds to offer on a person's page, those of her open cases first."""
    open_ones = [episode.case for episode in episodes if episode.case.is_open]
    under = {case.kind for case in open_ones}
    allowed = offered_to(role)
    if not any(case.may_close for case in open_ones) and not may(role, P.MANAGE_CASES):
        allowed = [kind for kind in allowed if kind.key != "release"]
    hers = [kind for kind in allowed if kind.about == "case" and under & set(kind.case_kinds)]
    new = [kind for kind in allowed if kind.about == "resident" and kind.opens not in under]
    return hers + new + [kind for kind in allowed if kind.any_grid]
