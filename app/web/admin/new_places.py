"""Adding to the tree of places, and renaming in it."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import territory
from app.lib import clock
from app.lib.refusal import Refused
from app.policy.permissions import Permission as P
from app.web.admin import admin
from app.web.admin.areas import GridsForm, NameForm, PlaceForm, areas_page, place_or_404
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.person import me
from app.web.refused_fields import show_refusal


@admin.post("/admin/areas/districts")
@allows(P.MANAGE_AREAS)
def add_districts() -> ResponseReturnValue:
    if me().area is not None:
        abort(403)
    code = request.form.get("code", "")
    added = territory.add_districts(code, by=me(), at=clock.now())
    tell(_("已加入 %(n)s 个区县。", n=len(added)))
    return redirect(url_for("admin.areas", under=added[0].parent_id), 303)


@admin.post("/admin/areas/<int:area_id>/places")
@allows(P.MANAGE_AREAS)
def add_place(area_id: int) -> ResponseReturnValue:
    area, form = place_or_404(area_id), PlaceForm(request.form, prefix="place-")
    try:
        if form.validate():
            given = {"code": form.code.data.strip(), "name": form.name.data.strip()}
            territory.add_place(area, **given, by=me(), at=clock.now())
            return redirect(url_for("admin.areas", under=area_id), 303)
        why = None
    except Refused as refused:
        why = show_refusal(form, refused)
    return areas_page(area, place_form=form, why=why), 422


@admin.post("/admin/areas/<int:area_id>/grids")
@allows(P.MANAGE_AREAS)
def add_grids(area_id: int) -> ResponseReturnValue:
    area, form = place_or_404(area_id), GridsForm(request.form)
    try:
        if form.validate():
            territory.add_grids(area, form.count.data, by=me(), at=clock.now())
            return redirect(url_for("admin.areas", under=area_id), 303)
        why = None
    except Refused as refused:
        why = show_refusal(form, refused)
    return areas_page(area, grids_form=form, why=why), 422


@admin.post("/admin/areas/<int:area_id>/name")
@allows(P.MANAGE_AREAS)
def rename_place(area_id: int) -> ResponseReturnValue:
    area, form = place_or_404(area_id), NameForm(request.form, prefix="own-")
    if not form.validate():
        return areas_page(area, name_form=form), 422
    territory.rename_place(area, form.name.data.strip(), by=me(), at=clock.now())
    return redirect(url_for("admin.areas", under=area_id), 303)
