"""A row of a roll that a community hands in as a file: who somebody is, checked as on the page.

Many rows come at once, so what they say is not kept as records one by one: the
list is one deed with one event (app/exchange/lists). Where she lives is found in
app/exchange/roll, because a whole sheet says more about a door than one row.
"""

from collections.abc import Mapping
from typing import Any

from app.domain.residents import Resident
from app.intake.fields import LineField, NoteField, at_most
from app.intake.kind import Fields
from app.intake.resident import ResidentForm
from app.lib.idcard import IdNumber
from app.lib.refusal import Refused
from app.lib.words import N_, say


def _fitting(column: Any) -> Any:
    """A check for what the column can hold."""
    return at_most(column.type.length)


class RollRowForm(ResidentForm):
    """What a roll says of a person. Where and in which grid she lives is not asked here."""

    relation = LineField(N_("与户主关系"), validators=[_fitting(Resident.relation)])
    category = LineField(N_("人员类别"), validators=[_fitting(Resident.category)])
    note = NoteField()
    address = None
    grid = None

    def who(self) -> dict[str, Any]:
        plain = ("relation", "category", "note")
        return super().who() | {name: self[name].data or "" for name in plain}

    @property
    def id_card(self) -> IdNumber | None:
        """What the ID number says; None where none was given."""
        return self.id_number.read


def checked_row(told: Mapping[str, str]) -> RollRowForm:
    """The filled form of a row, or Refused with its sentences by field."""
    form = RollRowForm(Fields(told))
    if not form.validate():
        raise Refused(say("有几处要改一下。"), form.sentences())
    return form
