"""A community's checklist of one day, grid by grid: due, done, late, not reached, left from before.

Every number is a counter (app/reports/counters.py); `behind` is the same
counter's rows. A record that comes days later counts on the day it tells of, so
a past day is counted anew each time it is looked at.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select

from app.domain.people import workers_of
from app.domain.places import Area
from app.lib.words import N_
from app.reports.counters import Tally, asked, rows, tally

# What a list can show → its words and the counter that says which rows.
TASK_LISTS = {
    "due": (N_("应办"), "tasks_due_today"),
    "done": (N_("已办"), "tasks_done_today"),
    "left": (N_("未办"), "tasks_left_today"),
    "late": (N_("超时"), "tasks_late"),
    "not_reached": (N_("未联系上"), "not_reached"),
    "brought": (N_("往日遗留"), "tasks_brought_over"),
    "carried": (N_("结转"), "tasks_carried"),
}
RECORD_LISTS = {
    "to_check": (N_("待审"), "records_to_check"),
    "records": (N_("登记"), "records_today"),
    "late_records": (N_("迟报"), "late_records"),
}
LISTS = TASK_LISTS | RECORD_LISTS
# In place of a grid's code: the whole community, and what lies in none of its grids.
WHOLE, UNPLACED = "all", "none"


@dataclass(frozen=True, slots=True)
class GridDay:
    """One grid's numbers by list name; `grid` is None for what lies in no grid."""

    grid: Area | None
    workers: tuple[str, ...]
    numbers: dict[str, int]

    @property
    def code(self) -> str:
        return self.grid.code if self.grid else UNPLACED


@dataclass(frozen=True, slots=True)
class Checklist:
    """The day of a community: a row per grid, and the sums of them."""

    day: date
    grids: list[GridDay]
    sums: dict[str, int]


def checklist(community: Area, day: date) -> Checklist:
    """The numbers of every grid on a day, in two queries."""
    counted = tally([(asked(community, day), [name for _words, name in LISTS.values()])])
    grids = community.under("grid")
    workers = workers_of([grid.id for grid in grids], day)
    lines = [
        GridDay(
            grid,
            tuple(user.name for grid_id, user in workers if grid_id == grid.id),
            {show: counted.at(grid.id, name, day) for show, (_words, name) in LISTS.items()},
        )
        for grid in grids
    ]
    known = {grid.id for grid in grids}
    sums = {show: counted.total(name, day) for show, (_words, name) in LISTS.items()}
    return Checklist(day, lines + _in_no_grid(counted, day, known), sums)


def behind(show: str, place: Area, day: date, *, unplaced: bool = False) -> Select:
    """The rows that a number of the checklist counts, at a grid or a whole community."""
    return rows(LISTS[show][1], asked(place, day, unplaced=unplaced))


def _in_no_grid(counted: Tally, day: date, known: set[int]) -> list[GridDay]:
    strays = counted.places() - known
    numbers = {
        show: sum(counted.at(place, name, day) for place in strays)
        for show, (_words, name) in LISTS.items()
    }
    return [GridDay(None, (), numbers)] if any(numbers.values()) else []
