"""The admin's room: accounts and duties, the tree of places, editions of the rules, the audit log.

No page here shows anything of a resident.
"""

from flask import Blueprint

admin = Blueprint("admin", __name__)

from app.web.admin import (  # noqa: E402,F401
    areas,
    audit_log,
    editions,
    grid_assignment,
    new_places,
    new_user,
    one_time_password,
    sign_outs,
    standing,
    user,
    users,
)
