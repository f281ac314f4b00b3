"""Fields that say who somebody is: name, ID number, phone, each in its one form."""

import re
import unicodedata
from typing import Any

from wtforms import Form
from wtforms import ValidationError as Bad
from wtforms.validators import DataRequired, Optional

from app.intake.fields import LineField
from app.lib import clock
from app.lib.idcard import BadIdNumber, IdNumber, read_id_number
from app.lib.phones import BadPhone, read_phone
from app.lib.words import N_, say

# The dot inside a name, as keyboards and sheets write it.
DOTS = re.compile("[・•‧．.᛫●]")
LETTERS = ("L", "M")  # letters and their marks, in any script, rare ones too


class NameField(LineField):
    """A person's name: letters of any script, with dots, spaces, hyphens or apostrophes inside."""

    def __init__(self, label: str = N_("姓名"), **options: Any):
        options.setdefault("filters", [_one_kind_of_dot])
        super().__init__(label, validators=[DataRequired(), is_a_name], **options)


class IdNumberField(LineField):
    """A resident ID number; `read` is what it says, None where none was given."""

    read: IdNumber | None = None

    def __init__(self, label: str = N_("身份证号"), **options: Any):
        super().__init__(label, validators=[Optional(), _check_id_number], **options)

    @staticmethod
    def of(number: str | None) -> IdNumber | None:
        """What a number that was accepted says."""
        return read_id_number(number, today=clock.today()) if number else None


class PhoneField(LineField):
    """A telephone number, kept in its one form."""

    def __init__(self, label: str = N_("电话"), **options: Any):
        options.setdefault("render_kw", {"inputmode": "tel"})
        super().__init__(label, validators=[Optional(), _check_phone], **options)


def is_a_name(form: Form, field: NameField) -> None:
    name = field.data
    inside = re.sub("[·' ’-]", "", name)
    if not inside or not all(unicodedata.category(sign)[0] in LETTERS for sign in inside):
        raise Bad(say("姓名里只能有文字和间隔点，现在是“%(typed)s”。", typed=name))


def _check_id_number(form: Form, field: IdNumberField) -> None:
    try:
        field.read = read_id_number(field.data, today=clock.today())
    except BadIdNumber as bad:
        raise Bad(bad.why) from bad


def _check_phone(form: Form, field: PhoneField) -> None:
    try:
        field.data = read_phone(field.data)
    except BadPhone as bad:
        raise Bad(bad.why) from bad


def _one_kind_of_dot(text: str | None) -> str:
    return DOTS.sub("·", " ".join((text or "").split()))
