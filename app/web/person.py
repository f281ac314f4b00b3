"""Who is asking: the signed-in user and her scope. The only place that knows a current user."""

from typing import Any

from flask import Flask, current_app, g, request
from flask_login import LoginManager, UserMixin, current_user

from app.domain import sign_in
from app.domain.people import User
from app.domain.scope import Scope
from app.domain.sign_in import UserSession
from app.lib import clock
from app.web.edge import SAFE, keep_anyway

login_manager = LoginManager()
# What a phone asks for without anybody touching it.
BY_ITSELF = ("pack.changes", "worker.phone_key", "messages.arrival")


class SignedIn(UserMixin):
    """A thin session user for Flask-Login around `User`."""

    def __init__(self, open_session: UserSession):
        self.session = open_session
        self.user = open_session.user

    def get_id(self) -> str:
        return str(self.session.id)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.user, name)


def init_app(app: Flask) -> None:
    login_manager.init_app(app)
    login_manager.request_loader(load_from_cookie)
    app.after_request(touch_session)


def me() -> User:
    """The signed-in user."""
    return current_user.user


def my() -> Scope:
    """What the signed-in user may see today."""
    if "scope" not in g:
        g.scope = Scope(me())
    return g.scope


def cookie_name() -> str:
    return "__Host-shouwang" if current_app.config["HTTPS"] else "shouwang"


def device_cookie_name() -> str:
    """The cookie with the tokens of everybody who ever signed in with this browser."""
    return "__Host-device" if current_app.config["HTTPS"] else "device"


def load_from_cookie(_request: Any) -> SignedIn | None:
    token = request.cookies.get(cookie_name())
    found = sign_in.session_of(token) if token else None
    g.expired_session = found
    if found is None or not found.is_live(clock.now()):
        return None
    return SignedIn(found)


def touch_session(response: Any) -> Any:
    """Note now and then that somebody uses the session: a page that asks by itself is nobody."""
    signed_in = g.get("_login_user")
    part = request.method in SAFE and "HX-Request" in request.headers
    asks_by_itself = part or request.endpoint in BY_ITSELF
    if asks_by_itself or not isinstance(signed_in, SignedIn):
        return response
    now, open_session = clock.now(), signed_in.session
    if open_session.ended_at is None and now - open_session.seen_at > sign_in.TOUCH_EVERY:
        if request.method in SAFE:
            keep_anyway()
        open_session.seen_at = now
    return response
