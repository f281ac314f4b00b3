"""One filtered, sorted, paged list of a kind: cases, tasks, records, residents or incidents.

The filters hold nothing of a person, so they may stand in an address; a name is
looked for without one. A counter's name lists exactly the rows of its number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.domain.cases import Case
from app.domain.incidents import Incident
from app.domain.places import Area, Household
from app.domain.records import Record, standing
from app.domain.residents import Resident
from app.domain.tasks import Task
from app.lib.db import session
from app.reports.case_counts import NO_CONTACT
from app.reports.counters import COUNTERS, Asked, asked, rows, tally
from app.reports.ledger_kinds import Ledger
from app.reports.search import fold

PER_PAGE = 50
# Rows of one exported workbook.
MOST_AT_ONCE = 5_000
NO_GRID = "none"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked of a ledger. `chosen` are values of its choices by name."""

    ledger: Ledger
    community: Area
    grid: Area | None = None
    unplaced: bool = False
    counter: str = ""
    day: date | None = None
    state: str = ""
    late: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    name: str = ""

    @property
    def where(self) -> Asked:
        return asked(self.grid or self.community, self.day, unplaced=self.unplaced)


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """One page of rows, how many there are in all, and what a row alone does not say."""

    wanted: Wanted
    rows: list[Any]
    total: int
    next_tasks: dict[int, Task]
    contacts: dict[int, datetime]

    @property
    def pages(self) -> int:
        return max((self.total - 1) // PER_PAGE + 1, 1)

    @property
    def first(self) -> int:
        """The number of the first row shown, counted from one."""
        return (self.wanted.page - 1) * PER_PAGE + 1 if self.rows else 0


def ledger_page(wanted: Wanted) -> LedgerPage:
    """The rows asked for, with the tasks and contacts that stand beside them."""
    return _page_of(wanted, PER_PAGE)


def whole_ledger(wanted: Wanted) -> LedgerPage:
    """All rows asked for, up to MOST_AT_ONCE; `total` says how many there are."""
    return _page_of(replace(wanted, page=1), MOST_AT_ONCE)


def picks(wanted: Wanted) -> list[tuple[str, int]]:
    """The counters whose rows this ledger lists, with their numbers for the place asked for."""
    names = [counter.name for counter in COUNTERS.values() if counter.ledger == wanted.ledger.key]
    here = asked(wanted.grid or wanted.community, unplaced=wanted.unplaced)
    numbers = tally([(here, names)])
    return [(name, numbers.total(name, here.day)) for name in names]


def _page_of(wanted: Wanted, most: int) -> LedgerPage:
    matching = _matching(wanted)
    ids = matching.with_only_columns(wanted.ledger.model.id)
    total = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    shown = _in_order(matching, wanted).limit(most).offset((wanted.page - 1) * most)
    found = list(session.scalars(shown).unique())
    of_cases = [row.id for row in found] if wanted.ledger.model is Case else []
    contacts = _last_contacts(of_cases) if wanted.ledger.key == "elder" else {}
    return LedgerPage(wanted, found, total, _next_tasks(of_cases), contacts)


def _matching(wanted: Wanted) -> Select:
    where, ledger = wanted.where, wanted.ledger
    matching = rows(wanted.counter, where) if wanted.counter else _listed(wanted)
    for choice in ledger.choices:
        if value := wanted.chosen.get(choice.name):
            matching = matching.where(choice.column == value)
    if wanted.late:
        matching = matching.where(ledger.late(where))
    if wanted.name:
        matching = matching.where(ledger.person.in_(_called(wanted)))
    return matching


def _listed(wanted: Wanted) -> Select:
    ledger, where = wanted.ledger, wanted.where
    state = ledger.states.get(wanted.state) or next(iter(ledger.states.values()))
    listed = select(ledger.model).where(where.here(ledger.model), *state)
    return listed.where(Record.day == where.day) if ledger.model is Record else listed


def _called(wanted: Wanted) -> Select:
    """Residents whose name, pinyin or initials hold what was typed."""
    typed = fold(wanted.name)
    spelled = or_(
        Resident.name.contains(typed, autoescape=True),
        Resident.name_pinyin.contains(typed, autoescape=True),
        Resident.name_initials.contains(typed, autoescape=True),
    )
    return select(Resident.id).where(Resident.community_id == wanted.community.id, spelled)


def _in_order(matching: Select, wanted: Wanted) -> Select:
    model, sorts = wanted.ledger.model, wanted.ledger.sorts
    known = wanted.sort.removeprefix("-") in sorts
    sort = wanted.sort if known else wanted.ledger.usual
    column, down = sorts[sort.removeprefix("-")], sort.startswith("-")
    if hasattr(model, "household_id"):
        matching = matching.outerjoin(Household, Household.id == model.household_id)
    matching = matching.outerjoin(Area, Area.id == model.grid_id)
    return _loaded(matching, model).order_by(column.desc() if down else column, model.id)


def _loaded(matching: Select, model: Any) -> Select:
    if model is Resident:
        return matching.options(joinedload(Resident.household), joinedload(Resident.grid))
    if model is Incident:
        return matching.options(joinedload(Incident.grid), joinedload(Incident.assignee))
    if model is Record:
        return matching.options(joinedload(Record.resident), joinedload(Record.by))
    people = selectinload(model.resident), joinedload(model.household)
    return matching.options(*people, joinedload(Case.grid if model is Case else Task.assignee))


def _next_tasks(case_ids: list[int]) -> dict[int, Task]:
    """The open task of each case that is due first."""
    if not case_ids:
        return {}
    wanted = select(Task).where(Task.case_id.in_(case_ids), Task.state == "open")
    latest_first = session.scalars(wanted.order_by(Task.due_at.desc()))
    return {task.case_id: task for task in latest_first}


def _last_contacts(case_ids: list[int]) -> dict[int, datetime]:
    """When each elder was last met or spoken to."""
    if not case_ids:
        return {}
    met = select(Record.case_id, func.max(Record.at)).where(Record.case_id.in_(case_ids))
    met = met.where(Record.kind == "visit", Record.outcome.not_in(NO_CONTACT), standing())
    return {case: at for case, at in session.execute(met.group_by(Record.case_id))}
