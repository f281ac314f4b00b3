"""The daily report of a place: a community or one of its grids, in its own wording or in ours."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import load_only

from app.domain.people import workers_of
from app.domain.places import Area
from app.domain.records import Record, standing
from app.domain.report_wordings import wording_of
from app.domain.tasks import Task
from app.lib.db import session
from app.reports.counters import asked, tally
from app.reports.daily_report import SUMS, hands_of
from app.reports.report_fields import STANDARD, Told, worded

# The columns of the table per grid, by the fields that they say.
COLUMNS = (
    "黄码在管", "黄码新增", "转绿", "返回在管", "今日抵达", "解除管控", "应访老人", "已访老人",
    "事件在办", "应办", "已办", "超时", "登记条数",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayReport:
    """All that is told of a day: of the community, and of each of its grids by its code."""

    whole: Told
    grids: dict[str, Told]

    def of(self, code: str) -> Told:
        """One grid's; the community's for no code. KeyError for a grid that is not there."""
        return self.grids[code] if code else self.whole


def report_of_day(community: Area, day: date, *, city: str, note: str, at: datetime) -> DayReport:
    """The sums, hands and what was carried over, as the records tell them now."""
    counted = tally([(asked(community, day), SUMS)])
    grids, hands = community.under("grid"), hands_of(community, day)
    carried, recorded = _carried(community, day), _recorded(community, day)
    workers = defaultdict(list)
    for grid_id, user in workers_of([grid.id for grid in grids], day):
        workers[grid_id].append(user.id)
    whole = Told(
        community.name,
        "",
        day,
        at,
        {name: counted.total(name, day) for name in SUMS},
        hands.workers,
        hands.recorded,
        [pair for pairs in carried.values() for pair in pairs],
        city,
        note,
    )
    of_grid = {
        grid.code: replace(
            whole,
            grid=grid.name,
            sums={name: counted.at(grid.id, name, day) for name in SUMS},
            workers=len(workers[grid.id]),
            recorded=recorded.get(grid.id, 0),
            carry=carried[grid.id],
            note="",
        )
        for grid in grids
    }
    return DayReport(whole, of_grid)


def text_of(kind: str, told: Told, community: Area) -> str:
    """The report or the message in the community's wording; in ours where it has none."""
    own = wording_of(community, kind)
    return worded(own.words if own else STANDARD[kind], told)


def table_of(report: DayReport) -> Iterable[tuple[str, list[str]]]:
    """A line per grid and the whole below them: its name, then the numbers of COLUMNS."""
    told = [*report.grids.values(), report.whole]
    for one in told:
        values = one.values()
        yield one.grid or "合计", [values[name] for name in COLUMNS]


def _carried(community: Area, day: date) -> dict[int | None, list[tuple[Task, str]]]:
    """What was left of a day and went on, by grid, with the reasons."""
    found: dict[int | None, list[tuple[Task, str]]] = defaultdict(list)
    left = select(Task).where(Task.community_id == community.id, Task.carried_from == day)
    for task in session.scalars(left.options(load_only(Task.grid_id, Task.carried_why))):
        found[task.grid_id].append((task, task.carried_why))
    return found


def _recorded(community: Area, day: date) -> dict[int | None, int]:
    """How many people recorded something in each grid."""
    told = select(Record.grid_id, func.count(func.distinct(Record.by_id)))
    told = told.where(Record.community_id == community.id, Record.day == day, standing())
    return dict(session.execute(told.group_by(Record.grid_id)).all())
