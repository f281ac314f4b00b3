"""The list of a batch as a workbook: masked, or in full with a reason on the record."""

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain import audit
from app.exchange.decoding_list import decoding_list
from app.lib import clock
from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.decode_batch import batch_or_404
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.person import me, my

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@director.get("/decode/<name>/list.xlsx")
@allows(P.MANAGE_CASES)
def decode_list(name: str) -> ResponseReturnValue:
    return _download(name, full=False)


@director.post("/decode/<name>/list.xlsx")
@allows(P.MANAGE_CASES)
def decode_full_list(name: str) -> ResponseReturnValue:
    """Names, ID numbers and phones in full: only with a reason, which is kept with who asked."""
    reason = request.form.get("reason", "").strip()
    if not reason:
        tell(_("要下载完整名单，请先写明用途。"), tone="bad")
        return redirect(url_for("director.decode_batch", name=name), 303)
    audit.note("exported", by=me(), at=clock.now(), target=f"decode:{name}", reason=reason)
    return _download(name, full=True)


def _download(name: str, *, full: bool) -> Response:
    listed = decoding_list(batch_or_404(name), my().community.name, full=full)
    response = make_response(listed)
    response.headers["Content-Type"] = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="decode-{name}.xlsx"'
    return response
