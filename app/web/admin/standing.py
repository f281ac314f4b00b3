"""Closing an account, and opening it again. What its person recorded stays."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import accounts
from app.lib import clock
from app.policy.permissions import Permission as P
from app.web.admin import admin
from app.web.admin.one_time_password import show_once
from app.web.admin.user import user_or_404
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.person import me


@admin.post("/admin/users/<int:user_id>/closing")
@allows(P.MANAGE_USERS)
def close_account(user_id: int) -> ResponseReturnValue:
    accounts.close_account(user_or_404(user_id), by=me(), at=clock.now())
    tell(_("账号已停用，所有设备马上退出登录。"))
    return redirect(url_for("admin.user", user_id=user_id), 303)


@admin.post("/admin/users/<int:user_id>/reopening")
@allows(P.MANAGE_USERS)
def reopen_account(user_id: int) -> ResponseReturnValue:
    found = user_or_404(user_id)
    return show_once(found, accounts.reopen_account(found, by=me(), at=clock.now()))
