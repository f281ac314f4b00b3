"""交办: giving work out, also from a row, an incident or a resident, whose page fills it in."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import assignments
from app.domain.assignment_templates import AssignmentTemplate, keep_template, templates_of
from app.domain.assignments import Order
from app.domain.attachments import attach, bring_along, of_templates
from app.domain.receivers import To, load_of
from app.lib import clock
from app.lib.filetypes import Handed
from app.lib.refusal import Refused
from app.lib.words import Say
from app.policy.permissions import Permission as P
from app.web.director import director, staff
from app.web.director.about import About, asked_about
from app.web.director.asked import community
from app.web.director.assignment_form import AssignmentForm
from app.web.director.handed_files import files_in
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me
from app.web.refused_fields import show_refusal


@director.get("/assignments/new")
@allows(P.DIRECT_WORK)
def new_assignment() -> ResponseReturnValue:
    about, template = asked_about(), asked_template()
    form = AssignmentForm()
    form.offer(about.grid_id)
    if template:
        form.fill_from(template)
    elif about.grid:
        form.propose(To("grids", [about.grid.id]))
    elif about.grid_id and form.people.choices:
        form.propose(To("people", [form.people.choices[0][0]]))
    return show(form, about, template)


@director.post("/assignments/new")
@allows(P.DIRECT_WORK)
def give_assignment() -> ResponseReturnValue:
    about, form, template = asked_about(), AssignmentForm(request.form), asked_template()
    form.offer(about.grid_id)
    if not form.validate():
        return show(form, about, template), 422
    try:
        given_id = give(form, about, files_in(request.files.getlist("files")))
    except Refused as refused:
        return show(form, about, template, show_refusal(form, refused)), 422
    return redirect(_next(given_id), 303)


def give(form: AssignmentForm, about: About, files: list[Handed]) -> int | None:
    """Give it, keep it for later where a name or a rhythm says so; None: only from its day on."""
    about.check(form.asked)
    now, place, used = clock.now(), community(), asked_template()
    kept = _keep_template(form, about, used)
    recurs = kept is not used and bool(kept.rhythm)  # one that is used once more is given now
    if kept is not used:
        attach(files, community_id=place.id, by=me(), at=now, template_id=kept.id)
        files = []
    if recurs and not kept.falls_on(clock.today()):
        return None
    order = Order(
        words=form.words.data,
        due_at=form.due_at,
        asks=form.asked,
        resident=about.resident,
        incident_id=about.incident.id if about.incident else None,
        grid=about.grid,
        building=about.building,
        template_id=kept.id if kept else None,
        for_day=clock.today() if recurs else None,
    )
    given = assignments.give(order, form.to, place, by=me(), at=now)
    attach(files, community_id=place.id, by=me(), at=now, assignment_id=given.id)
    if kept:
        bring_along(kept.id, by=me(), at=now, assignment_id=given.id)
    return given.id


def show(
    form: AssignmentForm,
    about: About,
    template: AssignmentTemplate | None,
    why: Say | None = None,
) -> Any:
    load = load_of(staff.workers(), clock.today())
    return page(
        "director/new_assignment.html",
        form=form,
        about=about,
        used=template,
        along=of_templates([template.id])[template.id] if template else [],
        templates=templates_of(community()),
        load=[(user.name, load[user.id]) for user in staff.workers()],
        why=why,
    )


def asked_template() -> AssignmentTemplate | None:
    """The template that the address names, of her community; 404 for another."""
    given = request.values.get("template", "")
    if not given:
        return None
    found = (one for one in templates_of(community()) if str(one.id) == given)
    return next(found, None) or abort(404)


def _keep_template(
    form: AssignmentForm, about: About, used: AssignmentTemplate | None
) -> AssignmentTemplate | None:
    """A new one where a name or a rhythm says so, with the files of the one it came from."""
    if not form.name.data and not form.rhythm.data:
        return used
    name = form.name.data or form.words.data[:20]
    kept = keep_template(
        name,
        form.words.data,
        form.to,
        community(),
        by=me(),
        at=clock.now(),
        asks=form.asked,
        due_clock=f"{clock.local(form.due_at):%H:%M}",
        grid_id=about.grid.id if about.grid else None,
        building_id=about.building.id if about.building else None,
        rhythm=form.rhythm.data or "",
        days=form.days if form.rhythm.data in ("week", "dates") else [],
        until=form.last_day.data if form.rhythm.data in ("daily", "weekdays", "week") else None,
    )
    if used:
        bring_along(used.id, by=me(), at=clock.now(), template_id=kept.id)
    return kept


def _next(given_id: int | None) -> str:
    if given_id is None:
        tell(_("已存好，到那天早上自动交办。"))
        return url_for("director.assignments")
    tell(_("已交办，对方的今日清单里已经有了。"))
    return url_for("director.given", given_id=given_id)
