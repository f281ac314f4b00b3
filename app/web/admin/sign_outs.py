"""Signing somebody out everywhere, for example when a phone was lost."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import accounts
from app.lib import clock
from app.policy.permissions import Permission as P
from app.web.admin import admin
from app.web.admin.user import user_or_404
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.person import me


@admin.post("/admin/users/<int:user_id>/sign-outs")
@allows(P.MANAGE_USERS)
def sign_out_everywhere(user_id: int) -> ResponseReturnValue:
    accounts.sign_out_everywhere(user_or_404(user_id), by=me(), at=clock.now())
    tell(_("所有设备上的登录都已结束。"))
    return redirect(url_for("admin.user", user_id=user_id), 303)
