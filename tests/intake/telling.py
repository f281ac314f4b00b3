"""Telling something as one of the cast would, and what comes of it."""

from datetime import datetime
from typing import Any

from app.domain.people import User
from app.domain.records import Record
from app.intake.accept import Accepted, Entry, accept, accept_and_tell
from app.lib import clock
from app.lib.ids import new_id
from app.lib.refusal import Refused


def entry(
    kind: str, about: Any = None, /, *, at: datetime | None = None, via="page", **fields
) -> Entry:
    """An entry of a kind about a resident, case, task, record … or about nobody."""
    subject = fields.pop("subject", {})
    if about is not None:
        subject = {f"{NAMES[about.__tablename__]}_id": str(about.id), **subject}
    if correcting := fields.pop("correcting", None):
        subject = subject | {"supersedes": str(correcting.id)}
    entry_id, photos = fields.pop("id", None) or new_id(), fields.pop("photos", ())
    when = at or clock.now()
    return Entry(entry_id, kind, when, subject, fields, via, photos=photos)


NAMES = {
    "residents": "resident",
    "cases": "case",
    "tasks": "task",
    "records": "record",
    "incidents": "incident",
    "households": "household",
}


def tell(kind: str, about: Any = None, /, *, by: User, **told: Any) -> Record:
    return accept(entry(kind, about, **told), by=by, at=clock.now())


def tell_and_hear(kind: str, about: Any = None, /, *, by: User, **told: Any) -> Accepted:
    return accept_and_tell(entry(kind, about, **told), by=by, at=clock.now())


def refusal_of(kind: str, about: Any = None, /, *, by: User, **told: Any) -> Refused:
    """Why it was refused; fails where it was kept."""
    try:
        kept = tell(kind, about, by=by, **told)
    except Refused as refused:
        return refused
    raise AssertionError(f"it was kept: {kept.kind} {kept.outcome}")


def sentence(refused: Refused, field: str | None = None) -> str:
    """The sentence of a refusal, or the first one beside a field."""
    return str(refused.fields[field][0]) if field else str(refused.why)
