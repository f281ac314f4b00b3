"""A new account. Its one-time password is shown once, on the answer, and kept nowhere."""

from flask.typing import ResponseReturnValue

from app.domain import accounts
from app.lib import clock
from app.lib.refusal import Refused
from app.lib.words import Say
from app.policy.permissions import Permission as P
from app.policy.roles import ROLES
from app.web.admin import admin
from app.web.admin.one_time_password import show_once
from app.web.admin.user_form import UserForm, user_form
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import me
from app.web.refused_fields import show_refusal


@admin.get("/admin/users/new")
@allows(P.MANAGE_USERS)
def new_user() -> ResponseReturnValue:
    return _page(user_form(role="worker"))


@admin.post("/admin/users/new")
@allows(P.MANAGE_USERS)
def add_user() -> ResponseReturnValue:
    form = user_form()
    if not form.validate():
        return _page(form), 422
    try:
        user, password = accounts.add_user(form.profile(), by=me(), at=clock.now())
    except Refused as refused:
        return _page(form, show_refusal(form, refused)), 422
    return show_once(user, password)


def _page(form: UserForm, why: Say | None = None) -> ResponseReturnValue:
    return page("admin/new_user.html", form=form, why=why, roles=ROLES)
