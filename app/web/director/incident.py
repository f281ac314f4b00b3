"""One sudden event: its course, and the one step that comes next."""

from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue

from app.domain.incidents import STAGES, Incident
from app.domain.photos import shown_of
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.lib.words import Say
from app.policy.permissions import Permission as P
from app.reports.incident_list import is_overdue
from app.reports.told import Told, print_of, told_about
from app.web.director import director
from app.web.director.incident_forms import forms_for
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.incident_course import course_of, kind_words
from app.web.person import my
from app.web.photo_album import thumbs


@director.get("/incidents/<int:incident_id>")
@allows(P.HANDLE_INCIDENTS)
def incident(incident_id: int) -> ResponseReturnValue:
    found = found_incident(incident_id)
    return unchanged(print_of(told_of(found))) or show(found)


def found_incident(incident_id: int) -> Incident:
    """The incident, if it is of her community; 404 otherwise."""
    return my().find(my().incidents, incident_id) or abort(404)


def told_of(found: Incident) -> dict[int, list[Told]]:
    """How far it got to whoever is to handle it."""
    told = told_about(incident_ids=[found.id]).get(found.id, [])
    return {found.id: [one for one in told if one.person.id == found.assignee_id]}


def show(found: Incident, typed: dict[str, Any] | None = None, why: Say | None = None) -> Any:
    """The page of an incident; `typed` holds forms that came back, by the noun of their step."""
    return page(
        "director/incident.html",
        incident=found,
        kind=kind_words(found),
        stage=STAGES[found.stage],
        overdue=is_overdue(found, clock.now()),
        course=course_of(found),
        photos=thumbs(shown_of(found.id), "records.incident_photo", incident_id=found.id),
        forms=forms_for(found) | (typed or {}),
        task=open_task(found),
        told=told_of(found)[found.id],
        why=why,
    )


def open_task(found: Incident) -> Task | None:
    """What somebody has to do about it now."""
    given = my().tasks.where(Task.incident_id == found.id, Task.state == "open")
    return session.scalar(given.order_by(Task.id.desc()).limit(1))
