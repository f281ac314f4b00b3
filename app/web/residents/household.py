"""Who lives behind one door, each with her badges; what is due there opens as one stop."""

from flask import abort
from flask.typing import ResponseReturnValue

from app.lib import clock
from app.policy.permissions import Permission as P
from app.reports.badges import badges_of
from app.reports.doors import members_of
from app.reports.today import due_tasks
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.person import my
from app.web.residents import residents


@residents.get("/households/<int:household_id>")
@allows(P.SEE_RESIDENTS)
def household(household_id: int) -> ResponseReturnValue:
    found = my().find(my().households, household_id) or abort(404)
    if same := unchanged():
        return same
    members, due = members_of(my(), found), due_tasks(my(), clock.now(), found.id)
    badges = badges_of(member.id for member in members)
    ages = {member.id: member.age_on(clock.today()) for member in members}
    known = {"household": found, "members": members, "badges": badges, "ages": ages, "due": due}
    return page("residents/household.html", **known)
