"""待定夺: entries that a person must judge, each whole, with why: taken in or sent back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.photos import Shown, shown_on
from app.domain.receipts import Receipt
from app.domain.residents import Resident
from app.intake import KINDS
from app.intake.accept import Entry
from app.intake.fields import IntakeForm, NoteField
from app.intake.kind import Subject
from app.intake.subject import find_subject
from app.lib import clock
from app.lib.refusal import Held, Refused
from app.lib.words import N_, Say
from app.policy.permissions import Permission as P
from app.sync import held as entries
from app.web.director import director
from app.web.director.asked import community
from app.web.guard import allows
from app.web.hypermedia import page, tell, unchanged
from app.web.person import me
from app.web.photo_album import Thumb, thumbs
from app.web.records.retelling import kind_words, retold_fields
from app.web.refused_fields import show_refusal


class DecisionForm(IntakeForm):
    words = NoteField(N_("退回要说明怎么改"), render_kw={"rows": 2})


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits, said in words; `form` holds what the director wrote to it."""

    receipt: Receipt
    kind: str
    resident: Resident | None
    told: list[tuple[str, str]]
    form: DecisionForm
    photos: list[Thumb]
    why: Say | None = None


@director.get("/held")
@allows(P.CHECK_RECORDS)
def held() -> ResponseReturnValue:
    return unchanged() or show()


@director.post("/held/<uuid:entry_id>/decision")
@allows(P.CHECK_RECORDS)
def decision(entry_id: UUID) -> ResponseReturnValue:
    receipt = entries.held_entry(entry_id, community().id) or abort(404)
    form, accepted = DecisionForm(request.form), request.form.get("decision") == "accept"
    if not form.validate():
        return show(receipt, form), 422
    try:
        entries.decide(receipt, accepted, words=form.words.data or "", by=me(), at=clock.now())
    except Refused as refused:
        return show(receipt, form, show_refusal(form, refused)), 422
    said = _("已收下，记在%(name)s名下。") if accepted else _("已退回给%(name)s。")
    tell(said % {"name": receipt.user.name})
    return redirect(url_for("director.held"), 303)


def show(
    about: Receipt | None = None, form: DecisionForm | None = None, why: Say | None = None
) -> Any:
    """All that waits; `form` and `why` belong to the entry that came back."""
    receipts = entries.held_in(community().id)
    photos = shown_on(receipt.entry_id for receipt in receipts)
    found = [
        waiting(receipt, photos[receipt.entry_id], *((form, why) if receipt is about else ()))
        for receipt in receipts
    ]
    return page("director/held.html", found=found)


def waiting(
    receipt: Receipt,
    photos: list[Shown],
    form: DecisionForm | None = None,
    why: Say | None = None,
) -> Waiting:
    entry = entries.entry_of(receipt)
    subject = subject_of(entry)
    told = retold_fields(entry.kind, entry.fields, subject, clock.local_day(entry.recorded_at))
    resident = subject.resident if subject else None
    shown = thumbs(photos, "director.held_photo", entry_id=receipt.entry_id)
    kind, form = kind_words(entry.kind), form or DecisionForm()
    return Waiting(receipt, kind, resident, told, form, shown, why)


def subject_of(entry: Entry) -> Subject | None:
    """Whom an entry is about, as the director sees it."""
    try:
        return find_subject(KINDS[entry.kind], entry.subject, by=me(), anywhere=True)
    except (KeyError, Refused, Held):
        return None
