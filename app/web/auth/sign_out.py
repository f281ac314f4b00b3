"""Signing out: the session ends on the server, and the browser forgets the pages it kept."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.domain import sign_in
from app.lib import clock
from app.web.auth import auth
from app.web.auth.cookies import drop_session_cookie
from app.web.guard import public


@auth.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    if current_user.is_authenticated:
        sign_in.end_session(current_user.session, by=current_user.user, at=clock.now())
    response = redirect(url_for("auth.sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return drop_session_cookie(response)
