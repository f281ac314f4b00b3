"""社区与网格: the tree of places, one level at a time, and what can be added to it."""

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length

from app.domain import territory
from app.domain.accounts import places_of
from app.domain.places import LEVELS, Area
from app.intake.fields import IntakeForm
from app.lib import gb2260
from app.lib.db import session
from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.reports import places_below
from app.web.admin import admin
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import me


class PlaceForm(IntakeForm):
    """A subdistrict, a community or a grid of one's own numbering."""

    name = StringField(N_("名称"), [InputRequired(), Length(max=60)])
    code = StringField(
        N_("代码"), [InputRequired()], render_kw={"inputmode": "numeric", "autocomplete": "off"}
    )


class NameForm(IntakeForm):
    """A place's new name."""

    name = StringField(N_("名称"), [InputRequired(), Length(max=60)])


class GridsForm(IntakeForm):
    """How many more grids."""

    count = IntegerField(N_("再加几个网格"), [InputRequired()])


@admin.get("/admin/areas")
@allows(P.MANAGE_AREAS)
def areas() -> ResponseReturnValue:
    under = request.args.get("under", type=int)
    return areas_page(place_or_404(under) if under else None)


def place_or_404(area_id: int) -> Area:
    """A place that the admin manages."""
    found = session.scalar(places_of(me()).where(Area.id == area_id))
    if found is None:
        abort(404)
    return found


def areas_page(area: Area | None, **forms: Any) -> ResponseReturnValue:
    """What lies below a place (None: the top), with the forms as they were filled in."""
    find = request.args.get("find", "").strip()
    usual = {
        "place_form": PlaceForm(prefix="place-"),
        "name_form": NameForm(prefix="own-", name=area.name if area else ""),
        "grids_form": GridsForm(count=1),
        "why": None,
    }
    return page(
        "admin/areas.html",
        area=area,
        way=places_below.way_to(area, me()),
        children=places_below.children(area, me()),
        below=LEVELS.get(territory.level_below(area) or "") if area else None,
        find=find,
        found=[hit for hit in gb2260.search(find, 12) if not hit[0].endswith("0000")],
        **usual | forms,
    )
