"""Where somebody came from: a GB/T 2260 area, written as its code or as a name."""

from typing import Any

from wtforms import ValidationError as Bad
from wtforms.validators import DataRequired

from app.intake.fields import IntakeForm, LineField
from app.lib import gb2260
from app.lib.words import N_, say


class OriginField(LineField):
    """Takes ``141102``, ``吕梁离石`` or ``lishi``; `code` is the area that is meant."""

    code: str | None = None

    def __init__(self, label: str, **options: Any):
        super().__init__(
            label,
            validators=[DataRequired(), one_area],
            description=N_("写市县名、拼音或六位区划代码，例如 吕梁离石"),
            **options,
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """A code is shown as the name it stands for."""
        super().process_formdata(valuelist)
        self.code = None
        self.data = gb2260.name_of(self.data or "") or self.data


def one_area(form: IntakeForm, field: OriginField) -> None:
    """Exactly one area is meant; otherwise the sentence offers those that come near."""
    found = gb2260.meant(field.data)
    if not found:
        raise Bad(say("没有找到“%(typed)s”，请写市或区县的名称，例如 吕梁离石。", typed=field.data))
    if len(found) > 1:
        names = "、".join(name for _code, name in found)
        raise Bad(say("“%(typed)s”有几处：%(names)s。请写全称。", typed=field.data, names=names))
    field.code = found[0][0]
