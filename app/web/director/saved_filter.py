"""A ledger filter kept under a name, and taken away again."""

from urllib.parse import parse_qsl, urlencode

from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.filters import drop_filter, save_filter
from app.policy.permissions import Permission as P
from app.reports.ledger_asked import filters_of
from app.web.director import director
from app.web.director.ledger_address import address, wanted_of
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.person import me


@director.post("/ledgers/<kind>/filters")
@allows(P.SEE_LEDGERS)
def saved_filter(kind: str) -> ResponseReturnValue:
    """Keep the filters of the list she looks at; only known ones, rebuilt from what they mean."""
    wanted = wanted_of(kind, dict(parse_qsl(request.form.get("query", ""))))
    name = request.form.get("name", "").strip()[:40]
    if not name:
        tell(_("给这组筛选起个名字，再保存。"), tone="bad")
    else:
        save_filter(kind, name, urlencode(filters_of(wanted))[:400], by=me())
        tell(_("已保存筛选“%(name)s”。", name=name))
    return redirect(address(wanted), 303)


@director.post("/ledgers/<kind>/filters/<int:filter_id>/removal")
@allows(P.SEE_LEDGERS)
def saved_filter_removal(kind: str, filter_id: int) -> ResponseReturnValue:
    drop_filter(filter_id, by=me())
    tell(_("已删除这组筛选。"))
    return redirect(address(wanted_of(kind, {})), 303)
