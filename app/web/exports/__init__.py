"""导出: whole names and numbers asked for, approved by a second person, fetched, gone.

Its own room, because a director and an official both come here: the second person may
be either.
"""

from flask import Blueprint

exports = Blueprint("exports", __name__)

from app.web.exports import export, exported_file, listed, reveals  # noqa: E402,F401
