"""A day made ready to be closed: its sums, what is left with the reasons chosen, and the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.domain.days import CARRY_REASONS, DayClose
from app.domain.places import Area
from app.domain.records import NO_WORK, Record
from app.domain.report_wordings import wording_of
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.reports.daily_report import Change, changes, hands_of, report_text, sums_of
from app.reports.leftovers import Group, carried_with, left_of_day
from app.reports.report_fields import Told, worded

DAYS_SHOWN = 14


@dataclass(frozen=True, slots=True)
class DayReview:
    """What `app.domain.days.close_day` needs, and what the director sees before she closes."""

    sums: dict[str, int]
    left: list[Group]
    carry: list[tuple[Task, str]]
    report: str


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A closed day and what became of it since: sums that changed, records that came later."""

    closing: DayClose
    changes: list[Change]
    late: list[Record]


def day_review(
    community: Area, day: date, chosen: Mapping[str, str], *, note: str = "", city: str = ""
) -> DayReview:
    """Review a day; `chosen` holds the reasons put by hand, ``why-<group key>`` → reason."""
    sums, left = sums_of(community, day), left_of_day(community, day)
    known = {name: why for name, why in chosen.items() if why in CARRY_REASONS}
    carry = carried_with(left, known)
    text = _text(community, day, sums, carry, note=note, city=city)
    return DayReview(sums, left, carry, text)


def _text(
    community: Area, day: date, sums: dict[str, int], carry: list[tuple[Task, str]], *, note: str,
    city: str,
) -> str:  # fmt: skip
    """The report in the community's own wording, in ours where it has none."""
    hands, now, own = hands_of(community, day), clock.now(), wording_of(community, "report")
    if own is None:
        told = {"carry": carry, "hands": hands, "city": city, "note": note, "at": now}
        return report_text(community, day, sums, **told)
    people = hands.workers, hands.recorded
    return worded(own.words, Told(community.name, "", day, now, sums, *people, carry, city, note))


def closed_day(community: Area, closing: DayClose) -> ClosedDay:
    """A closed day as it was and as its records tell it now."""
    now = sums_of(community, closing.day)
    return ClosedDay(closing, changes(closing.sums, now), late_records_of(closing))


def late_records_of(closing: DayClose) -> list[Record]:
    """What reached us for a day after it was closed, corrections and withdrawals too."""
    rows = select(Record).where(
        Record.community_id == closing.community_id,
        Record.day == closing.day,
        Record.received_at > closing.closed_at,
        Record.kind.not_in(NO_WORK),
    )
    rows = rows.options(joinedload(Record.resident), joinedload(Record.by))
    return list(session.scalars(rows.order_by(Record.received_at.desc())))


def last_closings(community: Area) -> list[DayClose]:
    """The days closed last, the newest first."""
    rows = select(DayClose).where(DayClose.community_id == community.id)
    return list(session.scalars(rows.order_by(DayClose.day.desc()).limit(DAYS_SHOWN)))
