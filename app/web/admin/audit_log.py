"""操作日志: who did what and when, newest first. It names rows by number, never a resident."""

from datetime import date

from flask import request
from flask.typing import ResponseReturnValue

from app.domain.audit import ACTIONS
from app.policy.permissions import Permission as P
from app.reports import audit_pages
from app.web.admin import admin
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import me


@admin.get("/admin/audit-log")
@allows(P.SEE_AUDIT)
def audit_log() -> ResponseReturnValue:
    action = request.args.get("action", "")
    day = request.args.get("day", None, date.fromisoformat)
    before = request.args.get("before", type=int)
    return page(
        "admin/audit_log.html",
        action=action,
        day=day,
        actions=ACTIONS,
        shown=audit_pages.entries(me(), action=action, day=day, before=before),
    )
