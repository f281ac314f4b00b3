"""Signing in. An unknown name and a wrong password get the same answer, in the same time."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.domain import setup
from app.domain import sign_in as door
from app.lib import clock
from app.lib.refusal import Refused
from app.lib.words import say
from app.web.auth import auth
from app.web.auth.cookies import device_tokens, put_cookies
from app.web.auth.device_label import device_label
from app.web.auth.way_on import way_on
from app.web.edge import keep_anyway
from app.web.guard import public
from app.web.hypermedia import page
from app.web.sign_in_again import SignInForm


@auth.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated or setup.nobody_yet():
        return redirect(url_for("auth.home"))
    return _page(SignInForm())


@auth.post("/sign-in")
@public
def enter() -> ResponseReturnValue:
    form = SignInForm(request.form)
    if not form.validate():
        return _page(form, status=422)
    try:
        entered = door.enter(_knock(form), at=clock.now())
    except Refused as refused:
        too_many = isinstance(refused, door.TooManyGuesses)
        return _page(form, why=refused.why, status=429 if too_many else 422)
    if entered is None:
        keep_anyway()  # the wrong guess counts
        return _page(form, why=say("登录名或密码不对。"), status=422)
    return _let_in(*entered)


def _knock(form: SignInForm) -> door.Knock:
    return door.Knock(
        handle=form.handle.data,
        password=form.password.data,
        address=request.remote_addr or "",
        device_tokens=device_tokens(),
        label=device_label(request.user_agent.string) or _("未知设备"),
    )


def _let_in(user, token: str, device_token: str | None) -> Response:
    if current_user.is_authenticated:
        door.end_session(current_user.session, by=current_user.user, at=clock.now())
    return put_cookies(way_on(user), user, token, device_token)


def _page(form: SignInForm, *, why=None, status: int = 200) -> ResponseReturnValue:
    given = request.values
    return page(
        "auth/sign_in.html",
        form=form,
        why=why,
        next=given.get("next", ""),
        unsaved=given.get("unsaved", ""),
    ), status
