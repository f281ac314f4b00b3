"""The form with which work is given out: what, to whom, by when, what counts as done.

Everything but the words and the person has a usual answer, so that giving something to
somebody takes few taps. What recurs, and files, wait behind a fold.
"""

import re
from datetime import date, datetime, timedelta
from typing import Any

from wtforms import MultipleFileField, ValidationError
from wtforms.validators import DataRequired, InputRequired

from app.domain.assignment_templates import RHYTHMS, AssignmentTemplate
from app.domain.shares import ASKS
from app.intake import KINDS
from app.intake.fields import ChipsField, DayField, LineField, MomentField, NoteField, OneOfField
from app.lib import clock
from app.lib.words import N_, say
from app.web.director.incident_forms import WITHIN
from app.web.director.receiver_fields import ReceiverForm

FORM = "form"
WEEK = [
    (str(n), words)
    for n, words in enumerate(
        (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))
    )
]
# Record kinds that may count as done: those that a worker opens by herself.
ABOUT = ("resident", "case", "place")


def form_kinds() -> list[tuple[str, str]]:
    """The forms that a director may ask for."""
    offered = [kind for kind in KINDS.values() if kind.offered and kind.about in ABOUT]
    worked = [kind for kind in offered if kind.key not in ("code_push", "elder_roll")]
    return [(kind.key, kind.words) for kind in worked]


class AssignmentForm(ReceiverForm):
    words = NoteField(
        N_("要办什么"), validators=[DataRequired(N_("请写要办什么。"))], render_kw={"rows": 3}
    )
    within = OneOfField(N_("什么时候办完"), choices=WITHIN, default="day")
    until = MomentField(N_("期限"), render_kw={"data-when": "within=until"})
    done_by = OneOfField(
        N_("怎样算办完"), choices=[*ASKS.items(), (FORM, N_("填一张表"))], default="tick"
    )
    sheet = OneOfField(
        N_("哪张表"), choices=form_kinds(),
        validators=[InputRequired(N_("请选一张表。"))], render_kw={"data-when": "done_by=form"},
    )  # fmt: skip
    files = MultipleFileField(
        N_("附件"), description=N_("图片、PDF、docx、xlsx、pptx，最多 5 个，一共不超过 8 MB")
    )
    name = LineField(N_("存为常用交办，起个名字（可不填）"))
    rhythm = OneOfField(
        N_("重复"), choices=list(RHYTHMS.items()), default="",
        description=N_("工作日照国务院的放假调休安排；还没公布的年份按周一到周五。"),
    )  # fmt: skip
    weekdays = ChipsField(N_("星期几"), choices=WEEK, render_kw={"data-when": "rhythm=week"})
    dates = LineField(
        N_("哪些日期"), description=N_("例如 2022-10-08 2022-10-15"),
        render_kw={"data-when": "rhythm=dates", "maxlength": 400},
    )  # fmt: skip
    last_day = DayField(
        N_("重复到哪天（可不填）"), render_kw={"data-when": "rhythm=daily,weekdays,week"}
    )

    def validate_until(self, field: MomentField) -> None:
        if field.instant is None:
            raise ValidationError(say("请填期限。"))
        if field.instant <= clock.now():
            raise ValidationError(say("期限要晚于现在。"))

    def validate_weekdays(self, field: ChipsField) -> None:
        if self.rhythm.data == "week" and not field.data:
            raise ValidationError(say("请选星期几。"))

    def validate_dates(self, field: LineField) -> None:
        if self.rhythm.data == "dates" and not self.days:
            raise ValidationError(say("请按 2022-10-08 的写法填日期，用空格隔开。"))

    @property
    def asked(self) -> str:
        return self.sheet.data if self.done_by.data == FORM else self.done_by.data

    @property
    def due_at(self) -> datetime:
        if self.within.data == "until":
            return self.until.instant
        if self.within.data == "day":
            return clock.end_of(clock.today())
        return clock.now() + timedelta(minutes=int(self.within.data))

    @property
    def days(self) -> list[Any]:
        """The days of the rhythm, as a template keeps them."""
        if self.rhythm.data == "week":
            return [int(one) for one in self.weekdays.data]
        return [day for day in map(_day, re.split(r"[\s,，、]+", self.dates.data or "")) if day]

    def fill_from(self, template: AssignmentTemplate) -> None:
        """What a template says, before anybody has answered."""
        self.propose(template.to)
        self.words.data = template.words
        is_form = template.asks not in ASKS
        self.done_by.data = FORM if is_form else template.asks
        self.sheet.data = template.asks if is_form else None


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None
