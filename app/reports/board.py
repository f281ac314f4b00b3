"""The director's board: today's sums beside yesterday's, a row per grid, a fortnight's trend."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.domain import regime
from app.domain.days import closing_of
from app.domain.people import workers_of
from app.domain.places import Area, Household
from app.domain.regime import SITUATIONS
from app.lib.db import session
from app.policy.rulebook import RULES
from app.reports.counters import Asked, Tally, asked, tally
from app.reports.needs import NEED_COUNTERS, Need, needs
from app.reports.trend import Points, trend

SHOWN = (
    "yellow_open",
    "yellow_new_today",
    "yellow_ready",
    "returnee_open",
    "returnee_arrived_today",
    "returnee_abroad",
    "returnee_other_province",
    "elder_roll",
    "elder_to_see_today",
    "elder_seen_today",
    "tasks_due_today",
    "tasks_done_today",
    "tasks_late",
    "incidents_open",
    "incidents_new_today",
    "records_today",
)
BESIDE = (
    "yellow_open",
    "returnee_open",
    "elder_to_see_today",
    "elder_seen_today",
    "tasks_due_today",
    "tasks_done_today",
    "incidents_open",
    "records_today",
    "late_records",
)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One grid and who works it; `grid` is None for what lies in no grid."""

    grid: Area | None
    workers: list[str]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board shows of one community."""

    community: Area
    today: date
    yesterday: date
    tally: Tally
    grids: list[GridRow]
    needs: list[Need]
    trend: dict[str, Points]
    households: int
    edition: str
    situation: str | None

    def now(self, name: str) -> int:
        return self.tally.total(name, self.today)

    def before(self, name: str) -> int:
        """The same number yesterday."""
        return self.tally.total(name, self.yesterday)

    def of(self, row: GridRow, name: str) -> int:
        """A number of one grid; of no grid at all for the last row."""
        if row.grid:
            return self.tally.at(row.grid.id, name, self.today)
        placed = [self.of(other, name) for other in self.grids if other.grid]
        return self.now(name) - sum(placed)

    def trend_points(self, kind: str) -> list[tuple[str, int]]:
        """The picture's points, each day as month and day."""
        return [(f"{day.month}-{day.day}", number) for day, number in self.trend[kind]]


def board(community: Area) -> Board:
    """The board of a community as of now."""
    today = asked(community)
    yesterday = today.the_day_before()
    numbers = tally([(today, {*SHOWN, *NEED_COUNTERS}), (yesterday, BESIDE)])
    grids = community.under("grid")
    situation = regime.situation_now(community, today.day)
    return Board(
        community=community,
        today=today.day,
        yesterday=yesterday.day,
        tally=numbers,
        grids=_rows(grids, today, numbers),
        needs=needs(numbers, today, grids, day_open=_left_open(yesterday, numbers)),
        trend=trend(today),
        households=_households(community),
        edition=RULES.editions[regime.edition_at(community, today.day)].words,
        situation=SITUATIONS[situation.kind] if situation else None,
    )


def _rows(grids: Iterable[Area], today: Asked, numbers: Tally) -> list[GridRow]:
    workers: dict[int, list[str]] = defaultdict(list)
    for grid_id, user in workers_of([grid.id for grid in grids], today.day):
        workers[grid_id].append(user.name)
    rows = [GridRow(grid, workers[grid.id]) for grid in grids]
    nowhere = numbers.places() - {grid.id for grid in grids}
    return [*rows, GridRow(None, [])] if nowhere else rows


def _left_open(yesterday: Asked, numbers: Tally) -> date | None:
    """Yesterday, if something was written down on it and nobody has closed it."""
    lived = numbers.total("records_today", yesterday.day)
    closed = closing_of(yesterday.area.id, yesterday.day) if lived else True
    return None if closed else yesterday.day


def _households(community: Area) -> Any:
    wanted = select(func.count()).select_from(Household)
    return session.scalar(wanted.where(Household.community_id == community.id))
