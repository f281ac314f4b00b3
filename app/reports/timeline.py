"""What was recorded and done about one resident or incident, by whom and when; the latest first."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, joinedload

from app.domain.events import Event
from app.domain.photos import OF_A_NAME, NamedPhoto, Photo
from app.domain.records import Record
from app.domain.residents import Resident
from app.lib.db import session

PER_PAGE = 40
# The step that a record brought about is told by the record itself, and so are its photos.
NOT_TOLD = (
    "task_reminded",
    "task_given",
    "stage_changed",
    "photo_arrived",
    "check_answered",
    "check_tried",
)


@dataclass(frozen=True, slots=True)
class Told:
    """An event with its record, whether that still counts, and how many photos it shows."""

    event: Event
    record: Record | None
    replaced: bool
    photos: int = 0


def timeline_of(resident_id: int, *, before: int | None = None) -> tuple[list[Told], int | None]:
    """One page of a resident's history, and the event id the next page begins before."""
    rows = _told().where(Event.resident_id == resident_id, Event.kind.not_in(NOT_TOLD))
    if before:
        rows = rows.where(Event.id < before)
    rows = session.execute(rows.order_by(Event.id.desc()).limit(PER_PAGE + 1)).all()
    told = [Told(event, record, later is not None, n) for event, record, later, n in rows]
    last = told[PER_PAGE - 1].event.id if len(told) > PER_PAGE else None
    return told[:PER_PAGE], last


def with_people(records: Select) -> Select:
    """The same records, each loaded along with its author, resident and door."""
    resident = joinedload(Record.resident).joinedload(Resident.household)
    return records.options(joinedload(Record.by), resident)


def history_of(record: Record) -> list[Record]:
    """The versions of one record, the first one first: what it replaced and what replaced it."""
    first = record
    while first.supersedes:
        first = session.get(Record, first.supersedes)
    versions, newest = [first], [first.id]
    while newest:
        rows = select(Record).where(Record.supersedes.in_(newest)).options(joinedload(Record.by))
        found = list(session.scalars(rows.order_by(Record.received_at)))
        versions += found
        newest = [row.id for row in found]
    return versions


def _told() -> Select:
    later = aliased(Record)
    shown = select(func.count()).select_from(NamedPhoto).join(Photo, OF_A_NAME)
    shown = shown.where(NamedPhoto.record_id == Record.id).scalar_subquery()
    rows = select(Event, Record, later.id, shown).options(joinedload(Event.by))
    rows = rows.outerjoin(Record, Record.id == Event.record_id)
    return rows.outerjoin(later, later.supersedes == Record.id)
