"""The pack: the pages that a worker's phone keeps for places without signal (docs/adr/0007)."""

from flask import Blueprint

pack = Blueprint("pack", __name__)

from app.web.pack import answer  # noqa: E402,F401
