"""How many were open at the end of each of the last days: what the picture on a board draws."""

from datetime import date, timedelta

from sqlalchemy import and_, func, or_, select

from app.domain.cases import Case
from app.lib import clock
from app.lib.db import session
from app.reports.case_counts import open_at
from app.reports.counter import Asked

FORTNIGHT = 14
KINDS = ("yellow", "returnee")

Points = list[tuple[date, int]]


def trend(asked: Asked, days: int = FORTNIGHT) -> dict[str, Points]:
    """Open yellow codes and returnees by day, oldest first; the last point is the moment itself."""
    dates = [asked.day - timedelta(days=back) for back in range(days - 1, -1, -1)]
    moments = [min(clock.end_of(day), asked.at) for day in dates]
    counts = [func.count().filter(and_(*open_at(moment))) for moment in moments]
    wanted = select(Case.kind, *counts).where(asked.here(Case), Case.kind.in_(KINDS))
    wanted = wanted.where(or_(Case.closed_at.is_(None), Case.closed_at > moments[0]))
    found = {kind: numbers for kind, *numbers in session.execute(wanted.group_by(Case.kind))}
    nothing = [0] * days
    return {kind: list(zip(dates, found.get(kind, nothing), strict=True)) for kind in KINDS}
