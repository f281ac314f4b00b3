"""One blank form: what was recognised, with samples; what is missing; what is to be corrected."""

from typing import Any
from urllib.parse import parse_qsl

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.blank_forms import LONGEST_NAME, BlankForm, drop_form, form_of
from app.exchange.fill import Layout, Told, tell
from app.exchange.fill.formats import FORMATS
from app.exchange.fill.known import told_by
from app.exchange.fill.lacking import lacking
from app.policy.permissions import Permission as P
from app.reports.ledger import Wanted
from app.reports.ledger_asked import wanted_by
from app.reports.ledger_kinds import LEDGERS
from app.web.director import director
from app.web.director.asked import community
from app.web.director.ledger_address import address
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.hypermedia import tell as tell_her
from app.web.person import me, my

# So many people are named of whom something is missing; the rest is a number.
NAMED = 12


@director.get("/blank-forms/<int:form_id>")
@allows(P.SEE_LEDGERS)
def blank_form(form_id: int) -> ResponseReturnValue:
    form = form_or_404(form_id)
    layout, wanted = Layout.from_stored(form.layout), wanted_for(form)
    told = tell(layout, wanted, my().grids)
    rows = {"words": LEDGERS[form.ledger].words, "url": address(wanted)}
    choices = {"fields": told_by(form.ledger), "formats": FORMATS}
    shown = {"form": form, "layout": layout, "told": told, "rows": rows, "choices": choices}
    return page("director/blank_form.html", **shown, shown=_shown(told))


@director.post("/blank-forms/<int:form_id>/columns")
@allows(P.SEE_LEDGERS)
def blank_columns(form_id: int) -> ResponseReturnValue:
    form = form_or_404(form_id)
    layout = Layout.from_stored(form.layout)
    keeps = request.form.get("keeps_example") == "1"
    mended = layout.corrected(_chosen(layout, form.ledger), keeps_example=keeps)
    name = request.form.get("name", "").strip()[:LONGEST_NAME]
    form.change(name, form.query, mended.stored(), by=me())
    tell_her(_("已记住。明天打开这一页，按一下就能填好。"))
    return redirect(url_for("director.blank_form", form_id=form.id), 303)


@director.post("/blank-forms/<int:form_id>/removal")
@allows(P.SEE_LEDGERS)
def blank_removal(form_id: int) -> ResponseReturnValue:
    drop_form(form_or_404(form_id))
    tell_her(_("已删除这张空白表。"))
    return redirect(url_for("director.blank_forms"), 303)


def form_or_404(form_id: int) -> BlankForm:
    """One of her community's forms."""
    return form_of(community(), form_id) or abort(404)


def wanted_for(form: BlankForm) -> Wanted:
    """The rows it is filled with; back to the list where its filter names what is no more."""
    try:
        return wanted_by(my(), form.ledger, dict(parse_qsl(form.query)))
    except LookupError:
        tell_her(
            _("“%(name)s”的筛选条件已失效（网格变了），请重新交一次。", name=form.name), tone="bad"
        )
        abort(redirect(url_for("director.blank_forms"), 303))


def _shown(told: Told) -> dict[str, Any]:
    """Samples of each column, what is missing of whom, and how many can be asked for it."""
    return {
        "samples": told.samples(),
        "missing": told.missing,
        "named": NAMED,
        "lacking": len(lacking(told)),
    }


def _chosen(layout: Layout, ledger: str) -> dict[int, tuple[str, str]]:
    """What was chosen for each column; only what that ledger can tell."""
    known, chosen = told_by(ledger), {}
    for column in layout.columns:
        field = request.form.get(f"field-{column.place}", column.field)
        key = request.form.get(f"format-{column.place}", "")
        chosen[column.place] = (field if field in known else "", key)
    return chosen
