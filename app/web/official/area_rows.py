"""The rows behind a number of an area: what and where and since when, but not who."""

from datetime import date
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app.domain.cases import KINDS as CASE_KINDS
from app.domain.incidents import STAGES as INCIDENT_STAGES
from app.domain.tasks import KINDS as TASK_KINDS
from app.lib import clock
from app.policy.permissions import Permission as P
from app.policy.steps import STAGES
from app.reports.counters import COUNTERS, asked
from app.reports.needs import incident_kind
from app.reports.sums import BESIDE, PER_PAGE, SHOWN, area_within, nameless
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.official import official
from app.web.official.counted import UNPLACED
from app.web.person import me

WORDS = {
    "case": CASE_KINDS,
    "stage": STAGES,
    "task": TASK_KINDS,
    "incident": incident_kind,
    "incident_stage": INCIDENT_STAGES,
}


@official.get("/areas/<code>/rows/<counter>")
@allows(P.SEE_SUMS)
def area_rows(code: str, counter: str) -> ResponseReturnValue:
    place = area_within(me(), code) or abort(404)
    if counter not in (*SHOWN, *BESIDE):
        abort(404)
    return unchanged() or page("official/area_rows.html", **_shown(place, counter))


def _shown(place: Any, counter: str) -> dict[str, Any]:
    number = request.args.get("page", 1, type=int)
    day = _day(request.args.get("day"))
    unplaced = request.args.get("grid") == UNPLACED
    where = asked(place, day, unplaced=unplaced)
    found, total, places = nameless(counter, where, max(number, 1))
    return {
        "place": place,
        "counter": COUNTERS[counter],
        "day": day,
        "grid": UNPLACED if unplaced else None,
        "rows": found,
        "total": total,
        "places": places,
        "number": max(number, 1),
        "pages": max((total - 1) // PER_PAGE + 1, 1),
        "words": WORDS,
        "now": clock.now(),
    }


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        abort(404)
