"""Fetching what was allowed: the file is made, its password shown once, then taken away."""

from flask import abort, make_response
from flask.typing import ResponseReturnValue

from app.domain import audit
from app.domain.exports import Export
from app.exchange import exporting
from app.lib import clock
from app.policy.permissions import Permission as P
from app.web.exports import exports
from app.web.exports.export import export_or_404, show
from app.web.guard import allows
from app.web.person import me, my
from app.web.workbook import XLSX, attached


@exports.post("/exports/<int:export_id>/file")
@allows(P.SEE_LEDGERS)
def export_making(export_id: int) -> ResponseReturnValue:
    """Made anew where she has lost the password: the old file is gone with it."""
    found = hers(export_id)
    response = make_response(show(found, exporting.make(found, my(), at=clock.now())))
    response.headers["Cache-Control"] = "private, no-store"
    return response


@exports.post("/exports/<int:export_id>/file.xlsx")
@allows(P.SEE_LEDGERS)
def export_file(export_id: int) -> ResponseReturnValue:
    found = hers(export_id)
    content = found.content(clock.now()) or abort(404)
    audit.note("fetched", by=me(), at=clock.now(), target=f"export:{found.id}")
    return attached(content, f"export-{found.id}.xlsx", XLSX)


def hers(export_id: int) -> Export:
    """One that she asked for herself: nobody fetches for another."""
    found = export_or_404(export_id)
    return found if found.by_id == me().id else abort(404)
