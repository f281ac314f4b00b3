"""Somebody who lives here and is not on the roll yet: who, and behind which door."""

from datetime import date

from wtforms.validators import DataRequired, InputRequired

from app.domain.doors import household_in, household_without_room, room_at
from app.domain.events import happened
from app.domain.places import Area, Household
from app.domain.recording import record
from app.domain.records import Record
from app.domain.residents import SEXES, Resident, add_resident, namesake_in
from app.intake.fields import DayField, IntakeForm, LineField, OneOfField, not_in_future
from app.intake.kind import Kind, Subject, Telling
from app.intake.person import IdNumberField, NameField, PhoneField
from app.lib.db import session
from app.lib.refusal import Held, Refused
from app.lib.words import N_, Say, say


class ResidentForm(IntakeForm):
    name = NameField()
    id_number = IdNumberField(description=N_("填了身份证号，性别和生日就不用填"))
    sex = OneOfField(N_("性别"), choices=list(SEXES.items()))
    born = DayField(N_("出生日期"), validators=[not_in_future])
    phone = PhoneField()
    address = LineField(
        N_("住在哪里"),
        validators=[DataRequired(N_("请写住址，例如 5号楼3单元502。"))],
        description=N_("楼号、单元、门牌，例如 5号楼3单元502"),
    )
    grid = OneOfField(N_("网格"), choices=[], validators=[InputRequired()])

    def who(self) -> dict:
        """The person, with what her ID number tells."""
        number = self.id_number.read
        return {
            "name": self.name.data,
            "id_number": number.number if number else None,
            "sex": number.sex if number else self.sex.data or "0",
            "born": number.birth if number else self.born.data,
            "phone": self.phone.data or None,
        }


def prepare(form: ResidentForm, subject: Subject, day: date) -> None:
    """What is known of the door is not asked."""
    grids = subject.scope.grids
    if subject.household is not None:
        del form.address
    if subject.household is not None or len(grids) < 2:
        del form.grid
    else:
        form.grid.choices = [(grid.code, grid.name) for grid in grids]


def keep(form: ResidentForm, telling: Telling) -> Record:
    known = form.who()
    if telling.supersedes:
        resident = telling.subject.resident
        _mend(resident, known)
    else:
        home = telling.subject.household or _home(form, telling)
        _refuse_namesake(home, known["name"])
        resident = add_resident(community=telling.subject.community, home=home, **known)
        happened("resident_added", by=telling.by, at=telling.received_at, about=resident)
    # Who she is stands in her own row, sealed; the record tells only where she was found.
    deed = telling.deed(
        "resident",
        "added",
        {"address": resident.household.address},
        resident=resident,
        household=None,
    )
    return record(deed, by=telling.by, at=telling.received_at)


def notice(kept: Record, telling: Telling) -> Say | None:
    """An unknown area code in an ID number is worth a second look, no more."""
    read = IdNumberField.of(session.get(Resident, kept.resident_id).id_number)
    if read is None or read.area_known:
        return None
    code = read.number[:6]
    return say("已保存。身份证号前六位 %(code)s 不在区划代码表里，请再核对一次。", code=code)


def undo(wrong: Record, telling: Telling) -> None:
    """Added by mistake: she leaves the lists, the history stays."""
    wrong.resident.left_on = telling.day


def _mend(resident: Resident, told: dict) -> None:
    """What is not told anew stays as it was."""
    kept = {name: getattr(resident, name) for name in told}
    resident.tell(**kept | {name: new for name, new in told.items() if new not in (None, "0")})


def _home(form: ResidentForm, telling: Telling) -> Household:
    """The household behind the door that was written; one without a room where it is not clear."""
    subject = telling.subject
    room = room_at(subject.community, form.address.data)
    if room is None:
        return household_without_room(subject.community, _grid(form, subject), form.address.data)
    home = household_in(room)
    if home.grid_id not in subject.scope.grid_ids and not telling.decided:
        raise Held(say("这个住址归别的网格，登记已保留，等社区负责人定夺。"))
    return home


def _grid(form: ResidentForm, subject: Subject) -> Area | None:
    if "grid" not in form:
        return subject.grid
    return next(grid for grid in subject.scope.grids if grid.code == form.grid.data)


def _refuse_namesake(home: Household, name: str) -> None:
    if home.id and namesake_in(home, name):
        wrong = say("这一户已经登记过同名的居民，不必重复新增。")
        raise Refused(wrong, {"name": [wrong]})


KIND = Kind(
    key="resident",
    words=N_("新增居民"),
    icon="user",
    form=ResidentForm,
    keep=keep,
    about="place",
    prepare=prepare,
    notice=notice,
    undo=undo,
    photos=False,
)
