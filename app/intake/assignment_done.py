"""Saying that work given out is done: a tick, a note, or a photo, as the director asked."""

from datetime import date

from wtforms.validators import DataRequired

from app.domain.recording import record
from app.domain.records import Record
from app.domain.shares import ASKS, share_done_by
from app.intake.fields import IntakeForm, NoteField
from app.intake.given import refuse_late, share_told_of
from app.intake.kind import Kind, Subject, Telling
from app.lib.refusal import Refused
from app.lib.words import N_, say

NOTE_PLEASE = N_("请写一句办得怎么样。")


class DoneForm(IntakeForm):
    note = NoteField(N_("办得怎么样"))


def prepare(form: DoneForm, subject: Subject, day: date) -> None:
    """A note is asked for where the director said so."""
    if subject.task is not None and subject.task.asks == "note":
        form.note.validators = [DataRequired(NOTE_PLEASE), *form.note.validators]
        form.note.flags.required = True


def keep(form: DoneForm, telling: Telling) -> Record:
    share, task = share_told_of(telling), telling.subject.task
    if task.asks not in ASKS:
        raise Refused(say("这件事要填指定的表才算办完，请回到“今日”点开再填。"))
    if task.asks == "photo" and not telling.photos:
        raise Refused(say("这件事要附一张照片才算办完。"))
    if not share.may("finish"):
        refuse_late(telling)
    kept = record(
        telling.deed("assignment_done", "done", form.told(), case=None),
        by=telling.by,
        at=telling.received_at,
    )
    if share.may("finish"):  # else only her words are kept: its course stands
        share.finish(kept.id, by=telling.by, at=telling.at)
    return kept


def undo(wrong: Record, telling: Telling) -> None:
    """It was not done: open again, unless the director has looked it over."""
    share = share_done_by(wrong.id)
    if share is not None and share.state == "checked":
        raise Refused(say("社区负责人已经核过了，不能撤销；有错请直接告诉她。"))


KIND = Kind(
    key="assignment_done",
    words=N_("办好交办"),
    icon="check",
    form=DoneForm,
    keep=keep,
    about="task",
    prepare=prepare,
    one_tap={"outcome": "done"},
    one_tap_words=N_("办好了"),
    offered=False,
    correctable=False,
    undo=undo,
)
