"""Writing something down, and looking at what was written: one room for workers and directors."""

from flask import Blueprint

records = Blueprint("records", __name__)

from app.web.records import (  # noqa: E402,F401
    attachment,
    draft,
    form,
    menu,
    photo,
    record,
    shared_photos,
    withdrawal,
)
