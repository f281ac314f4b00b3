"""Asking for whole names and numbers from wherever a list can be taken along."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.exchange import exporting
from app.lib import clock
from app.lib.refusal import Refused
from app.web.hypermedia import tell
from app.web.person import my
from app.web.words import translated


def ask_in_full(road: str, what: dict[str, Any], back: str) -> ResponseReturnValue:
    """On to the page where she fetches it, or waits; back with a sentence where it is refused."""
    reason = request.form.get("reason", "")
    try:
        export = exporting.ask(road, what, my(), reason=reason, at=clock.now())
    except Refused as refused:
        tell(translated(refused.why), tone="bad")
        return redirect(back, 303)
    if export.state == "asked":
        tell(_("已申请。%(n)s 人的完整信息要第二个人批准。", n=export.people))
    return redirect(url_for("exports.export", export_id=export.id), 303)


def taken_masked(road: str, what: dict[str, Any]) -> tuple[str, bytes]:
    """A masked file, named with the moment it was taken."""
    now = clock.now()
    name, content = exporting.take_masked(road, what, my(), at=now)
    return f"{name}-{clock.local(now):%Y%m%d-%H%M}.xlsx", content
