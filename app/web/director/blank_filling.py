"""A blank form filled: masked at once, whole only as it is allowed, with a reason on the record."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.asking import ask_in_full, taken_masked
from app.web.director.blank_form import form_or_404, wanted_for
from app.web.guard import allows
from app.web.workbook import attached


@director.post("/blank-forms/<int:form_id>/filled.xlsx")
@allows(P.SEE_LEDGERS)
def blank_filled(form_id: int) -> ResponseReturnValue:
    name, content = taken_masked("form", _what(form_id, "masked"))
    return attached(content, name)


@director.post("/blank-forms/<int:form_id>/full")
@allows(P.MANAGE_CASES)
def blank_full(form_id: int) -> ResponseReturnValue:
    """Names, ID numbers and phones in full: only with a reason."""
    back = url_for("director.blank_form", form_id=form_id)
    return ask_in_full("form", _what(form_id, "full"), back)


def _what(form_id: int, mode: str) -> dict[str, Any]:
    """Which form, and without which rows where only new ones are wanted; its filter must hold."""
    form = form_or_404(form_id)
    wanted_for(form)
    known = form.last_rows.get(mode, []) if request.form.get("new") == "1" else []
    return {"form": form.id, "known": known, "query": form.query}
