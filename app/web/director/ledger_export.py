"""A ledger as it is filtered, as a masked workbook; that it was taken along is on the record."""

from urllib.parse import parse_qsl, urlencode

from flask import make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import audit
from app.exchange.ledger_sheet import ledger_sheet
from app.lib import clock
from app.policy.permissions import Permission as P
from app.reports.ledger import LedgerPage, whole_ledger
from app.reports.ledger_asked import filters_of
from app.web.director import director
from app.web.director.decode_list import XLSX
from app.web.director.ledger_address import wanted_of
from app.web.director.ledger_cells import cells_of, heads_of_cells
from app.web.guard import allows
from app.web.person import me, my
from app.web.words import translated


@director.post("/ledgers/<kind>/export")
@allows(P.SEE_LEDGERS)
def ledger_export(kind: str) -> ResponseReturnValue:
    asked = dict(parse_qsl(request.form.get("query", "")))
    found = whole_ledger(wanted_of(kind, asked, request.form.get("name", "")))
    response = make_response(_workbook(found))
    response.headers["Content-Type"] = XLSX
    name = f"{kind}-{clock.local(clock.now()):%Y%m%d-%H%M}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    _note(found)
    return response


def _workbook(found: LedgerPage) -> bytes:
    key, grids = found.wanted.ledger.key, {grid.id: grid.name for grid in my().grids}
    rows = (cells_of(row, found, grids) for row in found.rows)
    return ledger_sheet(_title(found), heads_of_cells(key), rows)


def _title(found: LedgerPage) -> str:
    """What it lists, of which moment, and whether anything was left off."""
    wanted, n = found.wanted, len(found.rows)
    words = f"{wanted.community.name} {translated(wanted.ledger.words)}"
    when = f"{clock.local(clock.now()):%Y-%m-%d %H:%M}"
    if n < found.total:
        return f"{words} {when} " + _("共 %(total)s 条，这里是前 %(n)s 条", total=found.total, n=n)
    return f"{words} {when} " + _("共 %(n)s 条", n=n)


def _note(found: LedgerPage) -> None:
    """Who took how many rows of which list; a name looked for is not written down."""
    filters = urlencode(filters_of(found.wanted))
    reason = f"{len(found.rows)} 条 {filters}".strip()
    target = f"ledger:{found.wanted.ledger.key}"
    audit.note("exported", by=me(), at=clock.now(), target=target, reason=reason)
