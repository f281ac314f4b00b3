"""Answering the question with which the director returned a record."""

from wtforms.validators import DataRequired

from app.domain import reviews
from app.domain.recording import record
from app.domain.records import Record
from app.intake.fields import IntakeForm, NoteField
from app.intake.hers import refuse_unless_hers
from app.intake.kind import Kind, Telling
from app.lib.refusal import Refused
from app.lib.words import N_, say


class AnswerForm(IntakeForm):
    words = NoteField(N_("答复"), validators=[DataRequired(N_("请写几句答复。"))])


def keep(form: AnswerForm, telling: Telling) -> Record:
    task = telling.subject.task
    if task.kind != "answer" or (task.state != "open" and telling.via != "phone"):
        raise Refused(say("这个问题已经答复过了。"))
    refuse_unless_hers(telling)
    if task.state == "open":  # else it was settled while the phone had no signal: words are kept
        reviews.answer(task, form.words.data, by=telling.by, at=telling.at)
    told = form.told() | {"of": str(task.about_record_id)}
    deed = telling.deed("answer", "answered", told, case=None)
    return record(deed, by=telling.by, at=telling.received_at)


KIND = Kind(
    key="answer",
    words=N_("答复"),
    icon="undo",
    form=AnswerForm,
    keep=keep,
    about="task",
    offered=False,
    correctable=False,
    undoable=False,
    photos=False,
)
