"""人员台账: one filterable, sortable, paged list per kind, and the list behind every number."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app.domain.filters import SavedFilter, filters_of
from app.lib import clock
from app.policy.permissions import Permission as P
from app.reports.counters import COUNTERS
from app.reports.ledger import Wanted, ledger_page, picks
from app.reports.ledger_asked import filters_of as filters_in
from app.reports.ledger_kinds import LEDGERS
from app.web.director import director
from app.web.director.ledger_address import address, wanted_of
from app.web.director.ledger_words import NO_GRID_CHOICE, SORTS, STATES, WORDS, heads_of
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.person import me, my


@director.get("/ledgers/<kind>")
@allows(P.SEE_LEDGERS)
def ledger(kind: str) -> ResponseReturnValue:
    wanted = wanted_of(kind, request.args)
    saved = filters_of(me(), kind)
    if same := unchanged(*((one.id, one.query) for one in saved)):
        return same
    return page("director/ledger.html", block="list", **_shown(wanted, saved))


@director.post("/ledgers/<kind>/search")
@allows(P.SEE_LEDGERS)
def ledger_search(kind: str) -> ResponseReturnValue:
    """The rows of whoever is called like this; a name never stands in an address."""
    wanted = wanted_of(kind, request.form, request.form.get("name", ""))
    return page("director/ledger.html", block="list", **_shown(wanted, filters_of(me(), kind)))


def _shown(wanted: Wanted, saved: list[SavedFilter]) -> dict[str, Any]:
    return {
        "wanted": wanted,
        "ledger": wanted.ledger,
        "ledgers": LEDGERS,
        "found": ledger_page(wanted),
        "picks": picks(wanted),
        "counters": COUNTERS,
        "filters": filters_in(wanted),
        "saved": saved,
        "grid_names": {grid.id: grid.name for grid in my().grids},
        "address": address,
        "now": clock.now(),
        "today": clock.today(),
        "words": WORDS,
        "heads": heads_of(wanted),
        "grid_choices": [(grid.code, grid.name) for grid in my().grids] + [NO_GRID_CHOICE],
        "state_choices": [(state, STATES[state]) for state in wanted.ledger.states],
        "sort_choices": [(sort, SORTS[sort]) for sort in wanted.ledger.sorts],
    }
