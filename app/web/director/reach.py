"""谁收得到: whose phone a push reaches, and trying it."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.lib import clock
from app.notify import trial
from app.policy.permissions import Permission as P
from app.reports.reach import reach_in
from app.web.director import director
from app.web.director.asked import community
from app.web.director.undelivered import hers
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me
from app.web.words import translated


@director.get("/reach")
@allows(P.DIRECT_WORK)
def reach() -> ResponseReturnValue:
    return page("director/reach.html", rows=reach_in(community(), at=clock.now()))


@director.post("/reach/<int:user_id>/trial")
@allows(P.DIRECT_WORK)
def try_worker(user_id: int) -> ResponseReturnValue:
    person = hers(user_id)
    until = trial.ask_for(person, by=me(), at=clock.now())
    words = translated(trial.when_words(until))
    tell(_("%(name)s：%(words)s", name=person.name, words=words))
    return redirect(url_for("director.reach"), 303)
