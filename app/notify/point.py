"""Whether a message still has its point: what it is about is still to be done, and by her.

Each answers why it has none any more, or nothing. A message whose thing is gone has none.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.domain.cases import Case
from app.domain.days import closing_of
from app.domain.events import Event
from app.domain.exports import Export
from app.domain.incidents import Incident
from app.domain.messages import Message
from app.domain.notices import Notice, NoticeReader
from app.domain.pushed import PushedList
from app.domain.receipts import Receipt
from app.domain.reviews import Review
from app.domain.tasks import Task
from app.domain.trainings import TrainingReading
from app.lib import clock
from app.lib.db import session
from app.lib.words import N_
from app.notify.list_hands import is_left_with

DONE = N_("已办完")
GONE = N_("已不需要")
OTHERS = N_("已交给别人")

Over = Callable[[Message], str]
# What a message may be about, by the column that names it.
ABOUT = {Task: "task_id", Case: "case_id", Incident: "incident_id", Notice: "notice_id"}
READ = "who has read which notice"


def never(_message: Message) -> str:
    """It is worth telling until it is read or its time is over."""
    return ""


def task_over(message: Message) -> str:
    """The task was done, is not needed any more, or is somebody else's by name."""
    task = session.get(Task, message.task_id) if message.task_id else None
    if task is None or task.state == "withdrawn":
        return GONE
    if task.state == "done":
        return DONE
    theirs = task.assignee_id not in (None, message.person_id)
    return OTHERS if theirs and message.kind != "elder_unreached" else ""


def case_over(message: Message) -> str:
    case = session.get(Case, message.case_id) if message.case_id else None
    return "" if case and case.is_open else GONE


def incident_at(*stages: str) -> Over:
    """A message about an incident has its point in these stages only."""

    def over(message: Message) -> str:
        incident = _incident(message)
        return "" if incident and incident.stage in stages else DONE

    return over


def incident_hers(message: Message) -> str:
    """It is hers to handle, and not handled yet."""
    incident = _incident(message)
    if incident is None or incident.stage != "assigned":
        return DONE
    return "" if incident.assignee_id == message.person_id else OTHERS


def extension_decided(message: Message) -> str:
    incident = _incident(message)
    return "" if incident and incident.extension_until else DONE


def answered(message: Message) -> str:
    """The question about a record has its answer."""
    return "" if _review_state(message.record_id) == "returned" else DONE


def looked_at(message: Message) -> str:
    """The director has looked at the answer."""
    return "" if _review_state(message.record_id) == "answered" else DONE


def share_at(*states: str) -> Over:
    """A message about work given out has its point while it stands there."""

    def over(message: Message) -> str:
        task = session.get(Task, message.task_id) if message.task_id else None
        return "" if task and task.share and task.share.state in states else DONE

    return over


def notice_read(message: Message) -> str:
    """She has read the notice, or it was taken back."""
    notice = session.get(Notice, message.notice_id) if message.notice_id else None
    if notice is None or notice.withdrawn_at:
        return GONE
    at_hand = session.info.get(READ, {})
    if notice.id not in at_hand:
        at_hand = _read_by([notice.id])
    return DONE if message.person_id in at_hand[notice.id] else ""


def notice_over(message: Message) -> str:
    """Of a reminder: what was announced begins or was taken back; without a time, it was read."""
    notice = session.get(Notice, message.notice_id) if message.notice_id else None
    if notice is None or notice.starts_at is None:
        return notice_read(message)
    return GONE if notice.withdrawn_at or notice.starts_at <= clock.now() else ""


def training_seen(message: Message) -> str:
    """She has gone through the training."""
    event = session.get(Event, message.event_id) if message.event_id else None
    key = event.data.get("training") if event else None
    mine = TrainingReading.user_id == message.person_id, TrainingReading.training == key
    return DONE if session.scalar(select(TrainingReading.id).where(*mine)) else ""


def export_settled(message: Message) -> str:
    """Somebody has said yes or no, or it has lapsed."""
    event = session.get(Event, message.event_id) if message.event_id else None
    export = session.get(Export, event.data.get("export")) if event else None
    return "" if export and export.state_at(clock.now()) == "asked" else DONE


def list_over(message: Message) -> str:
    """Nobody on the list is left to check: of hers, if she is a worker."""
    if gone := list_gone(message):
        return gone
    return "" if is_left_with(message.person, message.list_id) else DONE


def list_gone(message: Message) -> str:
    """The list was taken back."""
    wanted = select(PushedList.id).where(PushedList.id == message.list_id)
    return "" if session.scalar(wanted.where(PushedList.undone_at.is_(None))) else GONE


def nothing_held(message: Message) -> str:
    """No entry waits for the directors of the place any more."""
    held = select(Receipt.entry_id).where(Receipt.community_id == message.community_id)
    return "" if session.scalar(held.where(Receipt.state == "held").limit(1)) else DONE


def day_over(message: Message) -> str:
    """Another day has begun."""
    return "" if clock.local_day(message.made_at) == clock.today() else GONE


def day_closed(message: Message) -> str:
    day = clock.local_day(message.made_at)
    return DONE if closing_of(message.community_id, day) else day_over(message)


@contextmanager
def read_at_once(rows: Iterable[Any]) -> Iterator[None]:
    """Have at hand, meanwhile, what many messages or events are about."""
    found, held = list(rows), []
    for model, name in ABOUT.items():
        if ids := {getattr(row, name, None) for row in found} - {None}:
            held += session.scalars(select(model).where(model.id.in_(ids)))
    notices = [one.id for one in held if isinstance(one, Notice)]
    before = session.info.get(READ, {})
    session.info[READ] = before | _read_by(notices)
    try:
        yield
    finally:
        session.info[READ] = before
        del held


def _read_by(notices: Iterable[int]) -> dict[int, set[int]]:
    """Who has read each of these notices."""
    found: dict[int, set[int]] = {notice: set() for notice in notices}
    rows = select(NoticeReader.notice_id, NoticeReader.user_id)
    rows = rows.where(NoticeReader.notice_id.in_(found), NoticeReader.read_at.is_not(None))
    for notice, person in session.execute(rows) if found else ():
        found[notice].add(person)
    return found


def _incident(message: Message) -> Incident | None:
    return session.get(Incident, message.incident_id) if message.incident_id else None


def _review_state(record_id: UUID | None) -> str:
    wanted = select(Review.state).where(Review.record_id == record_id)
    return session.scalar(wanted) or "" if record_id else ""
