"""The session ran out in the middle of something: nothing typed is lost.

What was posted is sealed into the sign-in page itself and given back, on the
same form, to the same person after she has signed in. No browser store and no
table is needed, and it works without JavaScript.
"""

import json
from typing import Any
from urllib.parse import urlsplit

from flask import g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from app.intake.fields import IntakeForm
from app.lib.crypto import SealBroken, keyring
from app.lib.words import N_
from app.web.edge import SAFE
from app.web.posted import by_phone, typed

PLACE = "unsaved form"
# Sent by a page of itself while somebody types: she is told when she saves.
IN_PASSING = ("records.draft",)


class SignInForm(IntakeForm):
    """Who, and the proof."""

    handle = StringField(
        N_("登录名或手机号"),
        [InputRequired()],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        N_("密码"), [InputRequired()], render_kw={"autocomplete": "current-password"}
    )


def sign_in_again() -> ResponseReturnValue:
    """Send to the sign-in page; a posted form goes along, sealed. A phone keeps its own queue."""
    if by_phone():
        return {"why": _("请重新登录，登录后会自动上传。"), "signed_out": True}, 401
    if request.endpoint in IN_PASSING:
        return "", 401
    if request.method not in SAFE:
        return _with_the_form()
    if request.headers.get("HX-Request"):
        response = make_response("", 401)
        response.headers["HX-Redirect"] = url_for("auth.sign_in", next=_came_from())
        return response
    return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")))


def seal_form() -> str:
    """What was just posted, sealed for the sign-in page."""
    expired = g.get("expired_session")
    whole = {
        "path": request.full_path.rstrip("?"),
        "page": _came_from(),
        "user": expired.user_id if expired else None,
        "typed": typed(),
        # they are not kept: she is told to choose them again
        "files": [name for name, file in request.files.items() if file.filename],
    }
    return keyring().seal(json.dumps(whole, ensure_ascii=False), PLACE)


def unsealed_form(sealed: str, user_id: int) -> dict[str, Any] | None:
    """The form as it was typed, if it is this user's; None otherwise."""
    try:
        whole = json.loads(keyring().open(sealed, PLACE))
    except SealBroken:
        return None
    return whole if whole["user"] in (None, user_id) else None


def _with_the_form() -> ResponseReturnValue:
    """The sign-in page in place of the answer; htmx would not show a 401."""
    by_htmx = request.headers.get("HX-Request")
    page = render_template(
        "auth/sign_in.html", form=SignInForm(), unsaved=seal_form(), next="", why="expired"
    )
    response = make_response(page, 200 if by_htmx else 401)
    if by_htmx:
        response.headers["HX-Retarget"] = "body"
        response.headers["HX-Reswap"] = "innerHTML"
        response.headers["HX-Push-Url"] = url_for("auth.sign_in")
    return response


def _came_from() -> str:
    """The path of the page that htmx asked from."""
    came = urlsplit(request.headers.get("HX-Current-URL", ""))
    return came.path + (f"?{came.query}" if came.query else "")
