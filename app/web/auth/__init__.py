"""The front door: signing in and out, the way home by role, the first run."""

from flask import Blueprint

auth = Blueprint("auth", __name__)

from app.web.auth import first_run, home, sign_in, sign_out  # noqa: E402,F401
