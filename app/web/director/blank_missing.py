"""What a form lacks, asked for in one go: a task for each person of whom something is missing."""

from datetime import timedelta

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import assignments, regime
from app.domain.assignments import Assignment
from app.domain.blank_forms import BlankForm
from app.exchange.fill import Layout, tell
from app.exchange.fill.lacking import lacking
from app.lib import clock
from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.asked import community
from app.web.director.blank_form import form_or_404, wanted_for
from app.web.guard import allows
from app.web.hypermedia import tell as tell_her
from app.web.person import me, my

ASKS = "supplement"


@director.post("/blank-forms/<int:form_id>/missing")
@allows(P.DIRECT_WORK)
def ask_for_missing(form_id: int) -> ResponseReturnValue:
    form = form_or_404(form_id)
    given = _give(form)
    if given is None:
        tell_her(_("没有要交的：缺的都已在补，或者人还没有分网格。"), tone="warn")
        return redirect(url_for("director.blank_form", form_id=form.id), 303)
    tell_her(_("已交给网格员去补 %(n)s 人。", n=len(given.shares)))
    return redirect(url_for("director.given", given_id=given.id), 303)


def _give(form: BlankForm) -> Assignment | None:
    """Everybody of whom something is missing, each with what it is."""
    told, now = tell(Layout.from_stored(form.layout), wanted_for(form), my().grids), clock.now()
    wanted = [(lack.person, lack.words) for lack in lacking(told)]
    hours = regime.numbers("deadline", "missing", community(), clock.today()).due_h
    words, due_at = _("补全“%(name)s”里缺的信息", name=form.name), now + timedelta(hours=hours)
    return assignments.give_about_each(
        words, ASKS, wanted, community(), due_at=due_at, by=me(), at=now
    )
