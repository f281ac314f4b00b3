"""Where to go after a form: the page it was opened from, never another site."""

import re
from urllib.parse import urlsplit

from flask import request, url_for

from app.web.edge import back

# Pages on the way to a form, not worth coming back to.
PASSED = re.compile(r"/(record(/.*)?|residents|sign-in)?")


def inside(path: str) -> bool:
    """Whether `path` is an address on our own site."""
    return re.fullmatch(r"/(?![/\\])[^\\\x00-\x20]*", path) is not None


def after_this() -> str:
    """The page to show when this form is done: as the form says, else where it was opened from."""
    given = request.form.get("back", "")
    if inside(given):
        return given
    came = back()
    return url_for("auth.home") if PASSED.fullmatch(urlsplit(came).path) else came
