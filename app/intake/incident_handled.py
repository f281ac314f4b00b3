"""Saying what was done about an incident that was given to one."""

from wtforms.validators import DataRequired

from app.domain.recording import record
from app.domain.records import Record
from app.intake.fields import IntakeForm, NoteField
from app.intake.hers import hold_unless_hers
from app.intake.kind import Kind, Telling
from app.lib.refusal import Held
from app.lib.words import N_, say


class HandledForm(IntakeForm):
    what = NoteField(N_("怎么处理的"), validators=[DataRequired(N_("请写一两句处理情况。"))])


def keep(form: HandledForm, telling: Telling) -> Record:
    hold_unless_hers(telling)
    incident = telling.subject.incident
    gone_on = not incident.may("handle") and telling.via == "phone"
    if gone_on and not telling.decided:
        raise Held(say("这件事已经到了下一步，登记已保留，等社区负责人定夺。"))
    if not gone_on:  # else only her words are kept: its course stands
        incident.handle(form.what.data, by=telling.by, at=telling.at)
    deed = telling.deed("incident_handled", "handled", form.told())
    return record(deed, by=telling.by, at=telling.received_at)


KIND = Kind(
    key="incident_handled",
    words=N_("突发事件处理完毕"),
    icon="check",
    form=HandledForm,
    keep=keep,
    about="incident",
    offered=False,
    correctable=False,
    undoable=False,
)
