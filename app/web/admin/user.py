"""One account: who she is, her grids, and what can be done with the account."""

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import accounts, duties
from app.domain.people import User
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import Say
from app.policy.permissions import Permission as P
from app.policy.roles import ROLES
from app.web.admin import admin
from app.web.admin.grid_form import grid_form
from app.web.admin.user_form import UserForm, user_form
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me
from app.web.refused_fields import show_refusal


@admin.get("/admin/users/<int:user_id>")
@allows(P.MANAGE_USERS)
def user(user_id: int) -> ResponseReturnValue:
    found = user_or_404(user_id)
    return user_page(found, form_of(found))


@admin.post("/admin/users/<int:user_id>")
@allows(P.MANAGE_USERS)
def change_user(user_id: int) -> ResponseReturnValue:
    found, form = user_or_404(user_id), user_form()
    if not form.validate():
        return user_page(found, form), 422
    try:
        accounts.change_user(found, form.profile(), by=me(), at=clock.now())
    except Refused as refused:
        return user_page(found, form, why=show_refusal(form, refused)), 422
    tell(_("账号已改，本人下一次点开就生效。"))
    return redirect(url_for("admin.user", user_id=user_id), 303)


def user_or_404(user_id: int) -> User:
    """An account that the admin manages."""
    found = session.scalar(accounts.users_of(me()).where(User.id == user_id))
    if found is None:
        abort(404)
    return found


def user_page(
    found: User, form: UserForm, *, why: Say | None = None, grid=None
) -> ResponseReturnValue:
    """The page of one account, with the forms as they were filled in."""
    worker = found.role == "worker" and found.community is not None
    return page(
        "admin/user.html",
        user=found,
        form=form,
        why=why,
        roles=ROLES,
        assignments=duties.assignments_of(found, clock.today()),
        grid_form=(grid or grid_form(found)) if worker else None,
        today=clock.today(),
    )


def form_of(found: User) -> UserForm:
    names = ("name", "login", "phone", "role", "title")
    return user_form(**{name: getattr(found, name) for name in names}, area_id=found.area_id or 0)
