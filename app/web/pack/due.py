"""The forms of what is due, and her incidents with theirs."""

from collections.abc import Iterable

from flask import url_for
from sqlalchemy import or_
from sqlalchemy.orm import joinedload, selectinload

from app.domain.incidents import OPEN_STAGES, Incident, IncidentStep
from app.domain.tasks import Task
from app.intake import KINDS
from app.intake.kind import Kind
from app.lib import clock
from app.lib.db import session
from app.reports.badges import Badge
from app.reports.packed import Round
from app.web.pack.forms import form_shown
from app.web.pack.pages import Pages, Row
from app.web.pack.subject_forms import About, SubjectForms
from app.web.person import me, my
from app.web.records.as_entry import places_of
from app.web.records.subject_card import Known, rule_of
from app.web.records.task_kind import kind_for
from app.web.worker.incident import incident_shown

Rows = Iterable[tuple[str, Row]]
# What can be done about an incident that was given to one.
STEPS = ("incident_handled", "incident_extension")
MOST_INCIDENTS = 20


def task_forms(forms: SubjectForms, around: Round) -> Rows:
    """The form of every task of the day."""
    for item in around.items:
        kind = kind_for(item.task)
        if kind is not None and item.task.kind != "incident":
            if item.task.about_record_id:
                yield _about_a_record(forms.pages, item.task, kind, item.badges)
            else:
                yield forms.row(kind, About.task_of(item.task, item.badges))


def case_forms(forms: SubjectForms, around: Round) -> Rows:
    """Forms about a case that are not the same for everybody: how it can end."""
    kind = KINDS["release"]
    for person in around.residents:
        if open_ones := around.care.get(person.id):
            case = min((one.case for one in open_ones), key=lambda c: kind.case_kinds.index(c.kind))
            badges = [one.badge for one in open_ones]
            yield forms.row(kind, About(person, person.household, case, badges))


def incidents(pages: Pages) -> Rows:
    """Open incidents that she reported or that were given to her, with their forms."""
    hers = or_(Incident.assignee_id == me().id, Incident.reported_by_id == me().id)
    rows = my().incidents.where(hers, Incident.stage.in_(OPEN_STAGES))
    steps = selectinload(Incident.steps)
    rows = rows.options(
        joinedload(Incident.reported_by),
        joinedload(Incident.resident),
        steps.joinedload(IncidentStep.by),
        steps.joinedload(IncidentStep.assignee),
    )
    for one in session.scalars(rows.order_by(Incident.id.desc()).limit(MOST_INCIDENTS)):
        url = url_for("worker.incident", incident_id=one.id)
        yield url, pages.row("worker/incident.html", **incident_shown(one), photos=())
        if one.assignee_id == me().id and one.may("handle"):
            for key in STEPS:
                yield _about_an_incident(pages, KINDS[key], one)


def _about_an_incident(pages: Pages, kind: Kind, one: Incident) -> tuple[str, Row]:
    known = Known(incident=one, who=one.resident.masked_name if one.resident else "")
    path = url_for("records.form", kind=kind.key, incident=one.id)
    shown = form_shown(kind, path, {"incident_id": one.id}, known=known)
    return path, pages.row("records/form.html", **shown)


def _about_a_record(pages: Pages, task: Task, kind: Kind, badges: list[Badge]) -> tuple[str, Row]:
    person, home = task.resident, task.household
    known = Known(
        who=person.masked_name if person else "",
        age=person.age_on(clock.today()) if person else None,
        where=home.address if home else "",
        badges=tuple(badges),
        task=task,
        rule=rule_of(task),
    )
    path = url_for("records.form", kind=kind.key, task=task.id)
    shown = form_shown(kind, path, {"task_id": task.id}, known=known, on=places_of(task))
    return path, pages.row("records/form.html", **shown)
