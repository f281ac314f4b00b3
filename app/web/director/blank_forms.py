"""导出: other people's blank forms. Handed in once, matched, then filled with one press."""

from pathlib import PurePath
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict
from wtforms import FileField, HiddenField, SelectField
from wtforms.validators import InputRequired

from app.domain.blank_forms import LONGEST_NAME, BlankForm, forms_of, keep_form
from app.exchange.fill import Layout, look_over
from app.intake.fields import IntakeForm
from app.lib import clock
from app.lib.refusal import Refused
from app.lib.words import N_, Say
from app.policy.permissions import Permission as P
from app.reports.ledger_asked import filters_of
from app.reports.ledger_kinds import LEDGERS
from app.web.director import director
from app.web.director.asked import community
from app.web.director.ledger_address import wanted_of
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import me
from app.web.refused_fields import show_refusal


class HandInForm(IntakeForm):
    file = FileField(
        N_("空白表"),
        validators=[InputRequired(N_("请先选一个文件。"))],
        description=N_("别人发来的 .xlsx，不超过 1 MB"),
        render_kw={"accept": ".xlsx"},
    )
    kind = SelectField(
        N_("用哪个台账的人来填"),
        choices=[(ledger.key, ledger.words) for ledger in LEDGERS.values()],
    )
    query = HiddenField()


@director.get("/blank-forms")
@allows(P.SEE_LEDGERS)
def blank_forms() -> ResponseReturnValue:
    asked = {name: request.args.get(name, "") for name in ("kind", "query")}
    return _show(HandInForm(data=asked))


@director.post("/blank-forms")
@allows(P.SEE_LEDGERS)
def hand_in_form() -> ResponseReturnValue:
    form = HandInForm(CombinedMultiDict([request.form, request.files]))
    if not form.validate():
        return _show(form), 422
    try:
        kept = _keep(form)
    except Refused as refused:
        return _show(form, show_refusal(form, refused)), 422
    return redirect(url_for("director.blank_form", form_id=kept.id), 303)


def _keep(form: HandInForm) -> BlankForm:
    file, kind = form.file.data, form.kind.data
    query = urlencode(filters_of(wanted_of(kind, dict(parse_qsl(form.query.data or "")))))
    content = file.read()
    layout = _as_last_time(look_over(file.filename, content, kind), kind)
    return keep_form(
        PurePath(file.filename).stem[:LONGEST_NAME] or kind,
        content,
        community(),
        ledger=kind,
        query=query[:400],
        layout=layout.stored(),
        by=me(),
        at=clock.now(),
    )


def _as_last_time(layout: Layout, kind: str) -> Layout:
    """What she chose for a form with the same columns holds for this one."""
    before = (
        Layout.from_stored(form.layout) for form in forms_of(community()) if form.ledger == kind
    )
    same = (
        old
        for old in before
        if [one.names for one in old.columns] == [one.names for one in layout.columns]
    )
    return next((layout.as_before(old) for old in same), layout)


def _show(form: HandInForm, why: Say | None = None) -> Any:
    kept = forms_of(community())
    return page("director/blank_forms.html", form=form, why=why, kept=kept, ledgers=LEDGERS)
