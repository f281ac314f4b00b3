"""Opening one name: with a reason that is kept, for five minutes, and then it closes by itself."""

from datetime import datetime

from flask import abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import DataRequired, InputRequired

from app.domain import watch
from app.domain.cases import Case
from app.intake.fields import IntakeForm, LineField, OneOfField
from app.lib import clock
from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.reports.badges import reason_words
from app.reports.opened_name import closes_at, target_of
from app.reports.sums import case_within
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.official import official
from app.web.person import me

REASONS = [
    ("complaint", N_("核实投诉、信访")),
    ("rescue", N_("应急救助")),
    ("tracing", N_("流调需要")),
    ("data", N_("核对数据")),
    ("other", N_("其他")),
]


class NameForm(IntakeForm):
    reason = OneOfField(N_("为什么要看姓名"), choices=REASONS, validators=[InputRequired()])
    words = LineField(
        N_("写明事由"),
        validators=[DataRequired(N_("请写明事由，会和您的账号一起留痕。"))],
        description=N_("例如 来电编号、工单号、交办人"),
    )

    @property
    def why(self) -> str:
        return f"{dict(REASONS)[self.reason.data]}：{self.words.data}"


@official.get("/areas/cases/<int:case_id>/name")
@allows(P.OPEN_NAME)
def name(case_id: int) -> ResponseReturnValue:
    case = _case(case_id)
    return _shown(case, NameForm(), closes_at(me(), case.id, clock.now()))


@official.post("/areas/cases/<int:case_id>/name")
@allows(P.OPEN_NAME)
def name_opening(case_id: int) -> ResponseReturnValue:
    case, form = _case(case_id), NameForm(request.form)
    if not form.validate():
        return _shown(case, form, None), 422
    target = target_of(case.id)
    watch.opened("name_opened", target, form.why, by=me(), at=clock.now())
    return redirect(url_for("official.name", case_id=case.id), 303)


def _case(case_id: int) -> Case:
    return case_within(me(), case_id) or abort(404)


def _shown(case: Case, form: NameForm, until: datetime | None) -> ResponseReturnValue:
    """The name while it is open; the browser asks again when it closes, and keeps no copy."""
    reason = reason_words(case)
    response = make_response(
        page("official/name.html", case=case, form=form, until=until, reason=reason)
    )
    response.headers["Cache-Control"] = "private, no-store"
    if until:
        left = int((until - clock.now()).total_seconds()) + 1
        response.headers["Refresh"] = str(left)
    return response
