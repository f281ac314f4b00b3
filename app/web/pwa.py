"""The app without a network: the service worker, and the page it shows where it has no other.

`/sw.js` is the script of static/js/sw.js with its version and the files of the shell in
front; it stands at the root because a worker sees only what lies below it. A change of any
file makes another version, and with it another worker.
"""

import json
from typing import Any

from flask import Blueprint, current_app, make_response, url_for
from flask.typing import ResponseReturnValue

from app.lib.words import N_
from app.web.bundles import behind, bundle_url, sent
from app.web.guard import public
from app.web.headers import CSP
from app.web.hypermedia import page

pwa = Blueprint("pwa", __name__)

# What the pages of a phone are made of; all of it lies on the phone after the first visit.
STYLES = ("css/app.css", "css/photos.css")
PAGES = ("worker.css", "htmx.js", "page.js", "worker.js", "queue.js", "install.js", "reminders.js")
# Said of a push that cannot be read, in no language of anybody's: other words are another version.
NEWS = N_("您有新消息")
# What the service worker takes over from the pages; the rest of it is /sw.js itself.
OWN = ("phone.js",)


@pwa.get("/sw.js")
@public
def service_worker() -> ResponseReturnValue:
    head = f"self.shell={json.dumps(_shell())};importScripts(...shell.scripts);\n"
    packed = current_app.extensions.setdefault("service worker", {})
    if head not in packed:
        packed[head] = behind(head, "sw.js")
    return sent(packed[head], "no-cache")


@pwa.get("/offline")
@public
def offline() -> ResponseReturnValue:
    response = make_response(page("pwa/offline.html"))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _shell() -> dict[str, Any]:
    asset = current_app.jinja_env.globals["asset"]
    scripts = [bundle_url(name) for name in OWN]
    files = [asset(name) for name in (*STYLES, "icons/icon.svg")]
    files += [bundle_url(name) for name in PAGES]
    return {
        "version": current_app.config["VERSION"],
        "headers": {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": CSP},
        "news": NEWS,
        "icon": asset("icons/icon-192.png"),
        "scripts": scripts,
        "files": [url_for("pwa.offline"), *scripts, *files],
    }
