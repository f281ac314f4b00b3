"""Scripts that a page needs together leave as one small file.

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
    # every page; on a worker's, htmx comes late (late.js)
    "htmx": ("vendor/htmx-2.0.11.min.js",),
    "page": ("js/forms.js", "js/follow.js"),
    # a worker's pages and the service worker
    "phone": ("js/shelf.js", "js/seal.js", "js/outbox.js"),
    # a worker's pages
    "worker": (
        "js/late.js",
        "js/pending.js",
        "js/keep.js",
        "js/app.js",
        "js/photo.js",
        "js/shared.js",
    ),
    # a desk's forms
    "photo": ("js/photo.js", "js/shared.js"),
    # single pages
    "app": ("js/app.js",),
    "queue": ("js/carry.js", "js/queue.js"),
    "install": ("js/install.js",),
    "reminders": ("js/reach.js", "js/reminders.js"),
    "copy": ("js/copy.js",),
    # /sw.js, behind the list of the shell's files (pwa.py)
    "service worker": (
        "js/share_target.js",
        "js/pack.js",
        "js/reach.js",
        "js/push_worker.js",
        "js/sw.js",
    ),
}


@dataclass(frozen=True, slots=True)
class Bundle:
    """One bundle as it is, and packed in the ways that browsers take."""

    plain: bytes
    packed: dict[str, bytes]
    digest: str


def init_app(app: Flask) -> None:
    folder = Path(app.static_folder)
    app.extensions["bundles"] = {name: _made(folder, files) for name, files in BUNDLES.items()}
    app.jinja_env.globals["bundle"] = bundle_url
    app.add_url_rule("/bundles/<name>.js", "bundle", bundle)


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
    response.mimetype = "text/javascript"
    response.headers["Cache-Control"] = kept
    response.headers["Vary"] = "Accept-Encoding"
    if way:
        response.headers["Content-Encoding"] = way
    return response


def behind(head: str, name: str) -> Bundle:
    """A bundle with something written in front of it."""
    return _packed(head.encode() + current_app.extensions["bundles"][name].plain)


def _made(folder: Path, files: tuple[str, ...]) -> Bundle:
    return _packed("\n".join(_small(folder / name) for name in files).encode())


def _packed(plain: bytes) -> Bundle:
    packed = {"br": brotli.compress(plain), "gzip": gzip.compress(plain, 9, mtime=0)}
    return Bundle(plain, packed, hashlib.sha256(plain).hexdigest()[:10])


def _small(path: Path) -> str:
    """A script of ours without comments and with short names; one of others as it came."""
    text = path.read_text("utf-8")
    return text if "vendor" in path.parts else minify.string("application/javascript", text)
