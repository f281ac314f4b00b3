"""The director's desk: what needs her now, the day and its close, incidents, ledgers."""

from flask import Blueprint

director = Blueprint("director", __name__)

from app.web.director import (  # noqa: E402,F401
    assignments,
    board,
    case_end,
    checklist,
    day,
    day_close,
    decode,
    decode_batch,
    decode_list,
    feedback,
    given,
    given_step,
    grid_list,
    held,
    held_photo,
    incident,
    incident_step,
    incidents,
    ledger,
    ledger_export,
    new_assignment,
    new_notice,
    notice,
    notices,
    reach,
    reassignment,
    reminder,
    review,
    robots,
    roll_import,
    roll_report,
    saved_filter,
    situation,
    undelivered,
)
