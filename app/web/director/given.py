"""One thing given out: every receiver with her state and words, and what can be done about it."""

from typing import Any
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload
from wtforms.validators import DataRequired, InputRequired

from app.domain.assignments import Assignment
from app.domain.attachments import of_assignments
from app.domain.photos import shown_on
from app.domain.records import Record
from app.domain.shares import STATES, Share, ShareStep
from app.domain.tasks import Task
from app.intake.fields import IntakeForm, MomentField, NoteField
from app.lib import clock
from app.lib.db import session
from app.lib.words import N_, Say
from app.policy.permissions import Permission as P
from app.reports.given_work import line_of
from app.reports.told import Told, print_of, told_about
from app.web.director import director
from app.web.given_course import asks_words, course_of, how_words
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.person import my
from app.web.photo_album import thumbs


class MoveForm(IntakeForm):
    until = MomentField(N_("新的期限"), validators=[InputRequired(N_("请填新的期限。"))])
    why = NoteField(N_("为什么改（可不填）"), render_kw={"rows": 2})


class WordsForm(IntakeForm):
    words = NoteField(
        N_("说几句"), validators=[DataRequired(N_("请写几句。"))], render_kw={"rows": 2}
    )


@director.get("/assignments/<int:given_id>")
@allows(P.DIRECT_WORK)
def given(given_id: int) -> ResponseReturnValue:
    found = found_given(given_id)
    told = told_of(found)
    return unchanged(given_id, _looks(found), print_of(told)) or show(found, told=told)


def found_given(given_id: int) -> Assignment:
    """What was given out in her community, with all that stands on its page; 404 otherwise."""
    share = selectinload(Assignment.shares)
    rows = my().assignments.options(
        share.joinedload(Share.task).options(joinedload(Task.assignee), joinedload(Task.resident)),
        share.selectinload(Share.steps).joinedload(ShareStep.by),
        joinedload(Assignment.by),
        joinedload(Assignment.resident),
    )
    return my().find(rows, given_id) or abort(404)


def found_share(given: Assignment, share_id: int) -> Share:
    """One receiver's part of it; 404 for another's."""
    return next((share for share in given.shares if share.id == share_id), None) or abort(404)


def told_of(given: Assignment) -> dict[int, list[Told]]:
    """Who was told of it and how far that got, by task."""
    return told_about(task_ids=[share.task_id for share in given.shares])


def show(
    found: Assignment,
    typed: dict[Any, IntakeForm] | None = None,
    why: Say | None = None,
    told: dict[int, list[Told]] | None = None,
) -> ResponseReturnValue:
    """Its page; `typed` holds a form that came back, by the share it belongs to ("move")."""
    records = [share.record_id for share in found.shares if share.record_id]
    photos = shown_on(records) if records else {}
    return page(
        "director/given.html",
        given=found,
        line=line_of(found, clock.now()),
        how=how_words(found),
        asks=asks_words(found.asks),
        files=of_assignments([found.id])[found.id],
        courses={share.id: course_of(share) for share in found.shares},
        notes=notes_of(records),
        photos={
            record_id: thumbs(photos[record_id], "records.photo", record_id=record_id)
            for record_id in records
        },
        states=STATES,
        told=told_of(found) if told is None else told,
        move=MoveForm(),
        words=WordsForm(),
        typed=typed or {},
        why=why,
        now=clock.now(),
    )


def notes_of(record_ids: list[UUID]) -> dict[UUID, str]:
    """What was written with it when it was done."""
    rows = session.scalars(select(Record).where(Record.id.in_(record_ids))) if record_ids else ()
    return {row.id: row.fields.get("note") or "" for row in rows}


def _looks(found: Assignment) -> str:
    """Somebody opening it tells nobody: the page asks for the last time itself."""
    last = select(func.max(Share.opened_at)).where(Share.assignment_id == found.id)
    return str(session.scalar(last))
