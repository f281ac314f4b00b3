"""账号: everybody who signs in, by role, with where they belong and which grids are theirs."""

from flask import request
from flask.typing import ResponseReturnValue

from app.policy.permissions import Permission as P
from app.policy.roles import ROLES
from app.reports import staff
from app.web.admin import admin
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import me


@admin.get("/admin/users")
@allows(P.MANAGE_USERS)
def users() -> ResponseReturnValue:
    role = request.args.get("role", "")
    after = request.args.get("after", 0, int)
    return page(
        "admin/users.html",
        role=role,
        roles=ROLES,
        counts=staff.counts(me()),
        people=staff.people(me(), role=role, after=after),
    )
