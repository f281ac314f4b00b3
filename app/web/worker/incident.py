"""An incident of hers: what was reported, its course so far, and what she can do about it now."""

from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue

from app.domain.incidents import STAGES, Incident
from app.domain.photos import shown_of
from app.lib import clock
from app.policy.permissions import Permission as P
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.incident_course import course_of, kind_words
from app.web.person import me, my
from app.web.photo_album import thumbs
from app.web.worker import worker


@worker.get("/incidents/mine/<int:incident_id>")
@allows(P.SEE_TODAY)
def incident(incident_id: int) -> ResponseReturnValue:
    found = my().find(my().incidents, incident_id) or abort(404)
    if same := unchanged():
        return same
    photos = thumbs(shown_of(found.id), "records.incident_photo", incident_id=found.id)
    return page("worker/incident.html", **incident_shown(found), photos=photos)


def incident_shown(found: Incident) -> dict[str, Any]:
    """What is known of an incident, in words."""
    return {
        "incident": found,
        "what": kind_words(found),
        "stage": STAGES[found.stage],
        "course": course_of(found),
        "hers": found.assignee_id == me().id,
        "now": clock.now(),
    }
