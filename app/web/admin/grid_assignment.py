"""Giving a worker a grid, and taking it back."""

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import duties
from app.domain.people import GridAssignment, User
from app.domain.places import Area
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.policy.permissions import Permission as P
from app.web.admin import admin
from app.web.admin.grid_form import GridForm, grid_form
from app.web.admin.user import form_of, user_or_404, user_page
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.person import me
from app.web.refused_fields import show_refusal


@admin.post("/admin/users/<int:user_id>/grids")
@allows(P.MANAGE_USERS)
def assign_grid(user_id: int) -> ResponseReturnValue:
    found = user_or_404(user_id)
    form = grid_form(found) if found.community else abort(404)
    try:
        if form.validate():
            _assign(found, form)
            return redirect(url_for("admin.user", user_id=user_id), 303)
        why = None
    except Refused as refused:
        why = show_refusal(form, refused)
    return user_page(found, form_of(found), why=why, grid=form), 422


@admin.post("/admin/users/<int:user_id>/grids/<int:assignment_id>/end")
@allows(P.MANAGE_USERS)
def take_grid_back(user_id: int, assignment_id: int) -> ResponseReturnValue:
    found = user_or_404(user_id)
    assignment = session.get(GridAssignment, assignment_id)
    if assignment is None or assignment.user_id != found.id:
        abort(404)
    duties.take_back(assignment, clock.today() - duties.A_DAY, by=me(), at=clock.now())
    tell(_("网格已收回，马上生效。"))
    return redirect(url_for("admin.user", user_id=user_id), 303)


def _assign(user: User, form: GridForm) -> None:
    duties.assign_grid(
        user,
        session.get(Area, form.grid_id.data),
        begins=form.begins.data,
        ends=form.ends.data,
        take_over=form.take_over.data,
        by=me(),
        at=clock.now(),
    )
    tell(_("网格已分好。"))
