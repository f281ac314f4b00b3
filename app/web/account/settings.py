"""我的设置: who I am here, language and type size, and the devices I am signed in on."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh
from flask_login import current_user
from wtforms import RadioField

from app.domain import own_account, sign_in
from app.intake.fields import IntakeForm
from app.lib import clock
from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.policy.roles import ROLES
from app.web.account import account
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me, my

LANGUAGES = (("zh", "中文"), ("en", "English"))
TYPE_SIZES = (("normal", N_("标准")), ("large", N_("大字")))


class SettingsForm(IntakeForm):
    """What only concerns how it looks to her."""

    language = RadioField("语言 / Language", choices=LANGUAGES)
    type_size = RadioField(N_("字号"), choices=TYPE_SIZES)


@account.get("/account")
@allows(P.OWN_ACCOUNT)
def settings() -> ResponseReturnValue:
    return _page(SettingsForm(obj=me()))


@account.post("/account")
@allows(P.OWN_ACCOUNT)
def save_settings() -> ResponseReturnValue:
    form = SettingsForm(request.form)
    if not form.validate():
        return _page(form), 422
    own_account.choose_settings(me(), **form.data, at=clock.now())
    refresh()
    tell(_("设置已保存。"))
    return redirect(url_for("account.settings"), 303)


def _page(form: SettingsForm) -> ResponseReturnValue:
    return page("account/settings.html", **settings_shown(form))


def settings_shown(form: SettingsForm) -> dict[str, Any]:
    """Who she is here, and where she is signed in."""
    return {
        "form": form,
        "role": ROLES[me().role].words,
        "grids": my().grids if me().role == "worker" else [],
        "devices": sign_in.devices_of(me()),
        "this_device": current_user.session.device_id,
    }
