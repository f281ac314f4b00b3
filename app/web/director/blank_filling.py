"""A blank form filled: masked, or in full for few people with a reason on the record."""

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import audit
from app.domain.blank_forms import BlankForm
from app.exchange.fill import Layout, Told, fill, tell
from app.lib import clock
from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.blank_form import form_or_404, wanted_for
from app.web.director.decode_list import XLSX
from app.web.guard import allows
from app.web.hypermedia import tell as tell_her
from app.web.person import me, my

MASKED, FULL = "masked", "full"


@director.post("/blank-forms/<int:form_id>/filled.xlsx")
@allows(P.SEE_LEDGERS)
def blank_filled(form_id: int) -> ResponseReturnValue:
    form = form_or_404(form_id)
    told = _told(form, MASKED)
    _note(form, f"{len(told.facts)} 条 {form.query}".strip())
    return _download(form, told, MASKED)


@director.post("/blank-forms/<int:form_id>/full.xlsx")
@allows(P.MANAGE_CASES)
def blank_full(form_id: int) -> ResponseReturnValue:
    """Names, ID numbers and phones in full: only with a reason, and of few people at once."""
    form, reason = form_or_404(form_id), request.form.get("reason", "").strip()
    if not reason:
        tell_her(_("要下载完整的表，请先写明用途。"), tone="bad")
        return redirect(url_for("director.blank_form", form_id=form.id), 303)
    told = _told(form, FULL)
    _note(form, f"{reason} {len(told.facts)} 人")
    return _download(form, told, FULL)


def _told(form: BlankForm, mode: str) -> Told:
    told = tell(Layout.from_stored(form.layout), wanted_for(form), my().grids, full=mode == FULL)
    only_new = request.form.get("new") == "1"
    return told.without(form.last_rows.get(mode, ())) if only_new else told


def _note(form: BlankForm, reason: str) -> None:
    """Who took how many rows in which form; whom they are about is not written down."""
    audit.note("exported", by=me(), at=clock.now(), target=f"blank_form:{form.id}", reason=reason)


def _download(form: BlankForm, told: Told, mode: str) -> ResponseReturnValue:
    response = make_response(fill("form.xlsx", form.content, told))
    before = form.last_rows.get(mode, ()) if request.form.get("new") == "1" else ()
    form.note_filled(mode, [*before, *told.prints], at=clock.now())
    name = f"form-{form.id}-{clock.local(clock.now()):%Y%m%d-%H%M}.xlsx"
    response.headers["Content-Type"] = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
