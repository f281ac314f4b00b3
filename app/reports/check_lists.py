"""The lists of the day and how far they are: to do, answered, refused, not reached, uploaded.

A list counts people, not rows: who stands on it twice is one. The same condition makes a
number and the rows behind it, so that they cannot differ.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, text

from app.domain.check import Check
from app.domain.lists import clock_of_list
from app.domain.people import workers_of
from app.domain.places import Area
from app.domain.pushed import ListRow, PushedList
from app.lib import clock
from app.lib.db import session
from app.lib.words import N_
from app.policy.checks import Clock
from app.policy.rulebook import RULES
from app.reports.check_uploads import uploaded

STATES = {
    "todo": N_("待核"),
    "done": N_("已核"),
    "refused": N_("拒答"),
    "unreachable": N_("联系不上"),
}
# Counted beside them: part of what is done.
ALL, UPLOADED = "all", "uploaded"
SHOWN = STATES | {UPLOADED: N_("已上传"), ALL: N_("全部")}
NOWHERE = "none"


@dataclass(frozen=True, slots=True)
class Numbers:
    """People by state; `total` is all of them."""

    by_state: Mapping[str, int] = field(default_factory=dict)

    def of(self, state: str) -> int:
        if state == ALL:
            return sum(self.by_state.get(one, 0) for one in STATES)
        return self.by_state.get(state, 0)


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list with its clock and its numbers, in all and by grid."""

    list: PushedList
    clock: Clock
    numbers: Numbers
    by_grid: Mapping[int | None, Numbers]

    @property
    def is_over(self) -> bool:
        return not self.numbers.of("todo")


@dataclass(frozen=True, slots=True)
class GridLine:
    """One grid of a list, or of all; `grid` is None for what lies in none."""

    grid: Area | None
    workers: list[str]
    numbers: Numbers

    @property
    def code(self) -> str:
        return self.grid.code if self.grid else NOWHERE


def lists_of_today(community: Area, now: datetime) -> list[ListLine]:
    """Lists that came today, and older ones somebody on which is not done; the first due first."""
    lines = _lines(_todays(community, now))
    return sorted((line for line in lines if line.numbers.of(ALL)), key=lambda line: line.is_over)


def list_line(list_: PushedList) -> ListLine:
    """One list alone."""
    return _lines([list_])[0]


def sums_of(community: Area, now: datetime) -> tuple[Numbers, dict[int | None, Numbers]]:
    """Everybody on the lists of today, each once: in all, and by grid."""
    lists = [one.id for one in _todays(community, now)]
    rows = _numbers(Check.grid_id).where(Check.id.in_(_on(lists)))
    by_grid = {grid: Numbers(dict(one)) for (grid,), one in _read(rows).items()}
    return _together(by_grid.values()), by_grid


def grid_lines(community: Area, by_grid: Mapping[int | None, Numbers]) -> list[GridLine]:
    """A line for each grid, and one for what lies in none."""
    grids = community.under("grid")
    workers: dict[int, list[str]] = defaultdict(list)
    for grid_id, user in workers_of([grid.id for grid in grids], clock.today()):
        workers[grid_id].append(user.name)
    lines = [GridLine(grid, workers[grid.id], by_grid.get(grid.id, Numbers())) for grid in grids]
    strays = [n for grid_id, n in by_grid.items() if grid_id not in {grid.id for grid in grids}]
    return lines + [GridLine(None, [], one) for one in strays]


def rows_behind(
    community: Area,
    state: str,
    *,
    list_: PushedList | None = None,
    grid: Area | None = None,
    unplaced: bool = False,
) -> Select:
    """The people that a number counts: of one list or of today's, of one grid or of all."""
    lists = [list_.id] if list_ else [one.id for one in _todays(community, clock.now())]
    rows = select(Check).where(Check.community_id == community.id, Check.id.in_(_on(lists)))
    if grid or unplaced:
        rows = rows.where(Check.grid_id == grid.id if grid else Check.grid_id.is_(None))
    return rows.where(_is(state))


def _todays(community: Area, now: datetime) -> list[PushedList]:
    open_ones = select(ListRow.list_id).join(Check, Check.id == ListRow.check_id)
    open_ones = open_ones.where(Check.community_id == community.id, Check.state == "open")
    came = PushedList.received_at >= clock.at(clock.local_day(now))
    wanted = select(PushedList).where(PushedList.community_id == community.id)
    wanted = wanted.where(PushedList.undone_at.is_(None), or_(came, PushedList.id.in_(open_ones)))
    return list(session.scalars(wanted.order_by(PushedList.due_at, PushedList.id)))


def _lines(lists: list[PushedList]) -> list[ListLine]:
    rows = _numbers(ListRow.list_id, Check.grid_id).join(ListRow, ListRow.check_id == Check.id)
    rows = rows.where(ListRow.list_id.in_([one.id for one in lists]), ListRow.state != "undone")
    by_list: dict[int, dict[int | None, Numbers]] = defaultdict(dict)
    for (list_id, grid), numbers in _read(rows).items():
        by_list[list_id][grid] = Numbers(dict(numbers))
    return [
        ListLine(one, clock_of_list(one), _together(by_list[one.id].values()), by_list[one.id])
        for one in lists
    ]


def _on(list_ids: list[int]) -> Select:
    """The checks that lists ask for."""
    rows = select(ListRow.check_id).where(ListRow.list_id.in_(list_ids), ListRow.state != "undone")
    return rows.where(ListRow.check_id.is_not(None))


def _numbers(*by: Any) -> Select:
    """How many people stand where, and how many of them are uploaded; each counts once."""
    # by a name of its own: PostgreSQL does not see that two cases with parameters are one
    stands = case(*((_is(one), one) for one in STATES), else_="").label("stands")
    up = case((uploaded(), Check.id))
    rows = select(*by, stands, func.count(Check.id.distinct()), func.count(up.distinct()))
    rows = rows.select_from(Check).where(Check.state != "withdrawn")
    return rows.group_by(*by, text("stands"))


def _read(rows: Select) -> dict[tuple, dict[str, int]]:
    found: dict[tuple, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for *by, stands, n, up in session.execute(rows):
        found[tuple(by)][stands] += n
        found[tuple(by)][UPLOADED] += up
    return found


def _together(many: Iterable[Numbers]) -> Numbers:
    together: dict[str, int] = defaultdict(int)
    for numbers in many:
        for state, n in numbers.by_state.items():
            together[state] += n
    return Numbers(dict(together))


def _is(state: str) -> ColumnElement[bool]:
    """The condition that somebody counts under a state."""
    open_ones, done = Check.state == "open", Check.state == "done"
    missed = Check.outcome.in_(outcomes("unreachable"))
    conditions = {
        "todo": and_(open_ones, Check.tries == 0),
        "unreachable": or_(and_(open_ones, Check.tries > 0), and_(done, missed)),
        "refused": and_(done, Check.outcome.in_(outcomes("refused"))),
        "done": and_(done, Check.outcome.not_in(outcomes("refused") + outcomes("unreachable"))),
        UPLOADED: and_(done, uploaded()),
        ALL: or_(open_ones, done),
    }
    return conditions[state]


@cache
def outcomes(counts: str) -> tuple[str, ...]:
    """The outcomes that count under a state, by the rules of any day."""
    rules = (rule for rule in RULES.entries if rule.kind == "answer")
    return tuple({rule.key: None for rule in rules if rule.params.counts == counts})
