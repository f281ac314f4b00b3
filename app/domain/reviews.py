"""The director's look at a record: checked, or returned to its author with a question."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain import tasks
from app.domain.events import happened
from app.domain.people import User
from app.domain.records import Record
from app.domain.tasks import Task
from app.lib import clock
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session
from app.lib.refusal import Refused
from app.lib.words import N_, say

STATES = {"checked": N_("已审核"), "returned": N_("已退回"), "answered": N_("已答复")}


class Review(Uid, db.Model):
    """What the director said of one record; the last word counts."""

    __tablename__ = "reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[UUID] = mapped_column(ForeignKey("records.id"), unique=True)
    state: Mapped[str] = mapped_column(String(10), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    question_sealed: Mapped[str | None]
    answer_sealed: Mapped[str | None]

    record: Mapped[Record] = relationship()
    question = Sealed()
    answer = Sealed()


def review_of(record: Record) -> Review | None:
    return session.scalar(select(Review).where(Review.record_id == record.id))


def check(record: Record, *, by: User, at: datetime) -> Review:
    """The record is in order; a question still open needs no answer any more."""
    for task in _open_questions(record):
        task.withdraw()
    return _say("checked", "record_checked", record, by=by, at=at)


def send_back(record: Record, question: str, *, by: User, at: datetime) -> Review:
    """Ask the author; the question stands in her list today. Refused while one is open."""
    if _open_questions(record):
        raise Refused(say("这条登记已经退回，正等对方答复。"))
    review = _say("returned", "record_returned", record, by=by, at=at)
    review.question, review.answer = question, None
    tasks.give(
        "answer",
        question,
        by=by,
        at=at,
        due_at=clock.end_of(clock.local_day(at)),
        about_record_id=record.id,
        assignee=record.by,
        community_id=record.community_id,
        grid_id=record.grid_id,
        household_id=record.household_id,
        resident_id=record.resident_id,
    )
    return review


def answer(task: Task, words: str, *, by: User, at: datetime) -> Review:
    """The author answers; the record comes back to the director."""
    review = session.scalar(select(Review).where(Review.record_id == task.about_record_id))
    review.state, review.answer = "answered", words
    task.finish(None, by_id=by.id, at=at)
    happened("record_answered", by=by, at=at, about=task, record_id=task.about_record_id)
    return review


def settle(record: Record, *, by: User, at: datetime) -> None:
    """A returned record was corrected or taken back, and that answers the question."""
    wanted = select(Task).where(Task.about_record_id == record.id, Task.state == "open")
    if task := session.scalar(wanted.where(Task.kind == "answer")):
        answer(task, "", by=by, at=at)


def _open_questions(record: Record) -> list[Task]:
    asked = select(Task).where(Task.about_record_id == record.id, Task.kind == "answer")
    return list(session.scalars(asked.where(Task.state == "open")))


def _say(state: str, event: str, record: Record, *, by: User, at: datetime) -> Review:
    review = review_of(record) or Review(record_id=record.id)
    review.state, review.by_id, review.at = state, by.id, at
    session.add(review)
    happened(event, by=by, at=at, about=record)
    return review
