"""Asking back about work that was given out: the director answers, the work stays."""

from wtforms.validators import DataRequired

from app.domain.recording import record
from app.domain.records import Record
from app.intake.fields import IntakeForm, NoteField
from app.intake.given import ABOUT_NOBODY, is_hers, refuse_late, share_told_of
from app.intake.kind import Kind, Telling
from app.lib.words import N_


class AskedForm(IntakeForm):
    question = NoteField(N_("想问什么"), validators=[DataRequired(N_("请写下要问的。"))])


def keep(form: AskedForm, telling: Telling) -> Record:
    share = share_told_of(telling)
    if is_hers(share, telling) and share.may("ask"):
        share.ask(form.question.data, by=telling.by, at=telling.at)
    else:
        refuse_late(telling)
    deed = telling.deed("assignment_asked", "asked", form.told(), **ABOUT_NOBODY)
    return record(deed, by=telling.by, at=telling.received_at)


KIND = Kind(
    key="assignment_asked",
    words=N_("问一下"),
    icon="feedback",
    form=AskedForm,
    keep=keep,
    about="task",
    offered=False,
    correctable=False,
    undoable=False,
    leaves_task=True,
    photos=False,
)
