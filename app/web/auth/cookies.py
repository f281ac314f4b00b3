"""The two cookies: the session, and which devices this browser was enrolled as.

Neither can be read by a script. The browser sends them along only from our own
pages and, for the front page, when a link elsewhere led here (SameSite=Lax).
"""

from datetime import timedelta

from flask import current_app, request
from werkzeug.wrappers import Response

from app.domain.people import User
from app.domain.sign_in import LIFE, LIFE_OTHERS
from app.web.person import cookie_name, device_cookie_name

DEVICE_LIFE = timedelta(days=400)  # browsers keep no cookie longer
# People who share one computer are each enrolled; the oldest falls out.
MOST_TOKENS = 8


def device_tokens() -> tuple[str, ...]:
    """The device tokens this browser shows."""
    shown = request.cookies.get(device_cookie_name(), "")
    return tuple(token for token in shown.split(".") if token)[-MOST_TOKENS:]


def put_cookies(response: Response, user: User, token: str, device_token: str | None) -> Response:
    """Give the browser its session and, when it is new to the user, its device token."""
    _put(response, cookie_name(), token, LIFE.get(user.role, LIFE_OTHERS))
    if device_token:
        tokens = (*device_tokens(), device_token)[-MOST_TOKENS:]
        _put(response, device_cookie_name(), ".".join(tokens), DEVICE_LIFE)
    return response


def drop_session_cookie(response: Response) -> Response:
    response.delete_cookie(cookie_name(), **_flags())
    return response


def _put(response: Response, name: str, value: str, life: timedelta) -> None:
    response.set_cookie(name, value, max_age=life, **_flags())


def _flags() -> dict[str, object]:
    return {
        "path": "/",
        "httponly": True,
        "samesite": "Lax",
        "secure": current_app.config["HTTPS"],
    }
