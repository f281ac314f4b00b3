"""What the city answered an application: turned green, or returned with a reason."""

from wtforms.validators import DataRequired, InputRequired

from app.domain.recording import record
from app.domain.records import Record
from app.intake.fields import IntakeForm, LineField, NoteField, OneOfField
from app.intake.kind import Kind, Telling
from app.lib.refusal import Refused
from app.lib.words import N_, say
from app.policy.permissions import Permission

OUTCOMES = [("green", N_("已转绿码")), ("returned", N_("退回"))]


class DecodeResultForm(IntakeForm):
    outcome = OneOfField(N_("解码结果"), choices=OUTCOMES, validators=[InputRequired()])
    reason = LineField(
        N_("退回原因"),
        validators=[DataRequired(N_("请写退回的原因。"))],
        render_kw={"data-when": "outcome=returned"},
    )
    note = NoteField()


def keep(form: DecodeResultForm, telling: Telling) -> Record:
    case, outcome = telling.subject.case, form.outcome.data
    if outcome == "returned" and case.stage != "applied" and not telling.supersedes:
        raise Refused(say("还没有申报解码，没有可退回的申请。"))
    deed = telling.deed("decode_result", outcome, form.told())
    return record(deed, by=telling.by, at=telling.received_at)


KIND = Kind(
    key="decode_result",
    words=N_("解码结果"),
    icon="check",
    form=DecodeResultForm,
    keep=keep,
    about="case",
    case_kinds=("yellow",),
    permission=Permission.MANAGE_CASES,
    one_tap={"outcome": "green"},
    one_tap_words=N_("已转绿码"),
    offered=False,
    photos=False,
)
