"""A row of a list that others sent, as a record: the forms of the pages, with what a list can know.

Nobody stood at a door: of an arrival only whom, from which kind of area and, if it
was written, when and from where. Whoever is refused here is refused on the page, too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from wtforms import Form
from wtforms.validators import Optional

from app.domain import days
from app.domain.beginnings import Beginning, begin_all
from app.domain.cases import Case
from app.domain.people import User
from app.domain.places import Area
from app.domain.recording import Deed
from app.domain.records import Record
from app.domain.regime import papers_for
from app.domain.residents import Resident
from app.domain.scope import Scope
from app.intake import KINDS
from app.intake.arrival import TRANSPORT, ArrivalForm
from app.intake.fields import DayField, LineField, MomentField, OneOfField
from app.intake.filling import checked_form
from app.intake.kind import Kind, Subject, Telling
from app.intake.origin import OriginField, one_area
from app.lib.ids import new_id
from app.lib.refusal import Refused
from app.lib.words import N_, say
from app.policy.permissions import may


class ListedOriginField(OriginField):
    """Where from, if the list says it and one place is meant."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label, **options)
        self.validators = [Optional(), one_area]


class ListedArrivalForm(ArrivalForm):
    """An arrival as a list announces it; who goes there asks for the rest."""

    origin = ListedOriginField(N_("出发地"))
    left_on = DayField(N_("离开当地的日期"))
    arrived_at = MomentField(N_("抵达时间"))
    transport = OneOfField(N_("交通方式"), choices=TRANSPORT)
    trip_number = LineField(N_("车次、航班或车牌"))

    def _refuse_past(self, field: MomentField) -> None:
        if field.data is not None:
            super()._refuse_past(field)


LISTED = {"arrival": ListedArrivalForm}


class Listing:
    """The rows of one list on their way in, told by one person in one moment."""

    def __init__(self, community: Area, *, by: User, at: datetime):
        self.community, self.by, self.at = community, by, at
        self.scope = Scope(by)
        self._forms: dict[str, Form] = {}

    def keep(
        self,
        key: str,
        resident: Resident,
        fields: Mapping[str, Any],
        *,
        case: Case | None = None,
        happened_at: datetime | None = None,
    ) -> Record:
        """Keep a record of this kind about somebody; Refused as on the page."""
        telling = self._telling(resident, case, happened_at or self.at)
        record = KINDS[key].keep(self._form(key, telling, fields), telling)
        days.note_late(record, by=self.by, at=self.at)
        return record

    def beginning(self, key: str, resident: Resident, fields: Mapping[str, Any]) -> Beginning:
        """The case that a row begins, checked and not yet written; Refused as on the page."""
        telling = self._telling(resident, None, self.at)
        return _BEGINNINGS[key](self._form(key, telling, fields), telling)

    def begin_all(self, beginnings: Sequence[Beginning]) -> list[tuple[Case, Record]]:
        """Write them; a record of a day that is closed is counted as late."""
        begun = begin_all(beginnings, by=self.by, at=self.at)
        told = (record.day for _case, record in begun)
        closed = days.closed_among(told, self.community.id)
        for _case, record in begun:
            if record.day in closed:
                days.note_late(record, by=self.by, at=self.at)
        return begun

    def _form(self, key: str, telling: Telling, fields: Mapping[str, Any]) -> Form:
        kind = KINDS[key]
        if not may(self.by.role, kind.permission):
            raise Refused(say("您的账号不能做这种登记。"))
        used, kind = self._forms.get(key), _LISTED_KINDS.get(key, kind)
        self._forms[key] = form = checked_form(kind, telling, fields, used=used)
        return form

    def _telling(self, resident: Resident, case: Case | None, at: datetime) -> Telling:
        subject = Subject(community=self.community, resident=resident, case=case, scope=self.scope)
        at = min(at, self.at)
        return Telling(new_id(), self.by, at, self.at, subject, via="file")


def _arrival(form: ListedArrivalForm, telling: Telling) -> Beginning:
    arrived_at = form.arrived_at.instant or telling.at
    told = form.told() | {"origin": form.origin.code, "arrived_at": arrived_at.isoformat()}
    told = {name: answer for name, answer in told.items() if answer not in (None, "")}
    deed = telling.deed("arrival", form.outcome.data, told)
    came_from = str(form.origin.code or "")[:2]
    told = {"anchor_at": arrived_at, **told}
    return replace(_beginning("returnee", form, telling, deed, told), came_from=came_from)


def _push(form: Form, telling: Telling) -> Beginning:
    at = form.coloured_at.instant or telling.at
    deed = telling.deed("code_push", "opened", form.told(), at=at)
    told = deed.fields | {"anchor_at": at, "source": form.source.data}
    return _beginning("yellow", form, telling, deed, told)


def _elder(form: Form, telling: Telling) -> Beginning:
    deed = telling.deed("elder_roll", "opened", form.told())
    told = deed.fields | {"anchor_at": deed.at, "high_risk": bool(form.high_risk.yes)}
    return _beginning("elder", form, telling, deed, told)


def _beginning(
    kind: str, form: Form, telling: Telling, deed: Deed, told: dict[str, Any]
) -> Beginning:
    subject = telling.subject
    papers = papers_for(kind, form.reason.data, subject.community, telling.day)
    return Beginning(kind, subject.resident, papers, deed, told)


_BEGINNINGS: Mapping[str, Callable[[Any, Telling], Beginning]] = {
    "arrival": _arrival,
    "code_push": _push,
    "elder_roll": _elder,
}


def _listed_kind(key: str) -> Kind:
    """The kind with the form that a list can fill."""
    kind = KINDS[key]
    named = {name: getattr(kind, name) for name in kind.__dataclass_fields__}
    return Kind(**(named | {"form": LISTED[key]}))


_LISTED_KINDS = {key: _listed_kind(key) for key in LISTED}
