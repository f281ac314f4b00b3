"""The first visit to an empty installation: the first admin, by the code from the terminal."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.domain import setup
from app.intake.fields import IntakeForm
from app.lib import clock
from app.lib.refusal import Refused
from app.lib.words import N_, Say
from app.web.auth import auth
from app.web.guard import public
from app.web.hypermedia import page, tell
from app.web.refused_fields import show_refusal


class FirstAdminForm(IntakeForm):
    """The code, and who the first admin is."""

    code = StringField(
        N_("设置码"),
        [InputRequired()],
        description=N_("服务器启动时显示在终端里，一天内有效，只能用一次。"),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    name = StringField(N_("姓名"), [InputRequired(), Length(max=60)])
    login = StringField(
        N_("登录名"),
        [InputRequired()],
        description=N_("小写字母开头，3 到 40 个字母或数字。"),
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        N_("密码"),
        [InputRequired()],
        description=N_("至少 10 个字符，可以是一句话；不要用太原、社区名、姓名加数字。"),
        render_kw={"autocomplete": "new-password"},
    )


@auth.get("/setup")
@public
def first_run() -> ResponseReturnValue:
    if not setup.nobody_yet():
        return redirect(url_for("auth.home"))
    return page("auth/first_run.html", form=FirstAdminForm(), why=None)


@auth.post("/setup")
@public
def make_first_admin() -> ResponseReturnValue:
    form = FirstAdminForm(request.form)
    why = None if not form.validate() else _made(form)
    if form.errors or why:
        return page("auth/first_run.html", form=form, why=why), 422
    tell(_("管理员账号建好了，请用它登录。"))
    return redirect(url_for("auth.sign_in"), 303)


def _made(form: FirstAdminForm) -> Say | None:
    try:
        setup.first_admin(
            form.code.data,
            login=form.login.data.strip().lower(),
            name=form.name.data.strip(),
            password=form.password.data,
            at=clock.now(),
        )
    except Refused as refused:
        return show_refusal(form, refused)
    return None
