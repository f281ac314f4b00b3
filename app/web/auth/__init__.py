"""The front door: signing in and out, the way home by role, the first run, and how to
put the app on a phone."""

from flask import Blueprint

auth = Blueprint("auth", __name__)

from app.web.auth import first_run, home, install, manifest, sign_in, sign_out  # noqa: E402,F401
