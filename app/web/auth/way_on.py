"""Where to go after signing in: back to the unsaved form, to the page asked for, or home."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain import drafts
from app.domain.people import User
from app.lib import clock
from app.lib.ids import read_id
from app.web.hypermedia import tell
from app.web.records.form_key import form_key
from app.web.return_path import inside
from app.web.sign_in_again import unsealed_form

# What a form carries along and nobody typed.
CARRIED = ("id", "back", "next", "ids")


def way_on(user: User) -> Response:
    unsaved = unsealed_form(request.form.get("unsaved", ""), user.id)
    if unsaved is None:
        wanted = request.form.get("next", "")
        return redirect(wanted if inside(wanted) else url_for("auth.home"), 303)
    for path in (unsaved["path"], unsaved["page"]):
        if inside(path) and form_key(path):
            typed = unsaved["typed"] | {name: ["lost"] for name in unsaved.get("files", ())}
            drafts.keep_draft(form_key(path), typed, by=user, at=clock.now())
            return redirect(path, 303)
    return _to_be_done_again(unsaved["typed"])


def _to_be_done_again(typed: dict[str, list[str]]) -> Response:
    """A deed cannot be done by itself after signing in: say so, and show what was typed."""
    words = _words(typed)
    if not words:
        tell(_("登录过期，刚才那一步没有存上，请再做一次。"), tone="warn")
        return redirect(url_for("auth.home"), 303)
    return Response(render_template("auth/typed.html", words=words), mimetype="text/html")


def _words(typed: dict[str, list[Any]]) -> list[str]:
    values = [value for name, many in typed.items() if name not in CARRIED for value in many]
    return [value for value in values if value.strip() and read_id(value) is None]
