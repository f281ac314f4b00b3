"""Reporting a sudden event: what, where, in a few words. How grave it is, the rules say."""

from datetime import date, timedelta

from wtforms.validators import DataRequired

from app.domain import incidents
from app.domain.incidents import Incident
from app.domain.recording import record
from app.domain.records import Record
from app.domain.regime import edition_at, jurisdiction_of
from app.intake.fields import IntakeForm, LineField, NoteField
from app.intake.kind import Kind, Subject, Telling
from app.intake.reasons import ReasonField, reasons_at
from app.lib.refusal import Refused
from app.lib.words import N_, say
from app.policy.params import Incident as Urgency
from app.policy.rulebook import RULES


class IncidentForm(IntakeForm):
    kind = ReasonField(N_("什么事"))
    words = NoteField(N_("情况"), validators=[DataRequired(N_("请写一两句情况。"))])
    place = LineField(N_("在哪里"), description=N_("楼号、单元、门牌或地点；住户家里的不用填"))


def prepare(form: IncidentForm, subject: Subject, day: date) -> None:
    """The kinds of incident that the rules know on the day."""
    kinds = reasons_at("incident", subject.community, day)
    form.kind.choices = [(kind.key, kind.words) for kind in kinds]


def keep(form: IncidentForm, telling: Telling) -> Record:
    urgency = _urgency(form.kind.data, telling)
    if telling.supersedes:
        reported = _corrected(form, telling, urgency)
    else:
        reported = _reported(form, telling, urgency)
    deed = telling.deed("incident", form.kind.data, form.told(), incident_id=reported.id)
    return record(deed, by=telling.by, at=telling.received_at)


def undo(wrong: Record, telling: Telling) -> None:
    """The reporter takes it back, as long as nobody has looked into it."""
    reported = telling.subject.incident
    if reported.stage != "reported":
        raise Refused(say("这件事已经核实过，不能撤回；请告诉社区负责人。"))
    reported.dismiss("", by=telling.by, at=telling.received_at)


def _reported(form: IncidentForm, telling: Telling, urgency: Urgency) -> Incident:
    subject = telling.subject
    home = subject.household
    grid = subject.grid
    return incidents.report(
        form.kind.data,
        form.words.data,
        place=form.place.data or (home.address if home else ""),
        grade=urgency.grade,
        verify_by=telling.at + timedelta(minutes=urgency.verify_min),
        by=telling.by,
        at=telling.at,
        community_id=subject.community.id,
        grid_id=grid.id if grid else None,
        household_id=home.id if home else None,
        resident_id=subject.resident.id if subject.resident else None,
    )


def _corrected(form: IncidentForm, telling: Telling, urgency: Urgency) -> Incident:
    reported = telling.subject.incident
    reported.restate(
        form.kind.data,
        form.words.data,
        form.place.data or reported.place or "",
        grade=urgency.grade,
        verify_by=telling.at + timedelta(minutes=urgency.verify_min),
    )
    return reported


def _urgency(kind: str, telling: Telling) -> Urgency:
    place = telling.subject.community
    where = edition_at(place, telling.day), jurisdiction_of(place)
    return RULES.rule("incident", kind, *where, telling.day).params


KIND = Kind(
    key="incident",
    words=N_("上报突发事件"),
    icon="incident",
    form=IncidentForm,
    keep=keep,
    about="place",
    prepare=prepare,
    any_grid=True,
    undo=undo,
)
