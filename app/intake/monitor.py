"""Daily health monitoring: temperature and symptoms of somebody under a measure."""

import re
import unicodedata

from wtforms import DecimalField, Form
from wtforms import ValidationError as Bad
from wtforms.validators import InputRequired, NumberRange, Optional

from app.domain.plan import facts_of
from app.domain.recording import record
from app.domain.records import Record
from app.intake.fields import ChipsField, IntakeForm, NoteField, OneOfField
from app.intake.kind import Kind, Telling
from app.intake.symptoms import SYMPTOMS
from app.lib.refusal import Refused
from app.lib.words import N_, say
from app.policy.course import stay_rule
from app.policy.rulebook import RULES

OUTCOMES = [("normal", N_("正常")), ("abnormal", N_("有异常"))]
LOWEST, HIGHEST = 34, 43  # °C; outside of it the thermometer or the finger slipped
NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")


class TemperatureField(DecimalField):
    """Degrees Celsius as typed: ``36.5``, ``36,5``, ``36。5℃``."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = unicodedata.normalize("NFKC", "".join(valuelist)).upper()
        typed = typed.rstrip("°C度 ").strip().replace("。", ".").replace(",", ".")
        self.data = None
        if not typed:
            return
        if not NUMBER.fullmatch(typed):
            raise ValueError(N_("体温请填数字，例如 36.5。"))
        self.data = float(typed)


class MonitorForm(IntakeForm):
    outcome = OneOfField(N_("情况"), choices=OUTCOMES, validators=[InputRequired()])
    temperature = TemperatureField(
        N_("体温（℃）"),
        places=1,
        validators=[
            Optional(),
            NumberRange(LOWEST, HIGHEST, N_("体温应在34到43℃之间，请重新量一次或核对。")),
        ],
    )
    symptoms = ChipsField(N_("症状"), choices=SYMPTOMS, render_kw={"data-when": "outcome=abnormal"})
    note = NoteField()

    def validate_symptoms(self, field: ChipsField) -> None:
        """Something must say what is abnormal."""
        if not (field.data or self.temperature.data or self.note.data):
            raise Bad(N_("哪里异常？请填体温、选症状或写备注。"))


def keep(form: MonitorForm, telling: Telling) -> Record:
    _refuse_normal_fever(form, telling)
    deed = telling.deed("monitor", form.outcome.data, form.told())
    return record(deed, by=telling.by, at=telling.received_at)


def _refuse_normal_fever(form: Form, telling: Telling) -> None:
    fever = stay_rule(facts_of(telling.subject.case), RULES).params.fever_c
    measured = form.temperature.data
    if form.outcome.data == "normal" and measured is not None and measured >= fever:
        wrong = say(
            "%(measured)s℃ 已到发热标准（%(fever)s℃），请选“有异常”。",
            measured=measured,
            fever=fever,
        )
        raise Refused(wrong, {"outcome": [wrong]})


KIND = Kind(
    key="monitor",
    words=N_("健康监测"),
    icon="monitor",
    form=MonitorForm,
    keep=keep,
    about="case",
    case_kinds=("returnee", "yellow"),
    one_tap={"outcome": "normal"},
    one_tap_words=N_("无异常"),
)
