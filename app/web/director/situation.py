"""情形与规则: which edition is in force, which situation is declared, and what each changes."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import regime, situations
from app.domain.regime import SITUATIONS, DeclaredSituation
from app.lib import clock
from app.lib.db import session
from app.policy.permissions import Permission as P
from app.policy.rulebook import RULES
from app.reports.visit_rules import how_often
from app.web.director import director
from app.web.director.asked import community
from app.web.guard import allows
from app.web.hypermedia import page, tell, unchanged
from app.web.person import me
from app.web.words import translated


@director.get("/situation")
@allows(P.DECLARE_SITUATION)
def situation() -> ResponseReturnValue:
    return unchanged() or page("director/situation.html", kinds=SITUATIONS, **in_force())


@director.post("/situation")
@allows(P.DECLARE_SITUATION)
def declare_situation() -> ResponseReturnValue:
    kind = request.form.get("kind", "")
    elders = situations.begin(community(), kind, by=me(), at=clock.now())
    words = translated(SITUATIONS[kind])
    tell(_("已宣布%(kind)s，%(n)s 位老人的探访已重新安排。", kind=words, n=elders))
    return redirect(url_for("director.situation"), 303)


@director.post("/situation/<int:situation_id>/end")
@allows(P.DECLARE_SITUATION)
def end_situation(situation_id: int) -> ResponseReturnValue:
    declared = own_situation(situation_id)
    elders = situations.end(declared, by=me(), at=clock.now())
    words = translated(SITUATIONS[declared.kind])
    tell(_("%(kind)s到今天为止，%(n)s 位老人的探访已重新安排。", kind=words, n=elders))
    return redirect(url_for("director.situation"), 303)


def in_force() -> dict[str, Any]:
    """The edition and situations over her community, and how often elders are visited in each."""
    place, today = community(), clock.today()
    return {
        "place": place,
        "edition": RULES.editions[regime.edition_at(place, today)],
        "by_calendar": RULES.edition_on(today),
        "declared": regime.situations_on(place, today),
        "often": how_often(place, today),
    }


def own_situation(situation_id: int) -> DeclaredSituation:
    """A situation that her own community declared and that goes on; 404 otherwise."""
    found = session.get(DeclaredSituation, situation_id)
    hers = found is not None and found.area_id == community().id and found.ends is None
    return found if hers else abort(404)
