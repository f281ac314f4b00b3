"""A ledger as it is filtered, in its usual columns: masked at once, whole only as it is allowed."""

from flask import request
from flask.typing import ResponseReturnValue

from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.asking import ask_in_full, taken_masked
from app.web.director.ledger_address import address, asked_in, wanted_of
from app.web.guard import allows
from app.web.workbook import attached


@director.post("/ledgers/<kind>/export")
@allows(P.SEE_LEDGERS)
def ledger_export(kind: str) -> ResponseReturnValue:
    what = _what(kind) | {"name": request.form.get("name", "").strip()[:60]}
    name, content = taken_masked("ledger", what)
    return attached(content, name)


@director.post("/ledgers/<kind>/full")
@allows(P.MANAGE_CASES)
def ledger_full(kind: str) -> ResponseReturnValue:
    """Whole names and numbers of the list as it is filtered, never of a name looked for."""
    what = _what(kind)
    return ask_in_full("ledger", what, address(wanted_of(kind, asked_in(what["query"]))))


def _what(kind: str) -> dict[str, str]:
    """What the page shows, as an address says it; 404 for what is not there."""
    query = request.form.get("query", "")[:400]
    wanted_of(kind, asked_in(query))
    return {"kind": kind, "query": query}
