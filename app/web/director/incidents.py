"""突发事件: what is open, the overdue and gravest first, and below it what was ended."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from app.domain.incidents import OPEN_STAGES, STAGES
from app.lib import clock
from app.policy.permissions import Permission as P
from app.reports.incident_list import incident_list
from app.web.director import director
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.person import my


@director.get("/incidents")
@allows(P.HANDLE_INCIDENTS)
def incidents() -> ResponseReturnValue:
    stage = request.args.get("stage")
    if stage not in (None, *OPEN_STAGES):
        abort(404)
    if same := unchanged(stage):
        return same
    found = incident_list(my(), clock.now(), stage)
    context = {"list": found, "stage": stage, "stages": STAGES}
    return page("director/incidents.html", block="panel", **context)
