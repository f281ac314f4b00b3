"""A row of a list that others sent, as a record: the forms of the pages, with what a list can know.

Nobody stood at a door: of an arrival only whom, from which kind of area and, if it
was written, when and from where. Whoever is refused here is refused on the page, too.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wtforms.validators import Optional

from app.domain import days
from app.domain.cases import Case
from app.domain.people import User
from app.domain.places import Area
from app.domain.records import Record
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
        kind = KINDS[key]
        if not may(self.by.role, kind.permission):
            raise Refused(say("您的账号不能做这种登记。"))
        telling = self._telling(resident, case, happened_at or self.at)
        form = checked_form(_as_listed(kind), telling, fields)
        record = kind.keep(form, telling)
        days.note_late(record, by=self.by, at=self.at)
        return record

    def _telling(self, resident: Resident, case: Case | None, at: datetime) -> Telling:
        subject = Subject(
            community=self.community,
            grid=resident.grid,
            resident=resident,
            household=resident.household,
            case=case,
            scope=self.scope,
        )
        return Telling(
            id=new_id(), by=self.by, at=min(at, self.at), received_at=self.at, subject=subject,
            via="file",
        )  # fmt: skip


def _as_listed(kind: Kind) -> Kind:
    """The kind with the form that a list can fill."""
    return _LISTED_KINDS.get(kind.key, kind)


def _listed_kind(key: str) -> Kind:
    kind = KINDS[key]
    named = {name: getattr(kind, name) for name in kind.__dataclass_fields__}
    return Kind(**(named | {"form": LISTED[key]}))


_LISTED_KINDS = {key: _listed_kind(key) for key in LISTED}
