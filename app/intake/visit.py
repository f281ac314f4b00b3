"""Visit to an elder: by door, phone or video; seen or not; how she is; what she needs."""

from wtforms.validators import InputRequired

from app.domain.recording import record
from app.domain.records import Record
from app.intake.fields import ChipsField, IntakeForm, NoteField, OneOfField
from app.intake.kind import Kind, Telling
from app.lib.words import N_

WAYS = [("door", N_("上门")), ("phone", N_("电话")), ("video", N_("视频"))]
OUTCOMES = [
    ("well", N_("一切平安")),
    ("needs", N_("需要帮忙")),
    ("unwell", N_("身体不适")),
    ("hospital", N_("需送医")),
    ("not_seen", N_("没见到")),
]
NEEDS = [
    ("medicine", N_("药品")),
    ("food", N_("蔬菜食品")),
    ("doctor", N_("就医")),
    ("test_at_home", N_("上门采样")),
    ("repair", N_("家电维修")),
    ("company", N_("陪伴说话")),
    ("other", N_("其他")),
]


class VisitForm(IntakeForm):
    outcome = OneOfField(N_("情况"), choices=OUTCOMES, validators=[InputRequired()])
    way = OneOfField(N_("方式"), choices=WAYS, default="door")
    needs = ChipsField(
        N_("需要什么"), choices=NEEDS, render_kw={"data-when": "outcome=needs,unwell,hospital"}
    )
    note = NoteField()


def keep(form: VisitForm, telling: Telling) -> Record:
    told = form.told()
    told["seen"] = form.outcome.data != "not_seen" and told["way"] == "door"
    deed = telling.deed("visit", form.outcome.data, told)
    return record(deed, by=telling.by, at=telling.received_at)


KIND = Kind(
    key="visit",
    words=N_("探访老人"),
    icon="visit",
    form=VisitForm,
    keep=keep,
    about="case",
    case_kinds=("elder",),
    one_tap={"outcome": "well", "way": "door"},
    one_tap_words=N_("一切平安"),
    once_a_day="kind",
)
