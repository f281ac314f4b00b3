"""The steps a director takes with a sudden event, each a noun below its address."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.incidents import Incident
from app.intake.fields import IntakeForm
from app.lib import clock
from app.lib.refusal import Refused
from app.policy.permissions import Permission as P
from app.web.director import director, staff
from app.web.director.incident import found_incident, show
from app.web.director.incident_forms import AssignForm, NoteForm, WhyForm, assign_form
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.person import me
from app.web.refused_fields import show_refusal


@director.post("/incidents/<int:incident_id>/verification")
@allows(P.HANDLE_INCIDENTS)
def verification(incident_id: int) -> ResponseReturnValue:
    incident, form = found_incident(incident_id), NoteForm(request.form)
    return take(incident, form, with_words(incident.verify, form.note), _("已核实，请派单。"))


@director.post("/incidents/<int:incident_id>/dismissal")
@allows(P.HANDLE_INCIDENTS)
def dismissal(incident_id: int) -> ResponseReturnValue:
    incident, form = found_incident(incident_id), WhyForm(request.form)
    return take(incident, form, with_words(incident.dismiss, form.why), _("已按不属实结束。"))


@director.post("/incidents/<int:incident_id>/assignment")
@allows(P.HANDLE_INCIDENTS)
def assignment(incident_id: int) -> ResponseReturnValue:
    incident = found_incident(incident_id)
    form = assign_form(incident, request.form)
    return take(
        incident, form, lambda: assign(incident, form), _("已派单，对方的今日清单里已经有了。")
    )


@director.post("/incidents/<int:incident_id>/extension")
@allows(P.HANDLE_INCIDENTS)
def extension(incident_id: int) -> ResponseReturnValue:
    incident = found_incident(incident_id)
    grant = partial(incident.grant_extension, by=me(), at=clock.now())
    return take(incident, NoteForm(), grant, _("已同意延期。"))


@director.post("/incidents/<int:incident_id>/extension_refusal")
@allows(P.HANDLE_INCIDENTS)
def extension_refusal(incident_id: int) -> ResponseReturnValue:
    incident, form = found_incident(incident_id), WhyForm(request.form)
    decline = with_words(incident.decline_extension, form.why)
    return take(incident, form, decline, _("没有同意延期，原因已告诉对方。"))


@director.post("/incidents/<int:incident_id>/check")
@allows(P.HANDLE_INCIDENTS)
def check_incident(incident_id: int) -> ResponseReturnValue:
    incident, form = found_incident(incident_id), NoteForm(request.form)
    return take(incident, form, with_words(incident.check, form.note), _("复核通过，可以办结了。"))


@director.post("/incidents/<int:incident_id>/return")
@allows(P.HANDLE_INCIDENTS)
def return_incident(incident_id: int) -> ResponseReturnValue:
    incident, form = found_incident(incident_id), WhyForm(request.form)
    return take(incident, form, with_words(incident.send_back, form.why), _("已退回重办。"))


@director.post("/incidents/<int:incident_id>/closure")
@allows(P.HANDLE_INCIDENTS)
def closure(incident_id: int) -> ResponseReturnValue:
    incident, form = found_incident(incident_id), NoteForm(request.form)
    return take(incident, form, with_words(incident.close, form.note), _("已办结。"))


def take(
    incident: Incident, form: IntakeForm, step: Callable[[], Any], said: str
) -> ResponseReturnValue:
    """Take a step if the form is in order and the incident still stands there."""
    typed = {request.path.rsplit("/", 1)[-1]: form}
    if not form.validate():
        return show(incident, typed), 422
    try:
        step()
    except Refused as refused:
        return show(incident, typed, show_refusal(form, refused)), 422
    tell(said)
    return redirect(url_for("director.incident", incident_id=incident.id), 303)


def with_words(verb: Callable[..., Any], field: Any) -> Callable[[], Any]:
    """A verb that takes what was written beside the step."""
    return partial(verb, field.data or "", by=me(), at=clock.now())


def assign(incident: Incident, form: AssignForm) -> None:
    """Give it to the person chosen, until the time chosen."""
    to, words = staff.person(form.assignee.data), form.note.data or ""
    incident.assign(to, form.deadline, words, by=me(), at=clock.now())
