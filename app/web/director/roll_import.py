"""导入名册: the community's own roll as a file; first it is shown what that would do."""

from typing import Any

from flask import Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField
from wtforms.validators import InputRequired

from app.exchange.roll.handed_in import hand_in
from app.exchange.roll.mending import blank_roll
from app.intake.fields import IntakeForm
from app.lib import clock
from app.lib.refusal import Refused
from app.lib.words import N_, Say
from app.policy.permissions import Permission as P
from app.reports.roll_imports import last_imports
from app.web.director import director
from app.web.director.asked import community
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.person import me
from app.web.refused_fields import show_refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RollForm(IntakeForm):
    file = FileField(
        N_("名册文件"),
        validators=[InputRequired(N_("请先选一个文件。"))],
        description=N_(".xlsx 或 .csv，不超过 8 MB"),
        render_kw={"accept": ".xlsx,.csv"},
    )


@director.get("/roll-import")
@allows(P.IMPORT_ROLL)
def roll_import() -> ResponseReturnValue:
    return unchanged() or show(RollForm())


@director.post("/roll-import")
@allows(P.IMPORT_ROLL)
def hand_in_roll() -> ResponseReturnValue:
    form = RollForm(request.files)
    if not form.validate():
        return show(form), 422
    file = form.file.data
    try:
        roll_id = hand_in(file.filename, file.read(), community(), by=me(), at=clock.now())
    except Refused as refused:
        return show(form, show_refusal(form, refused)), 422
    return redirect(url_for("director.roll_report", roll_id=roll_id), 303)


@director.get("/roll-import/blank.xlsx")
@allows(P.IMPORT_ROLL)
def roll_blank() -> Response:
    return workbook(blank_roll(), "blank-roll.xlsx")


def show(form: RollForm, why: Say | None = None) -> Any:
    imports = last_imports(community())
    return page("director/roll_import.html", form=form, why=why, imports=imports)


def workbook(content: bytes, name: str) -> Response:
    """A workbook as a download."""
    response = make_response(content)
    response.headers["Content-Type"] = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
