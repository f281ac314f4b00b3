"""日结: the day reviewed, a reason for what is left, the report written, and the day closed."""

from datetime import date
from typing import Any

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import days
from app.domain.tasks import KINDS
from app.intake.fields import IntakeForm, NoteField
from app.lib import clock
from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.reports.day_review import DayReview, day_review
from app.web.director import director
from app.web.director.asked import asked_day, community
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me


class ReportForm(IntakeForm):
    note = NoteField(N_("补充几句，写进日报（可不填）"), render_kw={"rows": 3})


@director.get("/day-close")
@allows(P.CLOSE_DAY)
def day_close() -> ResponseReturnValue:
    day = asked_day()
    if days.closing_of(community().id, day):
        return redirect(url_for("director.day", day=day))
    return show(day, ReportForm())


@director.post("/day-close")
@allows(P.CLOSE_DAY)
def close() -> ResponseReturnValue:
    day, form = asked_day(), ReportForm(request.form)
    if not form.validate():
        return show(day, form), 422
    seen = review(day, form)
    told = {"sums": seen.sums, "report": seen.report, "carry": seen.carry}
    days.close_day(community().id, day, **told, by=me(), at=clock.now())
    tell(_("已日结。日报写好了，可以复制到工作群。"))
    return redirect(url_for("director.day", day=day), 303)


def review(day: date, form: ReportForm) -> DayReview:
    """The day as it would be closed with what was chosen and written so far."""
    note, city = form.note.data or "", current_app.config["CITY_SHORT"]
    return day_review(community(), day, request.values.to_dict(), note=note, city=city)


def show(day: date, form: ReportForm) -> Any:
    return page(
        "director/day_close.html",
        block="preview",
        day=day,
        today=day == clock.today(),
        review=review(day, form),
        form=form,
        reasons=days.CARRY_REASONS,
        kinds=KINDS,
        chosen=request.values,
    )
