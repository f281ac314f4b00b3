"""The form of an account, the same for a new one and for a change."""

from typing import Any

from flask import request
from wtforms import RadioField, SelectField, StringField, TelField, ValidationError
from wtforms.validators import InputRequired, Length

from app.domain.accounts import Profile, places_of
from app.domain.places import Area
from app.intake.fields import IntakeForm
from app.lib.db import session
from app.lib.phones import BadPhone, read_phone
from app.lib.words import N_
from app.policy.roles import ROLES
from app.web.person import me

NOWHERE = (0, N_("不限地方"))


class UserForm(IntakeForm):
    """Who, as what, where."""

    name = StringField(N_("姓名"), [InputRequired(), Length(max=60)])
    login = StringField(
        N_("登录名"),
        [InputRequired()],
        description=N_("小写字母开头，3 到 40 个字母或数字。"),
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"},
    )
    phone = TelField(N_("手机号"), description=N_("填了就也能用手机号登录。"))
    role = RadioField(N_("角色"), choices=[(role.key, role.words) for role in ROLES.values()])
    title = StringField(N_("职务"), [Length(max=30)], description=N_("例如：副主任、书记。"))
    area_id = SelectField(N_("所属地方"), coerce=int)

    def validate_phone(self, field: Any) -> None:
        try:
            field.data = read_phone(field.data) if field.data else None
        except BadPhone as bad:
            raise ValidationError(bad.why) from bad

    def profile(self) -> Profile:
        """What was written, as the domain takes it."""
        return Profile(
            login=self.login.data.strip().lower(),
            name=self.name.data.strip(),
            title=(self.title.data or "").strip(),
            role=self.role.data,
            area=session.get(Area, self.area_id.data) if self.area_id.data else None,
            phone=self.phone.data,
        )


def user_form(**values: Any) -> UserForm:
    """The form as it was posted, or filled with `values`, with the places the admin manages."""
    form = UserForm(request.form if request.method == "POST" else None, **values)
    form.area_id.choices = [NOWHERE] * (me().area is None) + place_choices()
    return form


def place_choices() -> list[tuple[int, str]]:
    """Every place down to the communities as (id, its way down from the district)."""
    rows = session.scalars(places_of(me()).where(Area.level != "grid").order_by(Area.path)).all()
    names = {area.code: area.name for area in rows}
    return [(area.id, _way_down(area, names)) for area in rows]


def _way_down(area: Area, names: dict[str, str]) -> str:
    codes = [code for code in area.path.split("/") if code in names]
    return " › ".join(names[code] for code in codes[-3:])
