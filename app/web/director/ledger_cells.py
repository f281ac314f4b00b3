"""A row of a ledger as the cells of a workbook: names and phones masked, no ID number."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.domain.cases import Case
from app.domain.incidents import Incident
from app.domain.places import Household
from app.domain.records import Record
from app.domain.residents import Resident
from app.domain.tasks import Task
from app.lib import clock
from app.lib.words import N_
from app.reports.badges import reason_words
from app.reports.ledger import LedgerPage
from app.reports.needs import incident_kind
from app.web.director.ledger_words import COLUMNS, incident_stage, stage, task
from app.web.records.retelling import kind_words, outcome_words
from app.web.words import translated

PHONE, PEOPLE = N_("电话"), (N_("姓名"), N_("居民"))
Cells = list[str]


def heads_of_cells(key: str) -> Cells:
    """The columns of a ledger as on its page; a phone follows whoever is named."""
    words = [column[0] for column in COLUMNS[key]]
    named = next((place for place, word in enumerate(words, 1) if word in PEOPLE), None)
    heads = words if named is None else [*words[:named], PHONE, *words[named:]]
    return [translated(head) for head in heads]


def cells_of(row: Any, found: LedgerPage, grid_names: Mapping[int, str]) -> Cells:
    """One row, in the order of its columns."""
    return ROWS[found.wanted.ledger.key](row, found, grid_names.get(row.grid_id, ""))


def _case(row: Case, found: LedgerPage, grid: str) -> Cells:
    anchor = row.anchor_at if row.kind == "returnee" else row.opened_at
    times = [_time(anchor), row.ends_on.isoformat() if row.ends_on else ""]
    return [*_case_begins(row, grid), *times, _next_step(row, found)]


def _elder(row: Case, found: LedgerPage, grid: str) -> Cells:
    return [*_case_begins(row, grid), _time(found.contacts.get(row.id)), _next_step(row, found)]


def _case_begins(row: Case, grid: str) -> Cells:
    why, step = translated(reason_words(row)), translated(stage(row))
    return [*_who(row.resident), grid, _door(row.household), why, step]


def _next_step(row: Case, found: LedgerPage) -> str:
    step = found.next_tasks.get(row.id)
    return f"{translated(task(step))} {_time(step.due_at)}" if step else ""


def _task(row: Task, _found: LedgerPage, grid: str) -> Cells:
    how = _("%(time)s 已办", time=_time(row.done_at)) if row.state == "done" else _("未完成")
    place, given = _door(row.household), row.assignee.name if row.assignee else ""
    return [translated(task(row)), *_who(row.resident), grid, place, _time(row.due_at), how, given]


def _record(row: Record, _found: LedgerPage, grid: str) -> Cells:
    what = f"{kind_words(row.kind)} {outcome_words(row.kind, row.outcome)}"
    times = [_time(row.at), _time(row.received_at)]
    return [what.strip(), *_who(row.resident), grid, *times, row.by.name]


def _resident(row: Resident, _found: LedgerPage, grid: str) -> Cells:
    age = row.age_on(clock.today())
    known = [row.relation or "", row.category or ""]
    return [*_who(row), str(age) if age is not None else "", grid, _door(row.household), *known]


def _incident(row: Incident, _found: LedgerPage, grid: str) -> Cells:
    what, step = translated(incident_kind(row)), translated(incident_stage(row))
    times = [_time(row.reported_at), _time(row.due_at) if row.is_open else ""]
    return [what, grid, step, str(row.grade), *times, row.assignee.name if row.assignee else ""]


ROWS: Mapping[str, Callable[[Any, LedgerPage, str], Cells]] = {
    "yellow": _case,
    "returnee": _case,
    "elder": _elder,
    "task": _task,
    "record": _record,
    "resident": _resident,
    "incident": _incident,
}


def _who(person: Resident | None) -> Cells:
    return [person.masked_name, person.masked_phone] if person else ["", ""]


def _door(home: Household | None) -> str:
    return home.address or "" if home else ""


def _time(at: datetime | None) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}" if at else ""
