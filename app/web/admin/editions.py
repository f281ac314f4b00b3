"""规则版本: the editions with their sources, and where another than the calendar's holds."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.domain import regime
from app.domain.accounts import places_of
from app.domain.places import Area
from app.intake.fields import IntakeForm
from app.lib import clock
from app.lib.db import session
from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.policy.rulebook import RULES
from app.web.admin import admin
from app.web.admin.user_form import place_choices
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me


class AdoptionForm(IntakeForm):
    """Which place follows which edition, and why."""

    area_id = SelectField(N_("哪个地方"), coerce=int)
    edition = RadioField(N_("改用哪个版本"), [InputRequired()])
    why = StringField(
        N_("原因"),
        [InputRequired(), Length(max=150)],
        description=N_("例如：省里通知 9 月 1 日起执行；或：演练。"),
    )


@admin.get("/admin/editions")
@allows(P.ADOPT_RULES)
def editions() -> ResponseReturnValue:
    return _page(_form())


@admin.post("/admin/editions")
@allows(P.ADOPT_RULES)
def adopt_edition() -> ResponseReturnValue:
    form = _form()
    if not form.validate():
        return _page(form), 422
    area = session.get(Area, form.area_id.data)
    given = {"edition": form.edition.data, "why": form.why.data}
    regime.adopt(area, **given, by=me(), at=clock.now())
    tell(_("已改用。新建的档案按新版本，已建的档案不变。"))
    return redirect(url_for("admin.editions"), 303)


@admin.post("/admin/adoptions/<int:adoption_id>/end")
@allows(P.ADOPT_RULES)
def end_adoption(adoption_id: int) -> ResponseReturnValue:
    adoption = next((one for one in _adoptions() if one.id == adoption_id), None)
    if adoption is None:
        abort(404)
    regime.end_adoption(adoption, by=me(), at=clock.now())
    tell(_("已恢复按日历上的版本。"))
    return redirect(url_for("admin.editions"), 303)


def _form() -> AdoptionForm:
    form = AdoptionForm(request.form if request.method == "POST" else None)
    form.area_id.choices = place_choices()
    form.edition.choices = [(edition.key, edition.words) for edition in RULES.editions.values()]
    return form


def _adoptions() -> list[regime.Adoption]:
    mine = set(session.scalars(places_of(me()).with_only_columns(Area.id)))
    return [one for one in regime.adoptions_on(clock.today()) if one.area_id in mine]


def _page(form: AdoptionForm) -> ResponseReturnValue:
    return page(
        "admin/editions.html",
        form=form,
        editions=RULES.editions,
        current=RULES.edition_on(clock.today()),
        adoptions=_adoptions(),
    )
