"""The form of any record kind: opened empty, with what was left unsaved, or to be corrected.

Refused: the same page again (422) with what was typed. Held: said with whom it
is now. Kept: said, with a way to take it back, on the page she came from.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from app.domain import drafts
from app.domain.receipts import receipt_of
from app.intake import KINDS
from app.intake.accept import Entry
from app.intake.filling import form_for
from app.intake.kind import Fields
from app.lib import clock
from app.lib.ids import new_id, read_id
from app.policy.permissions import Permission as P
from app.sync import inbox
from app.sync.held import entry_of, words_of
from app.sync.inbox import Answer
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import me
from app.web.records import records
from app.web.records.answers import say_answer
from app.web.records.as_entry import as_entry, places_of
from app.web.records.asked import Asked, asked_for
from app.web.records.form_photos import (
    HandedIn,
    corrected,
    handed_in,
    lost_photos,
    photos_of,
    shown_in,
)
from app.web.records.subject_card import known_of
from app.web.return_path import after_this, inside

# An entry of hers that came back, and as it lies on her phone: they go along while she chooses.
MENDS = ("entry", "outbox")


@records.route("/record/<kind>", methods=["GET", "POST"])
@allows(P.RECORD)
def form(kind: str) -> ResponseReturnValue:
    asked = asked_for(kind)
    if asked.lacks_somebody:
        mends = {name: request.args[name] for name in MENDS if name in request.args}
        return redirect(url_for("residents.search", kind=kind, **mends))
    if request.method == "POST":
        return save(asked)
    asked.insist()
    return show(asked, opened(asked))


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with what stands in it."""

    form: Form
    entry_id: Any
    back: str
    restored: bool = False
    why: Any = None
    photos: tuple[str, ...] = ()
    photos_lost: bool = False


def opened(asked: Asked) -> Filled:
    """The form as it is first shown: as left unsaved, as it came back, as it was, or empty."""
    unsaved = drafts.draft_of(me(), asked.key)
    if unsaved is not None and not _has_arrived(unsaved):
        typed = Fields.of(unsaved)
        entry_id = read_id(_first(typed, "id")) or new_id()
        back = _first(typed, "back")
        return Filled(
            _form(asked, typed),
            entry_id,
            back if inside(back) else after_this(),
            restored=True,
            photos=photos_of(typed),
            photos_lost=lost_photos(typed),
        )
    if asked.mends is not None:
        return _came_back(asked)
    empty = _form(asked, _told_before(asked))
    return Filled(empty, new_id(), after_this(), photos=corrected(asked))


def _has_arrived(unsaved: dict[str, list[str]]) -> bool:
    """Whether the phone has sent meanwhile what was half-filled here."""
    entry_id = read_id("".join(unsaved.get("id", ())[:1]))
    return entry_id is not None and receipt_of(entry_id) is not None


def save(asked: Asked) -> ResponseReturnValue:
    photos = handed_in()
    if photos.why:
        return show(asked, _refused(asked, Answer(new_id(), "refused", photos.why), photos)), 422
    entry = Entry(
        id=read_id(request.form.get("id")) or new_id(),
        kind=asked.kind.key,
        recorded_at=clock.now(),
        subject=asked.ids,
        fields=request.form,
        photos=photos.hashes,
    )
    answer = inbox.receive([entry], by=me())[0]
    if answer.state in inbox.MENDABLE:
        return show(asked, _refused(asked, answer, photos)), 422
    drafts.drop_draft(me(), asked.key)
    say_answer(answer, asked.kind, about=asked.who)
    return redirect(_next(answer), 303)


def show(asked: Asked, filled: Filled) -> ResponseReturnValue:
    return page(
        "records/form.html",
        kind=asked.kind,
        asked=asked,
        filled=filled,
        known=known_of(asked),
        photos=shown_in(asked, filled.photos),
        draft_key=asked.key,
        marks=_marks(asked, filled),
    )


def _marks(asked: Asked, filled: Filled) -> dict[str, str]:
    """What the phone must know to keep this form as an entry."""
    on = places_of(asked.in_sight) if asked.in_sight else {}
    marks = as_entry(asked.kind, asked.ids, who=asked.who, on=on)
    if asked.mends or filled.restored or filled.why:
        marks["data-mends"] = "yes"
    if (then := request.args.get("then")) in KINDS:
        marks["data-next"] = url_for("records.form", kind=then, of=UUID(int=0))
    return marks


def _form(asked: Asked, typed: Any = None) -> Form:
    if asked.subject is None:  # it is not hers any more; what was typed is shown all the same
        return asked.kind.form(asked.kind.read(typed))
    return form_for(asked.kind, asked.subject, asked.day, typed)


def _told_before(asked: Asked) -> Any:
    return asked.corrects and asked.corrects.fields | {"outcome": asked.corrects.outcome}


def _came_back(asked: Asked) -> Filled:
    """An entry that was refused or returned, to be mended under its own id."""
    receipt, entry = asked.mends, entry_of(asked.mends)
    form = _form(asked, entry.fields)
    _put_errors(form, receipt.field_errors)
    why = words_of(receipt) or receipt.why
    return Filled(form, receipt.entry_id, after_this(), why=why, photos=entry.photos)


def _refused(asked: Asked, answer: Answer, photos: HandedIn) -> Filled:
    form = _form(asked, request.form)
    _put_errors(form, answer.fields)
    entry_id = request.form.get("id")
    return Filled(form, entry_id, after_this(), why=answer.why, photos=photos.hashes)


def _put_errors(form: Form, sentences: dict[str, list] | None) -> None:
    for name, said in (sentences or {}).items():
        if name in form:
            form[name].errors = list(said)


def _next(answer: Answer) -> str:
    """Back, or on to the record that somebody was added for."""
    then = request.args.get("then")
    if then in KINDS and answer.record is not None and answer.record.resident_id:
        return url_for("records.form", kind=then, resident=answer.record.resident_id)
    return after_this()


def _first(typed: Fields, name: str) -> str:
    return "".join(typed.getlist(name)[:1])
