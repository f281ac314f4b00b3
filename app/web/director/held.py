"""待定夺: entries that a person must judge, each whole, with why: taken in or sent back."""

from typing import Any
from uuid import UUID

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.photos import shown_on
from app.domain.receipts import Receipt
from app.lib import clock
from app.lib.refusal import Refused
from app.policy.permissions import Permission as P
from app.sync import held as entries
from app.web.director import director
from app.web.director.asked import community
from app.web.director.waiting import DecisionForm, waiting
from app.web.guard import allows
from app.web.hypermedia import page, tell, unchanged
from app.web.person import me
from app.web.refused_fields import show_refusal


@director.get("/held")
@allows(P.CHECK_RECORDS)
def held() -> ResponseReturnValue:
    return unchanged() or show()


@director.post("/held/<uuid:entry_id>/decision")
@allows(P.CHECK_RECORDS)
def decision(entry_id: UUID) -> ResponseReturnValue:
    receipt = entries.held_entry(entry_id, community().id) or abort(404)
    form, accepted = DecisionForm(request.form), request.form.get("decision") == "accept"
    if not form.validate():
        return show(receipt, form), 422
    try:
        entries.decide(receipt, accepted, words=form.words.data or "", by=me(), at=clock.now())
    except Refused as refused:
        show_refusal(form, refused)
        return show(receipt, form, refused), 422
    said = _("已收下，记在%(name)s名下。") if accepted else _("已退回给%(name)s。")
    tell(said % {"name": receipt.user.name})
    return redirect(url_for("director.held"), 303)


def show(
    about: Receipt | None = None,
    form: DecisionForm | None = None,
    refused: Refused | None = None,
) -> Any:
    """All that waits; `form` and `refused` belong to the entry that came back."""
    receipts = entries.held_in(community().id)
    photos = shown_on(receipt.entry_id for receipt in receipts)
    found = [
        waiting(receipt, photos[receipt.entry_id], *((form, refused) if receipt is about else ()))
        for receipt in receipts
    ]
    return page("director/held.html", found=found)
