"""A half-filled form is kept while it is being typed, so that a closed tab loses nothing."""

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from app.domain import drafts
from app.domain.receipts import receipt_of
from app.lib import clock
from app.lib.ids import read_id
from app.policy.permissions import Permission as P
from app.web.edge import back
from app.web.guard import allows
from app.web.person import me
from app.web.records import records


@records.post("/drafts/<key>")
@allows(P.RECORD)
def draft(key: str) -> ResponseReturnValue:
    """Keep what stands in the form `key`; what was saved meanwhile is no draft any more."""
    if len(key) > 80:
        abort(404)
    entry_id = read_id(request.form.get("id"))
    if entry_id is None or receipt_of(entry_id) is None:
        typed = {name: request.form.getlist(name) for name in request.form}
        drafts.keep_draft(key, typed, by=me(), at=clock.now())
    return "", 204


@records.post("/drafts/<key>/removal")
@allows(P.RECORD)
def drop_draft(key: str) -> ResponseReturnValue:
    """Begin the form anew."""
    drafts.drop_draft(me(), key)
    return redirect(back(), 303)
