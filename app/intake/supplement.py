"""What the roll lacks of somebody, told by who asked at the door: phone, number, door, group.

Who she is stands in her own row, sealed; the record says only which of it was told.
"""

from wtforms import ValidationError as Bad

from app.domain import moves
from app.domain.doors import household_in, room_at
from app.domain.places import Household
from app.domain.recording import record
from app.domain.records import Record
from app.domain.residents import Resident
from app.intake.fields import IntakeForm, LineField, at_most
from app.intake.kind import Kind, Telling
from app.intake.person import IdNumberField, PhoneField
from app.lib.refusal import Held, Refused
from app.lib.words import N_, say

NOTHING = N_("至少填一项。")
NO_DOOR = N_("没有找到这个门牌，请写清楼号、单元、门牌，例如 5号楼3单元502。")
ELSEWHERE = N_("这个住址归别的网格，登记已保留，等社区负责人定夺。")
TOLD = ("phone", "id_number", "address", "relation", "category")


class SupplementForm(IntakeForm):
    phone = PhoneField()
    id_number = IdNumberField(description=N_("填了身份证号，性别和生日就不用填"))
    address = LineField(N_("住在哪里"), description=N_("楼号、单元、门牌，例如 5号楼3单元502"))
    relation = LineField(N_("与户主关系"), validators=[at_most(Resident.relation.type.length)])
    category = LineField(
        N_("人员类别"),
        validators=[at_most(Resident.category.type.length)],
        description=N_("例如 独居老人、残疾人、外来务工"),
    )

    def validate_category(self, _field: LineField) -> None:
        """The last question: something must have been answered."""
        if not any(self[name].data for name in TOLD):
            raise Bad(say(NOTHING))

    def who(self, person: Resident) -> dict:
        """What is known of somebody with what was told put into it."""
        number = self.id_number.read
        kept = ("name", "sex", "born", "relation", "category", "phone", "id_number")
        told = {
            "phone": self.phone.data,
            "relation": self.relation.data,
            "category": self.category.data,
            **(
                {"id_number": number.number, "sex": number.sex, "born": number.birth}
                if number
                else {}
            ),
        }
        known = {name: getattr(person, name) for name in kept}
        return known | {name: value for name, value in told.items() if value}


def keep(form: SupplementForm, telling: Telling) -> Record:
    person = telling.subject.resident
    if form.address.data:
        home = _home(form.address.data, telling)
        moves.move(person, home, by=telling.by, at=telling.received_at)
    person.tell(**form.who(person))
    fields = {"told": [name for name in TOLD if form[name].data]}
    return record(
        telling.deed("supplement", "added", fields, resident=person),
        by=telling.by,
        at=telling.received_at,
    )


def _home(written: str, telling: Telling) -> Household:
    """The household behind the door; Refused where it is not clear, Held in another's grid."""
    subject = telling.subject
    room = room_at(subject.community, written)
    if room is None:
        raise Refused(say(NO_DOOR), {"address": [say(NO_DOOR)]})
    home = household_in(room)
    theirs = telling.by.role == "worker" and home.grid_id not in subject.scope.grid_ids
    if theirs and not telling.decided:
        raise Held(say(ELSEWHERE))
    return home


KIND = Kind(
    key="supplement",
    words=N_("补登信息"),
    icon="user",
    form=SupplementForm,
    keep=keep,
    about="resident",
    offered=False,
    correctable=False,
    undoable=False,
    photos=False,
)
