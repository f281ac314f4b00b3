"""The app without a network: the service worker, and the page it shows where it has no other.

`/sw.js` is the script of static/js/sw.js with its version and the files of the shell in
front; it stands at the root because a worker sees only what lies below it. A change of any
file makes another version, and with it another worker.
"""

import json
from typing import Any

from flask import Blueprint, current_app, make_response, url_for
from flask.typing import ResponseReturnValue

from app.web.guard import public
from app.web.headers import CSP
from app.web.hypermedia import page

pwa = Blueprint("pwa", __name__)

# What the pages of a phone are made of; all of it lies on the phone after the first visit.
STYLES = ("base", "parts", "worker", "app", "photos")
PAGES = ("forms", "follow", "photo", "pending", "keep", "app", "carry", "queue")
# What pages and service worker share, in the order in which they build on each other.
SHARED = ("shelf", "seal", "outbox", "shared", "pack")
OTHERS = ("vendor/htmx-2.0.11.min.js", "icons/icon.svg")


@pwa.get("/sw.js")
@public
def service_worker() -> ResponseReturnValue:
    told = json.dumps(_shell(), indent=1)
    with current_app.open_resource("static/js/sw.js") as code:
        response = make_response(f"self.shell = {told};\n{code.read().decode()}")
    response.mimetype = "text/javascript"
    response.headers["Cache-Control"] = "no-cache"
    return response


@pwa.get("/offline")
@public
def offline() -> ResponseReturnValue:
    response = make_response(page("pwa/offline.html"))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _shell() -> dict[str, Any]:
    asset = current_app.jinja_env.globals["asset"]
    scripts = [asset(f"js/{name}.js") for name in SHARED]
    files = [asset(f"css/{name}.css") for name in STYLES]
    files += [asset(f"js/{name}.js") for name in PAGES] + [asset(name) for name in OTHERS]
    return {
        "version": current_app.config["VERSION"],
        "headers": {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": CSP},
        "scripts": scripts,
        "files": [url_for("pwa.offline"), *scripts, *files],
    }
