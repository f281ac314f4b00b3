"""A new password of one's own; after a one-time password this is the first page of all."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired

from app.domain import own_account
from app.intake.fields import IntakeForm
from app.lib import clock
from app.lib.refusal import Refused
from app.lib.words import N_, Say, say
from app.policy.permissions import Permission as P
from app.web.account import account
from app.web.edge import keep_anyway
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me
from app.web.refused_fields import show_refusal


class PasswordForm(IntakeForm):
    """The password of now, and the new one twice."""

    current = PasswordField(
        N_("现在的密码"), [InputRequired()], render_kw={"autocomplete": "current-password"}
    )
    new = PasswordField(
        N_("新密码"),
        [InputRequired()],
        description=N_("至少 10 个字符，可以是一句话；不要用太原、社区名、姓名加数字。"),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        N_("再填一次新密码"),
        [InputRequired(), EqualTo("new", N_("两次填的不一样。"))],
        render_kw={"autocomplete": "new-password"},
    )


@account.get("/account/password")
@allows(P.OWN_ACCOUNT)
def password() -> ResponseReturnValue:
    return _page(PasswordForm())


@account.post("/account/password")
@allows(P.OWN_ACCOUNT)
def change_password() -> ResponseReturnValue:
    form = PasswordForm(request.form)
    why = _changed(form) if form.validate() else None
    if form.errors or why:
        return _page(form, why), 422
    tell(_("密码已改。其他设备上的登录都已结束。"))
    return redirect(url_for("auth.home"), 303)


def _changed(form: PasswordForm) -> Say | None:
    """Change it; or the sentence that says why not."""
    try:
        fits = own_account.change_password(
            current_user.session, form.current.data, form.new.data, at=clock.now()
        )
    except Refused as refused:
        return show_refusal(form, refused)
    if not fits:
        keep_anyway()  # the wrong guess counts
        return say("现在的密码不对。")
    return None


def _page(form: PasswordForm, why: Say | None = None) -> ResponseReturnValue:
    one_time = me().one_time_until is not None
    return page("account/password.html", form=form, why=why, one_time=one_time)
