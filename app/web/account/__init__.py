"""One's own account, for every role: settings, password, signed-in devices."""

from flask import Blueprint

account = Blueprint("account", __name__)

from app.web.account import password, reminders, revocation, settings  # noqa: E402,F401
