"""What is known of the rows of a ledger, by the keys of known.py.

Masked, as ledgers leave the house, a row tells what the exported ledger tells:
the masked name and phone, of a number or a birth date only that it is known.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.domain.cases import Case
from app.domain.incidents import STAGES as INCIDENT_STAGES
from app.domain.incidents import Incident
from app.domain.places import Area, Household
from app.domain.records import Record
from app.domain.residents import HONORIFIC_AGE, Resident
from app.domain.tasks import KINDS as TASK_KINDS
from app.domain.tasks import Task
from app.exchange.fill.around import Around, around_of
from app.exchange.fill.asked import AGES
from app.exchange.fill.case_facts import facts_of_case
from app.exchange.fill.case_records import facts_of_said, outcomes_of
from app.exchange.fill.days import local
from app.exchange.fill.known import HIDDEN
from app.intake import KINDS as RECORD_KINDS
from app.lib import clock
from app.reports.ledger import LedgerPage
from app.reports.needs import incident_kind

Facts = dict[str, Any]
CHINESE_ID = 18


def facts_of(found: LedgerPage, grids: Iterable[Area], *, full: bool) -> list[Facts]:
    """The facts of every row, in order; whole names and numbers only if `full`."""
    people = [person_of(row) for row in found.rows]
    around = around_of(found, grids, people, full=full)
    here = _place(found.wanted.community)
    return [
        {"seq": number, **here, **_in_grid(row, around), **_who(person, around)}
        | _ROWS[type(row)](row, around)
        for number, (row, person) in enumerate(zip(found.rows, people, strict=True), start=1)
    ]


def name_in(facts: Facts) -> str | None:
    return facts.get("name")


def numbered(facts: Iterable[Facts]) -> list[Facts]:
    """The same rows with their numbers in this order."""
    return [told | {"seq": number} for number, told in enumerate(facts, start=1)]


def person_of(row: Any) -> Resident | None:
    """Whom a row is about."""
    return row if isinstance(row, Resident) else row.resident


def _place(community: Area) -> Facts:
    levels = {"community": "community", "street": "subdistrict", "district": "district"}
    places = {key: community.up_to(level) for key, level in levels.items()}
    named = {key: place.name for key, place in places.items() if place}
    return named | {"today": clock.today()}


def _in_grid(row: Any, around: Around) -> Facts:
    grid = around.grids.get(row.grid_id)
    if grid is None:
        return {}
    told = {"worker": around.workers.get(grid.id), "worker_phone": around.phones.get(grid.id)}
    return told | {"grid": grid.name, "grid_code": grid.code}


def _who(person: Resident | None, around: Around) -> Facts:
    if person is None:
        return {}
    age, number = person.age_on(clock.today()), person.id_number
    return {
        "age": age,
        "old": None if age is None else age >= HONORIFIC_AGE,
        **{f"old{years}": None if age is None else age >= years for years in AGES},
        "sex": person.sex if person.sex in ("1", "2") else None,
        "man": person.sex == "1" if person.sex in ("1", "2") else None,
        "woman": person.sex == "2" if person.sex in ("1", "2") else None,
        "relation": person.relation,
        "category": person.category,
        "paper": "居民身份证" if number and len(number) == CHINESE_ID else None,
        **(_whole(person) if around.full else _masked(person)),
        **_door(around.homes.get(person.household_id)),
    }


def _whole(person: Resident) -> Facts:
    told = {"name": person.name, "phone": person.phone, "born": person.born}
    return told | {"id_number": person.id_number}


def _masked(person: Resident) -> Facts:
    return {
        "name": person.masked_name,
        "phone": person.masked_phone,
        "id_number": HIDDEN if person.id_number else None,
        "born": HIDDEN if person.born else None,
    }


def _door(home: Household | None) -> Facts:
    if home is None:
        return {}
    parts = [part.name if part else "" for part in (home.building, home.unit, home.room)]
    numbers = "-".join(part.removesuffix("号楼").removesuffix("单元") for part in parts if part)
    return {
        "compound": home.building.compound if home.building else None,
        **dict(zip(("building", "unit", "room"), parts, strict=True)),
        "address": (home.address, numbers if all(parts) else "") if home.address else None,
    }


def _case(row: Case, around: Around) -> Facts:
    contact = around.found.contacts.get(row.id)
    said = facts_of_said(around.said.get(row.id, []))
    return facts_of_case(row, full=around.full) | said | {"contact": local(contact)}


def _task(row: Task, _around: Around) -> Facts:
    return {
        "task": TASK_KINDS.get(row.kind, row.kind),
        "due": local(row.due_at),
        "done": local(row.done_at),
        "assignee": row.assignee.name if row.assignee else None,
    }


def _record(row: Record, around: Around) -> Facts:
    kind = RECORD_KINDS.get(row.kind)
    told = {"record": kind.words if kind else None, "at": local(row.at)}
    told["result"] = outcomes_of(row.kind).get(row.outcome)
    case = around.cases.get(row.case_id)
    of_case = facts_of_case(case, full=around.full) if case else {}
    return of_case | told | {"by": row.by.name if row.by else None}


def _incident(row: Incident, _around: Around) -> Facts:
    return {
        "incident": incident_kind(row),
        "grade": row.grade,
        "stage": INCIDENT_STAGES[row.stage],
        "at": local(row.reported_at),
        "due": local(row.due_at),
        "assignee": row.assignee.name if row.assignee else None,
    }


_ROWS: Mapping[type, Callable[[Any, Around], Facts]] = {
    Case: _case,
    Task: _task,
    Record: _record,
    Resident: lambda _row, _around: {},
    Incident: _incident,
}
