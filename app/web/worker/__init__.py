"""The worker's phone: her day, one stop, what she did, an incident given to her."""

from flask import Blueprint

worker = Blueprint("worker", __name__)

from app.web.worker import (  # noqa: E402,F401
    assignment,
    attempt,
    checks,
    completion,
    feedback,
    incident,
    me,
    onward,
    outbox,
    phone_key,
    photo,
    stop,
    sync,
    today,
)
