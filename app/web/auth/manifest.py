"""The web app manifest: what a browser needs to put 守望 on the home screen.

Nothing in it is about anybody: browsers fetch it without the session's cookie.
"""

from typing import Any

from flask import current_app, jsonify, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.web.auth import auth
from app.web.guard import public
from app.web.words import language_tag

PAPER, BRAND = "#f4f3ef", "#17508f"
AN_HOUR = "public, max-age=3600"
ICONS = (
    ("icons/icon-192.png", "192x192", "any"),
    ("icons/icon-512.png", "512x512", "any"),
    ("icons/maskable-512.png", "512x512", "maskable"),
    ("icons/icon.svg", "any", "any"),
)
TYPES = {"png": "image/png", "svg": "image/svg+xml"}


@auth.get("/manifest.webmanifest")
@public
def manifest() -> ResponseReturnValue:
    response = jsonify(_named() | _looks() | {"shortcuts": _shortcuts()} | _share_target())
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = AN_HOUR
    response.headers["Vary"] = "Accept-Language"
    return response


def _named() -> dict[str, Any]:
    return {
        "id": "/",
        "name": _("守望 · 网格工作"),
        "short_name": _("守望"),
        "description": _("网格里的事，一处记，大家看得见。"),
        "lang": language_tag(),
        "dir": "ltr",
        "start_url": url_for("worker.today", source="app"),
        "scope": "/",
    }


def _looks() -> dict[str, Any]:
    return {
        "display": "standalone",
        "theme_color": PAPER,
        "background_color": PAPER,
        "icons": [_icon(*icon) for icon in ICONS],
        "categories": ["government", "productivity"],
    }


def _icon(name: str, sizes: str, purpose: str) -> dict[str, str]:
    kind = TYPES[name.rpartition(".")[2]]
    return {"src": _asset(name), "sizes": sizes, "type": kind, "purpose": purpose}


def _shortcuts() -> list[dict[str, Any]]:
    doors = (
        (_("今日"), url_for("worker.today", source="app"), "icons/today-96.png"),
        (_("＋登记"), url_for("records.menu", source="app"), "icons/record-96.png"),
    )
    return [
        {"name": words, "url": url, "icons": [_icon(icon, "96x96", "any")]}
        for words, url, icon in doors
    ]


def _share_target() -> dict[str, Any]:
    """Photos that another app shares; the service worker or the server takes them in."""
    photos = {"name": "photos", "accept": ["image/*", ".jpg", ".jpeg", ".png", ".webp", ".heic"]}
    target = {
        "action": url_for("records.shared_photos"),
        "method": "POST",
        "enctype": "multipart/form-data",
        "params": {"files": [photos]},
    }
    return {"share_target": target}


def _asset(name: str) -> str:
    return current_app.jinja_env.globals["asset"](name)
