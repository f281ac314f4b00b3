"""What every answer says to the browser: no foreign code, no framing, no sniffing, no leaking."""

from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

CSP = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)


def init_app(app: Flask) -> None:
    app.after_request(set_headers)


def set_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CSP)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if current_app.config["HTTPS"]:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "private, no-store")
        headers["X-Shouwang"] = f"{current_app.config['VERSION']} {_reader()}"
    return response


def _reader() -> str:
    """The number of the signed-in user; - for nobody, and where nobody asked who it is.

    By this header the service worker knows an answer of ours from the page of a network
    that wants one to sign in, and that somebody else is using the phone (static/js/sw.js).
    """
    user = getattr(g.get("_login_user"), "user", None)
    return str(user.id) if user else "-"
