"""The one way in: find the kind, find the subject, check the form, keep it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.domain import days, photos, reviews
from app.domain.people import User
from app.domain.records import Record
from app.domain.scope import Scope
from app.intake import KINDS
from app.intake.fields import IntakeForm
from app.intake.kind import Fields, Kind, Subject, Telling
from app.intake.subject import find_subject
from app.intake.twice import told_twice
from app.lib import clock
from app.lib.db import session
from app.lib.ids import read_id
from app.lib.refusal import Refused
from app.lib.words import Say, say
from app.policy.permissions import may


@dataclass(frozen=True, slots=True)
class Entry:
    """What was written on a form: the same whether it came by page, phone or file."""

    id: UUID
    kind: str
    recorded_at: datetime
    subject: Mapping[str, Any]
    fields: Any  # anything with getlist (a posted form), or a plain mapping
    via: str = "page"
    # The print of the form it was written on, as far as the phone told it (Kind.form_print).
    form: str = ""
    # The hashes of its photos, whether they have arrived or not.
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """The record that was kept, and what its author should know of it."""

    record: Record
    notice: Say | None = None


def accept(entry: Entry, *, by: User, at: datetime, anywhere: bool = False) -> Record:
    """Keep one entry; Refused or Held say why not, in the author's words.

    `at` is when it reached us. An entry from a phone whose clock runs ahead
    counts as made now. `anywhere` lets a director's decision pass the scope.
    """
    return _take_in(entry, by=by, at=at, anywhere=anywhere)[1]


def accept_and_tell(entry: Entry, *, by: User, at: datetime, anywhere: bool = False) -> Accepted:
    """`accept`, and a word to the author where somebody told the same today."""
    telling, record = _take_in(entry, by=by, at=at, anywhere=anywhere)
    kind = KINDS[record.kind]
    own = kind.notice(record, telling) if kind.notice else None
    return Accepted(record, own or told_twice(record, kind))


def _take_in(entry: Entry, *, by: User, at: datetime, anywhere: bool) -> tuple[Telling, Record]:
    """Keep one entry: what was told and the record that came of it."""
    kind = kind_for(entry.kind, by)
    old = superseded(entry, kind, by=by)
    when = old.at if old else min(entry.recorded_at, at)
    subject = find_subject(kind, entry.subject, by=by, at=when, anywhere=anywhere, of=old)
    form = checked_form(kind, subject, clock.local_day(when), entry.fields)
    telling = Telling(
        id=entry.id,
        by=by,
        at=when,
        received_at=at,
        subject=subject,
        via=entry.via,
        supersedes=old,
        decided=anywhere,
        takes_back=KINDS.get(subject.record.kind) if subject.record else None,
    )
    record = kind.keep(form, telling)
    with session.no_autoflush:
        days.note_late(record, by=by, at=at)
    if entry.photos:
        photos.name(record.id, entry.photos, by=by, corrects=old)
    if old:
        reviews.settle(old, by=by, at=at)
    return telling, record


def kind_for(key: str, by: User) -> Kind:
    """The kind of this key, if the person may record it."""
    kind = KINDS.get(key)
    if kind is None:
        raise Refused(say("不认识这种登记，请更新后再试。"))
    if not may(by.role, kind.permission):
        raise Refused(say("您的账号不能做这种登记。"))
    return kind


def superseded(entry: Entry, kind: Kind, *, by: User) -> Record | None:
    """The record this entry corrects (`subject["supersedes"]`): her own, or any of a director's."""
    wanted = entry.subject.get("supersedes")
    if not wanted:
        return None
    scope, record_id = Scope(by), read_id(wanted)
    found = scope.find(scope.records, record_id) if record_id else None
    if found is None or (by.role == "worker" and found.by_id != by.id):
        raise Refused(say("只能更正自己登记的内容；别人的请告诉社区负责人。"))
    if found.kind != kind.key or not kind.correctable:
        raise Refused(say("这条登记不能这样更正；有错请撤销后重新登记。"))
    return found


def form_for(kind: Kind, subject: Subject, day: date, fields: Any = None) -> IntakeForm:
    """The kind's form for a subject, filled or empty; Refused where the rules have none."""
    typed = None if fields is None else Fields.of(fields)
    form = kind.form(typed)
    form.day = day
    if kind.prepare:
        kind.prepare(form, subject, day)
    return form


def checked_form(kind: Kind, subject: Subject, day: date, fields: Any) -> IntakeForm:
    """The filled form, or Refused with a sentence per field."""
    form = form_for(kind, subject, day, fields)
    if not form.validate():
        raise Refused(say("有几处要改一下。"), form.sentences())
    return form
