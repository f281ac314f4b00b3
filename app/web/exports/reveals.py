"""Somebody opened unusually many whole names and numbers: how many, when, with which reasons."""

from flask import abort
from flask.typing import ResponseReturnValue

from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.reports.reveals import day_of_reveals
from app.web.exports import exports
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import me

# What was opened, as the audit names it; anything else is a name.
WHAT = {"phone": N_("电话"), "name": N_("姓名"), "id_number": N_("身份证号")}


@exports.get("/reveals/<int:event_id>")
@allows(P.APPROVE_EXPORTS)
def reveals(event_id: int) -> ResponseReturnValue:
    area = me().area or abort(404)
    found = day_of_reveals(event_id, area) or abort(404)
    return page("exports/reveals.html", found=found, what=WHAT)
