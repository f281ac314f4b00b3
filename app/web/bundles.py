"""Scripts and styles that a page needs together leave as one small file.

A cheap phone pays for every request and every byte. The files in static/js stay as they
are written; when the app starts, those of a bundle are put one behind the other, without
comments, and packed once as small as they get. The address changes with the content.
"""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

import brotli
import minify
from flask import Flask, Response, abort, current_app, make_response, request, url_for
from flask.typing import ResponseReturnValue

from app.web.assets import A_YEAR
from app.web.guard import public

# In the order in which they build on each other.
BUNDLES = {
    # the desks, and a worker's pages later (late.js)
    "htmx.js": ("vendor/htmx-2.0.11.min.js", "js/follow.js"),
    # every page
    "page.js": ("js/forms.js",),
    # a worker's pages and the service worker
    "phone.js": ("js/shelf.js", "js/seal.js", "js/outbox.js"),
    # a worker's pages
    "worker.js": (
        "js/late.js",
        "js/pending.js",
        "js/keep.js",
        "js/app.js",
        "js/photo.js",
        "js/shared.js",
    ),
    # a worker's pages, and those before the sign-in
    "worker.css": ("css/base.css", "css/parts.css", "css/worker.css"),
    "desk.css": ("css/base.css", "css/parts.css", "css/director.css"),
    # a desk's forms
    "photo.js": ("js/photo.js", "js/shared.js"),
    # single pages
    "app.js": ("js/app.js",),
    "queue.js": ("js/carry.js", "js/queue.js"),
    "install.js": ("js/install.js",),
    "reminders.js": ("js/reach.js", "js/reminders.js"),
    "copy.js": ("js/copy.js",),
    # /sw.js, behind the list of the shell's files (pwa.py)
    "sw.js": (
        "js/share_target.js",
        "js/pack.js",
        "js/reach.js",
        "js/push_worker.js",
        "js/sw.js",
    ),
}
TYPES = {".js": "text/javascript", ".css": "text/css"}


@dataclass(frozen=True, slots=True)
class Bundle:
    """One bundle as it is, and packed in the ways that browsers take."""

    mimetype: str
    plain: bytes
    packed: dict[str, bytes]
    digest: str


def init_app(app: Flask) -> None:
    folder = Path(app.static_folder)
    app.extensions["bundles"] = {
        name: _made(name, [folder / file for file in files]) for name, files in BUNDLES.items()
    }
    app.jinja_env.globals["bundle"] = bundle_url
    app.add_url_rule("/bundles/<name>", "bundle", bundle)


def bundle_url(name: str) -> str:
    """The address of a bundle as it is now."""
    return url_for("bundle", name=name, v=current_app.extensions["bundles"][name].digest)


@public
def bundle(name: str) -> ResponseReturnValue:
    found = current_app.extensions["bundles"].get(name) or abort(404)
    return sent(found, A_YEAR if request.args.get("v") else "no-cache")


def sent(found: Bundle, kept: str) -> Response:
    """The answer with a bundle, packed as the browser takes it; `kept`: its Cache-Control."""
    way = request.accept_encodings.best_match(found.packed)
    response = make_response(found.packed[way] if way else found.plain)
    response.mimetype = found.mimetype
    response.headers["Cache-Control"] = kept
    response.headers["Vary"] = "Accept-Encoding"
    if way:
        response.headers["Content-Encoding"] = way
    return response


def behind(head: str, name: str) -> Bundle:
    """A script with something written in front of it."""
    return _packed(name, head.encode() + current_app.extensions["bundles"][name].plain)


def _made(name: str, files: list[Path]) -> Bundle:
    return _packed(name, "\n".join(_small(file) for file in files).encode())


def _packed(name: str, plain: bytes) -> Bundle:
    packed = {"br": brotli.compress(plain), "gzip": gzip.compress(plain, 9, mtime=0)}
    mimetype = TYPES[Path(name).suffix]
    return Bundle(mimetype, plain, packed, hashlib.sha256(plain).hexdigest()[:8])


def _small(path: Path) -> str:
    """A file of ours without comments, a script with short names; one of others as it came."""
    text = path.read_text("utf-8")
    return text if "vendor" in path.parts else minify.string(TYPES[path.suffix], text)
