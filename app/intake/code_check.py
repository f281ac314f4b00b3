"""Verifying a yellow code that was pushed or reported: is he ours, is he at home, how is he."""

from wtforms.validators import InputRequired

from app.domain.recording import record
from app.domain.records import Record
from app.intake.fields import ChipsField, IntakeForm, LineField, NoteField, OneOfField, YesNoField
from app.intake.kind import Kind, Telling
from app.intake.symptoms import SYMPTOMS
from app.lib.words import N_

OUTCOMES = [
    ("confirmed", N_("情况属实")),
    ("elsewhere", N_("人在别处")),
    ("unreachable", N_("联系不上")),
    ("not_ours", N_("不是本社区的")),
    ("wrong", N_("误赋码")),
]
CONFIRMED = {"data-when": "outcome=confirmed"}


class CodeCheckForm(IntakeForm):
    outcome = OneOfField(N_("核实结果"), choices=OUTCOMES, validators=[InputRequired()])
    at_home = YesNoField(N_("人在家里"), validators=[InputRequired()], render_kw=CONFIRMED)
    symptoms = ChipsField(
        N_("有没有不舒服"),
        choices=SYMPTOMS,
        description=N_("没有就不用选"),
        render_kw={"data-when": "outcome=confirmed,wrong"},
    )
    explained = YesNoField(N_("管控措施已告知本人"), default="y", render_kw=CONFIRMED)
    whereabouts = LineField(
        N_("现在在哪里"),
        description=N_("知道就写，方便转给当地"),
        render_kw={"data-when": "outcome=elsewhere"},
    )
    note = NoteField()


def keep(form: CodeCheckForm, telling: Telling) -> Record:
    deed = telling.deed("code_check", form.outcome.data, form.told())
    return record(deed, by=telling.by, at=telling.received_at)


KIND = Kind(
    key="code_check",
    words=N_("黄码核实"),
    icon="verify",
    form=CodeCheckForm,
    keep=keep,
    about="case",
    case_kinds=("yellow",),
    one_tap={"outcome": "confirmed", "at_home": "y", "explained": "y"},
    one_tap_words=N_("已核实"),
    once_a_day="kind",
)
