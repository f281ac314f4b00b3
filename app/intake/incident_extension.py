"""Asking for more time for an incident; the director grants or declines it."""

from datetime import timedelta

from wtforms import ValidationError as Bad
from wtforms.validators import DataRequired, InputRequired

from app.domain.recording import record
from app.domain.records import Record
from app.intake.fields import IntakeForm, MomentField, NoteField
from app.intake.hers import hold_unless_hers
from app.intake.kind import Kind, Telling
from app.lib import clock
from app.lib.words import N_

LONGEST = timedelta(days=7)


class ExtensionForm(IntakeForm):
    until = MomentField(N_("延到什么时候"), validators=[InputRequired()])
    why = NoteField(N_("为什么"), validators=[DataRequired(N_("请写明原因。"))])

    def validate_until(self, field: MomentField) -> None:
        if field.instant is None:
            return
        if field.instant <= clock.now():
            raise Bad(N_("新的期限要晚于现在。"))
        if field.instant > clock.now() + LONGEST:
            raise Bad(N_("一次最多延7天。"))


def keep(form: ExtensionForm, telling: Telling) -> Record:
    hold_unless_hers(telling)
    incident = telling.subject.incident
    incident.ask_extension(form.until.instant, form.why.data, by=telling.by, at=telling.at)
    deed = telling.deed("incident_extension", "asked", form.told())
    return record(deed, by=telling.by, at=telling.received_at)


KIND = Kind(
    key="incident_extension",
    words=N_("申请延期"),
    icon="clock",
    form=ExtensionForm,
    keep=keep,
    about="incident",
    offered=False,
    correctable=False,
    undoable=False,
)
