"""Looking a record over: in order, or back to its author with a question."""

from uuid import UUID

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.validators import InputRequired

from app.domain import reviews
from app.domain.records import Record
from app.intake.fields import IntakeForm, NoteField
from app.lib import clock
from app.lib.db import session
from app.lib.ids import read_id
from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.guard import allows
from app.web.hypermedia import page, tell, unchanged
from app.web.person import me, my
from app.web.photo_album import record_thumbs
from app.web.records.retelling import kind_words, outcome_words, retold, subject_of
from app.web.return_path import after_this


class QuestionForm(IntakeForm):
    question = NoteField(
        N_("想问什么"), validators=[InputRequired(N_("请写下要问的。"))], render_kw={"rows": 3}
    )


@director.get("/records/<uuid:record_id>/review")
@allows(P.CHECK_RECORDS)
def review(record_id: UUID) -> ResponseReturnValue:
    record = found(record_id)
    return unchanged() or show(record, QuestionForm())


@director.post("/records/<uuid:record_id>/check")
@allows(P.CHECK_RECORDS)
def check(record_id: UUID) -> ResponseReturnValue:
    reviews.check(found(record_id), by=me(), at=clock.now())
    tell(_("已审核通过。"))
    return redirect(after_this(), 303)


@director.post("/records/check")
@allows(P.CHECK_RECORDS)
def check_all() -> ResponseReturnValue:
    ids = [read_id(given) for given in request.form.getlist("record")]
    records = list(session.scalars(my().records.where(Record.id.in_(filter(None, ids)))))
    for record in records:
        reviews.check(record, by=me(), at=clock.now())
    tell(_("已审核通过 %(n)s 条。", n=len(records)))
    return redirect(after_this(), 303)


@director.post("/records/<uuid:record_id>/return")
@allows(P.CHECK_RECORDS)
def send_back(record_id: UUID) -> ResponseReturnValue:
    record, form = found(record_id), QuestionForm(request.form)
    if not form.validate():
        return show(record, form), 422
    reviews.send_back(record, form.question.data, by=me(), at=clock.now())
    tell(_("已退回给%(name)s，今天的清单里会看到。", name=record.by.name))
    return redirect(after_this(), 303)


def found(record_id: UUID) -> Record:
    """The record, if it is of her community; 404 otherwise."""
    return my().find(my().records, record_id) or abort(404)


def show(record: Record, form: QuestionForm) -> ResponseReturnValue:
    return page(
        "director/review.html",
        record=record,
        told=retold(record, subject_of(record)),
        review=reviews.review_of(record),
        photos=record_thumbs(record.id),
        form=form,
        back=after_this(),
        kind=kind_words(record.kind),
        outcome=outcome_words(record.kind, record.outcome),
    )
