"""Verifying what a list or the person said: is he ours, is he at home, is he well, was he told."""

from wtforms.validators import InputRequired

from app.domain.recording import record
from app.domain.records import Record
from app.intake.fields import ChipsField, IntakeForm, LineField, NoteField, OneOfField, YesNoField
from app.intake.kind import Kind, Telling
from app.intake.symptoms import SYMPTOMS
from app.lib.words import N_

# What every verification may find.
OUTCOMES = [
    ("confirmed", N_("情况属实")),
    ("elsewhere", N_("人在别处")),
    ("unreachable", N_("联系不上")),
    ("not_ours", N_("不是本社区的")),
]
CONFIRMED = {"data-when": "outcome=confirmed"}


def verification(
    key: str,
    words: str,
    *,
    of: str,
    also: tuple[tuple[str, str], ...] = (),
) -> Kind:
    """The kind that verifies cases `of` a kind; `also`: further outcomes of somebody who is met."""

    def keep(form: IntakeForm, telling: Telling) -> Record:
        deed = telling.deed(key, form.outcome.data, form.told())
        return record(deed, by=telling.by, at=telling.received_at)

    return Kind(
        key=key,
        words=words,
        icon="verify",
        form=_form(also),
        keep=keep,
        about="case",
        case_kinds=(of,),
        one_tap={"outcome": "confirmed", "at_home": "y", "explained": "y"},
        one_tap_words=N_("已核实"),
        once_a_day="kind",
    )


def _form(also: tuple[tuple[str, str], ...]) -> type[IntakeForm]:
    met = ",".join(["confirmed", *(outcome for outcome, _words in also)])

    class CheckForm(IntakeForm):
        outcome = OneOfField(
            N_("核实结果"), choices=[*OUTCOMES, *also], validators=[InputRequired()]
        )
        at_home = YesNoField(N_("人在家里"), validators=[InputRequired()], render_kw=CONFIRMED)
        symptoms = ChipsField(
            N_("有没有不舒服"),
            choices=SYMPTOMS,
            description=N_("没有就不用选"),
            render_kw={"data-when": f"outcome={met}"},
        )
        explained = YesNoField(N_("管控措施已告知本人"), default="y", render_kw=CONFIRMED)
        whereabouts = LineField(
            N_("现在在哪里"),
            description=N_("知道就写，方便转给当地"),
            render_kw={"data-when": "outcome=elsewhere"},
        )
        note = NoteField()

    return CheckForm
