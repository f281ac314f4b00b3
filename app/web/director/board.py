"""看板: what needs her now, the sums of today beside yesterday's, a row per grid, the trend."""

from flask.typing import ResponseReturnValue

from app.lib import clock
from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.reports import board as reports
from app.reports.counters import COUNTERS
from app.web.director import director
from app.web.director.counted import rows_of, rows_url
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.person import my

# The button beside an incident, by what is to be done with it.
INCIDENT_STEPS = {
    "incident_reported": N_("去核实"),
    "incident_verified": N_("去派单"),
    "incident_assigned": N_("看进展"),
    "incident_more_time": N_("批延期"),
    "incident_handled": N_("去复核"),
    "incident_checked": N_("去办结"),
}


@director.get("/board")
@allows(P.SEE_BOARD)
def board() -> ResponseReturnValue:
    if same := unchanged():
        return same
    return page(
        "director/board.html",
        block="panels",
        board=reports.board(my().community),
        rows_url=rows_url,
        rows_of=rows_of,
        incident_steps=INCIDENT_STEPS,
        counters=COUNTERS,
        now=clock.now(),
    )
