"""汇总: the sums of an area, a row per place below it, down to the grids."""

from flask import abort
from flask.typing import ResponseReturnValue

from app.lib import clock
from app.policy.permissions import Permission as P
from app.reports.counters import COUNTERS
from app.reports.sums import OVERDUE, area_within, sums
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.official import official
from app.web.official.counted import rows_url
from app.web.person import me


@official.get("/areas")
@official.get("/areas/<code>")
@allows(P.SEE_SUMS)
def area(code: str | None = None) -> ResponseReturnValue:
    found = area_within(me(), code) or abort(404)
    if same := unchanged():
        return same
    return page(
        "official/area.html",
        block="panels",
        sums=sums(found, seen_by=me()),
        rows_url=rows_url,
        counters=COUNTERS,
        overdue=OVERDUE,
        now=clock.now(),
    )
