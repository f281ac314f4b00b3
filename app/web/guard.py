"""Who may come in: every route names its permission, or is public by name; nothing else starts.

Cross-site writes are refused by Sec-Fetch-Site or Origin instead of one-hour
tokens, so that a queue a week old still arrives (SECURITY.md). A request with
neither header does not come from a page of another site.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.domain import audit
from app.lib import clock
from app.policy.permissions import Permission, may
from app.web.edge import SAFE, keep_anyway
from app.web.posted import by_phone
from app.web.sign_in_again import sign_in_again

# All that somebody may do who came in with a one-time password: choose her own.
OPEN_WITH_ONE_TIME_PASSWORD = ("account.password", "account.change_password")

View = TypeVar("View", bound=Callable[..., Any])


def allows(permission: Permission) -> Callable[[View], View]:
    """The permission a route needs."""

    def mark(view: View) -> View:
        view.permission = permission
        return view

    return mark


def public(view: View) -> View:
    """A route for everybody, signed in or not."""
    view.permission = None
    return view


def init_app(app: Flask) -> None:
    app.before_request(refuse_cross_site)
    app.before_request(check_permission)


def refuse_cross_site() -> None:
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    cross = site not in ("same-origin", "none") if site else bool(origin) and not _ours(origin)
    if cross:
        abort(403)


def check_permission() -> Any:
    permission = permission_of(request.endpoint)
    if permission is None:
        return None
    if not current_user.is_authenticated:
        return sign_in_again()
    if refused := refuse_for_another(request.headers.get("X-Author")):
        return refused
    if not may(current_user.role, permission):
        return _refuse(permission)
    if current_user.one_time_until and request.endpoint not in OPEN_WITH_ONE_TIME_PASSWORD:
        return choose_password()
    return None


def choose_password() -> Any:
    """Off to the page where she chooses her own; a phone keeps its queue until then."""
    if by_phone():
        return {"why": _("请先换成自己的密码，换好后会自动上传。")}, 401
    return redirect(url_for("account.password"), 303)


def refuse_for_another(author: str | None) -> Any:
    """409 where a phone sends what somebody else wrote down: it waits for its author."""
    if author is None or not current_user.is_authenticated or author == str(current_user.user.id):
        return None
    return {"why": _("这部手机上现在是别人登录，您的登记等您自己登录后再传。")}, 409


def permission_of(endpoint: str | None) -> Permission | None:
    """The permission an endpoint needs; None for public ones and for no endpoint (404)."""
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, "permission", None)


def check_every_route(app: Flask) -> None:
    """Raise RuntimeError for a route that says nothing of permission."""
    app.view_functions["static"].permission = None
    for endpoint, view in app.view_functions.items():
        if not hasattr(view, "permission"):
            raise RuntimeError(f"route {endpoint} names no permission (app/web/guard.py)")


def _refuse(permission: Permission) -> None:
    keep_anyway()
    audit.note("refused", by=current_user.user, at=clock.now(), target=permission)
    abort(403)


def _ours(origin: str) -> bool:
    return urlsplit(origin).netloc == request.host
