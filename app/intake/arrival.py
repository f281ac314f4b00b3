"""A returnee: announced or arrived, from where, when, how. Opens the case, or goes on with it."""

from datetime import date

from wtforms import Form, IntegerField
from wtforms import ValidationError as Bad
from wtforms.validators import InputRequired, NumberRange, Optional

from app.domain.cases import Case
from app.domain.records import Record
from app.domain.regime import papers_for
from app.domain.returnees import open_return
from app.intake.fields import (
    DayField,
    IntakeForm,
    LineField,
    MomentField,
    NoteField,
    OneOfField,
    not_in_future,
    wall_clock_now,
)
from app.intake.kind import Kind, Subject, Telling
from app.intake.origin import OriginField
from app.intake.reasons import ReasonField, offer_reasons
from app.lib.refusal import Refused
from app.lib.words import N_, say

OUTCOMES = [("arrived", N_("已到")), ("announced", N_("预报，还没到"))]
TRANSPORT = [
    ("train", N_("火车")),
    ("plane", N_("飞机")),
    ("coach", N_("客车")),
    ("car", N_("自驾")),
    ("other", N_("其他")),
]
MOST_COMPANIONS = 20


class ArrivalForm(IntakeForm):
    outcome = OneOfField(N_("到了没有"), choices=OUTCOMES, default="arrived")
    reason = ReasonField(N_("从哪类地区回来"))
    origin = OriginField(N_("出发地"))
    left_on = DayField(N_("离开当地的日期"), validators=[InputRequired()])
    arrived_at = MomentField(N_("抵达时间"))
    transport = OneOfField(N_("交通方式"), choices=TRANSPORT, validators=[InputRequired()])
    trip_number = LineField(
        N_("车次、航班或车牌"), render_kw={"data-when": "transport=train,plane,coach,car"}
    )
    companions = IntegerField(
        N_("同行人数"),
        validators=[
            Optional(),
            NumberRange(0, MOST_COMPANIONS, N_("同行人数请填0到20之间的整数。")),
        ],
    )
    note = NoteField()

    @property
    def is_announced(self) -> bool:
        return self.outcome.data == "announced"

    def validate_left_on(self, field: DayField) -> None:
        if not self.is_announced:
            not_in_future(self, field)

    def validate_arrived_at(self, field: MomentField) -> None:
        if self.is_announced:
            self._refuse_past(field)
        else:
            not_in_future(self, field)
        if field.data and self.left_on.data and field.data.date() < self.left_on.data:
            raise Bad(N_("抵达时间早于离开当地的日期，请核对。"))

    def _refuse_past(self, field: MomentField) -> None:
        if field.data is None:
            raise Bad(N_("请填预计什么时候到。"))
        if self.day and field.data.date() < self.day:
            raise Bad(N_("预报的抵达时间已经过去，请改时间，或选“已到”。"))


def prepare(form: ArrivalForm, subject: Subject, day: date) -> None:
    """The reasons in force; on an empty form the arrival is now."""
    offer_reasons("returnee")(form, subject, day)
    if form.arrived_at.raw_data is None and form.arrived_at.data is None:
        form.arrived_at.data = wall_clock_now()


def keep(form: ArrivalForm, telling: Telling) -> Record:
    case = _case(telling)
    arrived_at = form.arrived_at.instant or telling.at
    _refuse_early(form, telling)
    told = form.told() | {"origin": form.origin.code, "arrived_at": arrived_at.isoformat()}
    told = {name: answer for name, answer in told.items() if answer not in (None, "")}
    return open_return(
        telling.subject.resident,
        papers_for("returnee", form.reason.data, telling.subject.community, telling.day),
        telling.deed("arrival", form.outcome.data, told, case=case),
        arrived_at=arrived_at,
        by=telling.by,
        at=telling.received_at,
    )


def _case(telling: Telling) -> Case | None:
    """The case that is corrected, or the announced one that goes on; Refused where he is here."""
    case = telling.subject.case
    if telling.supersedes or case is None:
        return case
    if not case.is_open:
        return None
    if case.stage != "reported":
        raise Refused(say("这位居民已有一份在管的返回档案，不必重复登记；有错请更正原来的登记。"))
    return case


def _refuse_early(form: Form, telling: Telling) -> None:
    """The time of writing stands for an arrival without a time: it must fit the departure, too."""
    left_on = form.left_on.data
    if form.arrived_at.data is None and left_on and telling.day < left_on:
        wrong = say("抵达时间早于离开当地的日期，请核对。")
        raise Refused(wrong, {"left_on": [wrong]})


KIND = Kind(
    key="arrival",
    words=N_("抵达登记"),
    icon="arrival",
    form=ArrivalForm,
    keep=keep,
    about="resident",
    case_kinds=("returnee",),
    opens="returnee",
    prepare=prepare,
)
