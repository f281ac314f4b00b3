"""Correcting the day on which a case ends, with a reason; its plan follows at once."""

from datetime import date

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import ValidationError as Bad
from wtforms.validators import DataRequired, InputRequired

from app.domain import plan
from app.domain.cases import Case
from app.intake.fields import DayField, IntakeForm, LineField
from app.lib import clock
from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.reports.badges import reason_words
from app.web.director import director
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me, my


class CaseEndForm(IntakeForm):
    ends_on = DayField(N_("改到哪一天"), validators=[InputRequired()])
    reason = LineField(N_("为什么改"), validators=[DataRequired(N_("请写明为什么改。"))])
    begins: date | None = None

    def validate_ends_on(self, field: DayField) -> None:
        if self.begins and field.data and field.data < self.begins:
            raise Bad(N_("截止日期早于建档日期，请核对。"))


@director.get("/cases/<int:case_id>/end")
@allows(P.MANAGE_CASES)
def case_end(case_id: int) -> ResponseReturnValue:
    case = _case(case_id)
    return _form(case, CaseEndForm(ends_on=case.ends_on))


@director.post("/cases/<int:case_id>/end")
@allows(P.MANAGE_CASES)
def case_end_correction(case_id: int) -> ResponseReturnValue:
    case, form = _case(case_id), CaseEndForm(request.form)
    form.begins = clock.local_day(case.opened_at)
    if not form.validate():
        return _form(case, form), 422
    case.correct_end(form.ends_on.data, reason=form.reason.data, by=me(), at=clock.now())
    plan.revise(case, by=me(), at=clock.now())
    tell(_("截止日期已改到 %(day)s。", day=form.ends_on.data))
    return redirect(url_for("residents.resident", resident_id=case.resident_id), 303)


def _case(case_id: int) -> Case:
    return my().find(my().cases, case_id) or abort(404)


def _form(case: Case, form: CaseEndForm) -> ResponseReturnValue:
    return page("director/case_end.html", case=case, form=form, reason=reason_words(case))
