"""A situation begins or ends over a place, and its elders' visits are planned again at once."""

from datetime import datetime

from app.domain import plan, regime
from app.domain.people import User
from app.domain.places import Area
from app.domain.regime import DeclaredSituation


def begin(area: Area, kind: str, *, by: User, at: datetime) -> int:
    """Declare a situation over `area` from today on; how many elders are visited anew."""
    regime.declare(area, kind, by=by, at=at)
    return plan.revise_elders(area, by=by, at=at)


def end(situation: DeclaredSituation, *, by: User, at: datetime) -> int:
    """End a situation with today as its last day; how many elders were planned again."""
    regime.end_situation(situation, by=by, at=at)
    return plan.revise_elders(situation.area, by=by, at=at)
