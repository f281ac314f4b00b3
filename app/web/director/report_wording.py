"""The community's own wording of its daily report and of its message to the group chat."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.validators import DataRequired

from app.domain.report_wordings import KINDS, drop_wording, keep_wording, wording_of
from app.intake.fields import IntakeForm, NoteField
from app.lib import clock
from app.lib.refusal import Refused
from app.lib.words import N_, Say
from app.policy.permissions import Permission as P
from app.reports.report_fields import EMPTY, FIELDS, STANDARD, checked_wording, worded
from app.web.director import director
from app.web.director.asked import community
from app.web.director.daily_report import report_for
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me
from app.web.refused_fields import show_refusal


class WordingForm(IntakeForm):
    words = NoteField(N_("怎么写"), validators=[DataRequired(EMPTY)], render_kw={"rows": 12})


@director.get("/report-wording")
@allows(P.CLOSE_DAY)
def report_wording() -> ResponseReturnValue:
    kind = _kind()
    own = wording_of(community(), kind)
    return _show(kind, WordingForm(words=own.words if own else STANDARD[kind]))


@director.post("/report-wording")
@allows(P.CLOSE_DAY)
def keep_report_wording() -> ResponseReturnValue:
    kind, form = _kind(), WordingForm(request.form)
    if not form.validate():
        return _show(kind, form), 422
    try:
        words = checked_wording(kind, form.words.data)
    except Refused as refused:
        return _show(kind, form, show_refusal(form, refused)), 422
    keep_wording(community(), kind, words, by=me(), at=clock.now())
    tell(_("已记住。以后都这样写。"))
    return redirect(url_for("director.report_wording", kind=kind), 303)


@director.post("/report-wording/removal")
@allows(P.CLOSE_DAY)
def drop_report_wording() -> ResponseReturnValue:
    drop_wording(community(), _kind())
    tell(_("已换回通用的写法。"))
    return redirect(url_for("director.report_wording", kind=_kind()), 303)


def _kind() -> str:
    asked = request.values.get("kind", "")
    return asked if asked in KINDS else "report"


def _show(kind: str, form: WordingForm, why: Say | None = None) -> ResponseReturnValue:
    """The form, and how today would read in what is typed."""
    today, own = report_for(clock.today()).whole, wording_of(community(), kind)
    shown = {"kind": kind, "kinds": KINDS, "fields": FIELDS[kind], "own": own}
    sample = worded(form.words.data or "", today)
    return page("director/report_wording.html", form=form, why=why, sample=sample, **shown)
