"""The one way in: find the kind, find the subject, check the form, keep it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.domain import days, photos, reviews
from app.domain.cases import Case
from app.domain.people import User
from app.domain.places import Area
from app.domain.records import NO_WORK, Record
from app.intake import KINDS
from app.intake.asked_for import count_as_done
from app.intake.correction import superseded
from app.intake.filling import checked_form
from app.intake.kind import Kind, Subject, Telling
from app.intake.sight import Sight
from app.intake.subject import find_subject, whose
from app.intake.twice import told_twice
from app.lib.db import session
from app.lib.refusal import Held, OutOfRules, Refused
from app.lib.words import Say, say
from app.policy.permissions import may

A_DAY = timedelta(days=1)


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


def accept(
    entry: Entry, *, by: User, at: datetime, anywhere: bool = False, sight: Sight | None = None
) -> Record:
    """Keep one entry; Refused or Held say why not, in the author's words.

    `at` is when it reached us. An entry from a phone whose clock runs ahead
    counts as made now. `anywhere` lets a director's decision pass the scope; `sight`
    is shared by entries that come together, and names the community that has decided:
    that of what the entry names, where nobody says which.
    """
    sight = sight or _sight(entry, by, anywhere)
    return _take_in(entry, by=by, at=at, anywhere=anywhere, sight=sight)[1]


def accept_and_tell(
    entry: Entry, *, by: User, at: datetime, anywhere: bool = False, sight: Sight | None = None
) -> Accepted:
    """`accept`, and a word to the author where somebody told the same today."""
    sight = sight or _sight(entry, by, anywhere)
    telling, record = _take_in(entry, by=by, at=at, anywhere=anywhere, sight=sight)
    kind = KINDS[record.kind]
    own = kind.notice(record, telling) if kind.notice else None
    return Accepted(record, own or told_twice(record, kind))


def _sight(entry: Entry, by: User, anywhere: bool) -> Sight:
    sight = Sight(by)
    place = whose(entry.subject, sight=sight, at=entry.recorded_at) if anywhere else None
    return Sight(by, session.get(Area, place)) if place else sight


def _take_in(
    entry: Entry, *, by: User, at: datetime, anywhere: bool, sight: Sight
) -> tuple[Telling, Record]:
    """Keep one entry: what was told and the record that came of it."""
    kind, old, subject = _about(entry, by=by, at=at, anywhere=anywhere, sight=sight)
    when = old.at if old else min(entry.recorded_at, at)
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
        photos=entry.photos,
    )
    try:
        record = kind.keep(checked_form(kind, telling, entry.fields, entry.form), telling)
    except OutOfRules as refused:
        raise _held_if_late(refused, entry, telling) from refused
    if kind.opens:
        sight.forget_cases()
    if record.kind not in NO_WORK:
        with session.no_autoflush:
            days.note_late(record, by=by, at=at)
    if entry.photos:
        photos.name(record.id, entry.photos, by=by, corrects=old)
    if old:
        reviews.settle(old, by=by, at=at)
    count_as_done(record, telling, sight)
    return telling, record


def _about(
    entry: Entry, *, by: User, at: datetime, anywhere: bool, sight: Sight
) -> tuple[Kind, Record | None, Subject]:
    """What kind of entry it is, what it corrects, and about whom: as far as she may tell of it."""
    kind, far = known_kind(entry.kind), entry.via == "phone"
    allowed = anywhere or may(by.role, kind.permission)
    if not allowed and not far:
        raise Refused(say("您的账号不能做这种登记。"))
    old = superseded(entry.subject.get("supersedes"), kind, sight, via=entry.via)
    when = old.at if old else min(entry.recorded_at, at)
    subject = find_subject(
        kind,
        entry.subject,
        by=by,
        at=when,
        anywhere=anywhere,
        of=old,
        sight=sight,
        ended=far or anywhere,
    )
    if not allowed:
        gone = say("登记的人现在的账号不做这种登记，内容已保留，等社区负责人定夺。")
        raise Held(gone, subject.community.id)
    if far and not anywhere and not old and _is_over(kind, subject.case, when):
        raise Held(say("登记的时候这份档案已经结束，内容已保留，等社区负责人定夺。"))
    return kind, old, subject


def _is_over(kind: Kind, case: Case | None, when: datetime) -> bool:
    """Whether a case had ended when something was done in it."""
    return bool(kind.about == "case" and case and case.closed_at and case.closed_at < when)


def known_kind(key: str) -> Kind:
    """The kind of this key; Refused where this version has none."""
    kind = KINDS.get(key)
    if kind is None:
        raise Refused(say("不认识这种登记，请更新后再试。"))
    return kind


def kind_for(key: str, by: User) -> Kind:
    """The kind of this key, if the person may record it."""
    kind = known_kind(key)
    if not may(by.role, kind.permission):
        raise Refused(say("您的账号不能做这种登记。"))
    return kind


def _held_if_late(refused: OutOfRules, entry: Entry, telling: Telling) -> Exception:
    """What the rules of the day refuse, its author can mend on the day; later a person decides."""
    late = telling.received_at - entry.recorded_at > A_DAY
    if entry.via != "phone" or not late or telling.decided:
        return refused
    return Held(say("按那一天的规则不能这样登记，内容已保留，等社区负责人定夺。"))
