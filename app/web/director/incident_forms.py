"""The forms of an incident's steps: a word beside it, a reason, or to whom and until when."""

from datetime import datetime, timedelta

from wtforms import Form, ValidationError
from wtforms.validators import InputRequired

from app.domain import regime
from app.domain.incidents import Incident
from app.intake.fields import IntakeForm, MomentField, NoteField, OneOfField
from app.lib import clock
from app.lib.words import N_, say
from app.policy.rulebook import RULES, NoRule
from app.web.director import staff

# How long somebody may take, in minutes; "day": until midnight, "until": a time of its own.
WITHIN = [
    ("30", N_("30 分钟内")),
    ("60", N_("1 小时内")),
    ("120", N_("2 小时内")),
    ("day", N_("今天内")),
    ("until", N_("指定时间")),
]


class NoteForm(IntakeForm):
    note = NoteField(N_("补充说明（可不填）"), render_kw={"rows": 2})


class WhyForm(IntakeForm):
    why = NoteField(
        N_("原因"), validators=[InputRequired(N_("请写明原因。"))], render_kw={"rows": 2}
    )


class AssignForm(IntakeForm):
    assignee = OneOfField(N_("派给谁"), validators=[InputRequired(N_("请选一个人。"))])
    within = OneOfField(
        N_("多久处理完"), choices=WITHIN, validators=[InputRequired(N_("请选一个期限。"))]
    )
    until = MomentField(N_("处理期限"), render_kw={"data-when": "within=until"})
    note = NoteField(N_("交代几句（可不填）"), render_kw={"rows": 2})

    def validate_until(self, field: MomentField) -> None:
        if field.instant is None:
            raise ValidationError(say("请填处理期限。"))
        if field.instant <= clock.now():
            raise ValidationError(say("期限要晚于现在。"))

    @property
    def deadline(self) -> datetime:
        """The instant by which it is to be handled."""
        if self.within.data == "until":
            return self.until.instant
        if self.within.data == "day":
            return clock.end_of(clock.today())
        return clock.now() + timedelta(minutes=int(self.within.data))


def assign_form(incident: Incident, typed: object = None) -> AssignForm:
    """The form of an assignment; the worker of the grid and the rule's time are proposed."""
    form = AssignForm(typed)
    form.assignee.choices = staff.choices(incident.grid_id)
    if typed is None:
        form.assignee.data = form.assignee.choices[0][0] if form.assignee.choices else None
        form.within.data = proposed_time(incident)
    return form


def forms_for(incident: Incident) -> dict[str, Form]:
    """The empty forms of the steps that may be taken now, by the noun of the step."""
    if incident.stage == "reported":
        return {"verification": NoteForm(), "dismissal": WhyForm()}
    if incident.stage in ("verified", "assigned"):
        return {"assignment": assign_form(incident), "extension_refusal": WhyForm()}
    if incident.stage == "handled":
        return {"check": NoteForm(), "return": WhyForm()}
    return {"closure": NoteForm()} if incident.stage == "checked" else {}


def proposed_time(incident: Incident) -> str:
    """The choice that leaves as much time as the rule of its kind does."""
    day = clock.local_day(incident.reported_at)
    place = incident.grid or incident.reported_by.community
    edition, jurisdiction = regime.edition_at(place, day), regime.jurisdiction_of(place)
    try:
        minutes = RULES.rule(
            "incident", incident.kind, edition, jurisdiction, day
        ).params.handle_min
    except NoRule:
        return "120"
    return next((key for key, _words in WITHIN[:3] if int(key) >= minutes), "day")
