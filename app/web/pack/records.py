"""What was recorded today, as far as her pages lead to it, and the forms to correct her own.

A record that was corrected before is shown where there is a network: its versions are
read one by one.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from flask import url_for
from sqlalchemy import select

from app.domain.cases import Case
from app.domain.photos import shown_on
from app.domain.records import Record
from app.domain.reviews import Review
from app.intake import KINDS
from app.intake.kind import Subject
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.reports.my_day import records_of
from app.reports.packed import Round
from app.reports.timeline import with_people
from app.reports.today import DONE_SHOWN
from app.web.pack.forms import form_shown, subject_of
from app.web.pack.pages import Pages, Row
from app.web.person import me, my
from app.web.records.as_entry import places_of
from app.web.records.asked import ids_of
from app.web.records.record import record_shown
from app.web.records.subject_card import Known, rule_of

Rows = Iterable[tuple[str, Row]]


def record_rows(pages: Pages, around: Round) -> Rows:
    """The page of each record, and of her own ones the form that corrects it."""
    records = _linked(around)
    reviews = _reviews(records)
    photos = shown_on([record.id for record in records])
    for record in records:
        shown = record_shown(record, [record], _subject(record))
        shown |= {"review": reviews.get(record.id), "photos": (), "later": len(photos[record.id])}
        url = url_for("records.record", record_id=record.id)
        yield url, pages.row("records/record.html", **shown)
        if shown.get("may_correct"):
            yield from _correction(pages, record, around)


def _linked(around: Round) -> list[Record]:
    """Records of today, and those that were asked about; none that has other versions."""
    done = [task.record_id for task in around.day.done[:DONE_SHOWN] if task.record_id]
    asked = [item.task.about_record_id for item in around.items if item.task.about_record_id]
    ids = [record.id for record in records_of(me(), clock.today())] + done + asked
    wanted = with_people(my().records.where(Record.id.in_(ids), Record.supersedes.is_(None)))
    found = list(session.scalars(wanted.order_by(Record.received_at.desc())))
    later = set(session.scalars(select(Record.supersedes).where(Record.supersedes.in_(ids))))
    cases = {record.case_id for record in found if record.case_id}
    session.scalars(select(Case).where(Case.id.in_(cases))).all()  # for `_subject`
    return [record for record in found if record.id not in later]


def _reviews(records: Sequence[Record]) -> dict[UUID, Review]:
    ids = [record.id for record in records]
    rows = session.scalars(select(Review).where(Review.record_id.in_(ids)))
    return {review.record_id: review for review in rows}


def _subject(record: Record) -> Subject:
    """Whom it is about, from what was loaded with it."""
    person, kind = record.resident, KINDS.get(record.kind)
    case = session.get(Case, record.case_id) if record.case_id else None
    fits = case and kind and (not kind.case_kinds or case.kind in kind.case_kinds)
    home = person.household if person else None
    return subject_of(resident=person, household=home, case=case if fits else None)


def _correction(pages: Pages, record: Record, around: Round) -> Rows:
    kind, subject, person = KINDS[record.kind], _subject(record), record.resident
    badges = [one.badge for one in around.care.get(record.resident_id, [])]
    known = Known(
        who=person.masked_name if person else "",
        resident=person,
        age=person.age_on(clock.today()) if person else None,
        where=subject.household.address if subject.household else "",
        badges=tuple(badges),
        rule=rule_of(subject.case),
    )
    path = url_for("records.form", kind=kind.key, supersedes=record.id)
    more = {"known": known, "subject": subject, "on": places_of(subject), "corrects": record}
    try:
        shown = form_shown(kind, path, ids_of(record), **more)
    except Refused:  # the rules have no such record any more
        return
    yield path, pages.row("records/form.html", **shown)
