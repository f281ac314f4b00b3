"""Asking for more time for an incident; the director grants or declines it."""

from datetime import date, timedelta

from wtforms import ValidationError as Bad
from wtforms.validators import DataRequired, InputRequired

from app.domain.recording import record
from app.domain.records import Record
from app.domain.regime import edition_at, jurisdiction_of
from app.intake.fields import IntakeForm, MomentField, NoteField
from app.intake.hers import hold_unless_hers
from app.intake.kind import Kind, Subject, Telling
from app.lib import clock
from app.lib.words import N_, say
from app.policy.rulebook import RULES


class ExtensionForm(IntakeForm):
    most_hours = 0  # how much more time may be asked for at once; `prepare` asks the rules

    until = MomentField(N_("延到什么时候"), validators=[InputRequired()])
    why = NoteField(N_("为什么"), validators=[DataRequired(N_("请写明原因。"))])

    def validate_until(self, field: MomentField) -> None:
        if field.instant is None:
            return
        if field.instant <= clock.now():
            raise Bad(N_("新的期限要晚于现在。"))
        if field.instant > clock.now() + timedelta(hours=self.most_hours):
            raise Bad(say("一次最多延 %(days)s 天。", days=self.most_hours // 24))


def prepare(form: ExtensionForm, subject: Subject, day: date) -> None:
    """How long an extension may be, by the rules on the day."""
    where = edition_at(subject.community, day), jurisdiction_of(subject.community)
    form.most_hours = RULES.rule("deadline", "incident_extension", *where, day).params.due_h


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
    prepare=prepare,
    offered=False,
    correctable=False,
    undoable=False,
    photos=False,
)
