"""One asking for whole names and numbers: who, of how many, what for; a second person decides."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.exports import STATES, Export, export_below
from app.exchange.outgoing import ROADS
from app.lib import clock
from app.lib.refusal import Refused
from app.policy.permissions import Permission as P
from app.web.exports import exports
from app.web.guard import allows
from app.web.hypermedia import page, tell, unchanged
from app.web.person import me
from app.web.words import translated


@exports.get("/exports/<int:export_id>")
@allows(P.APPROVE_EXPORTS)
def export(export_id: int) -> ResponseReturnValue:
    found = export_or_404(export_id)
    return unchanged(found.state_at(clock.now())) or show(found)


@exports.post("/exports/<int:export_id>/approval")
@allows(P.APPROVE_EXPORTS)
def approval(export_id: int) -> ResponseReturnValue:
    found, answer = export_or_404(export_id), request.form.get("words", "").strip()[:100]
    try:
        if request.form.get("decision") == "decline":
            found.decline(answer, by=me(), at=clock.now())
        else:
            found.approve(by=me(), at=clock.now())
        tell(_("已告诉%(name)s。", name=found.by.name))
    except Refused as refused:
        tell(translated(refused.why), tone="bad")
    return redirect(url_for("exports.export", export_id=found.id), 303)


def export_or_404(export_id: int) -> Export:
    """One of her place, or of a place below hers."""
    area = me().area or abort(404)
    return export_below(area, export_id) or abort(404)


def show(found: Export, password: str = "") -> ResponseReturnValue:
    """The page; `password` is there once, on the answer that made the file."""
    now = clock.now()
    return page(
        "exports/export.html",
        block="panel",
        export=found,
        state=found.state_at(now),
        mine=found.by_id == me().id,
        password=password,
        states=STATES,
        roads=ROADS,
    )
