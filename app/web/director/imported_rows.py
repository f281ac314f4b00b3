"""The rows of a list by what became of them, and taking back one of them."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import func, select

from app.domain.lists import with_work
from app.domain.pushed import KINDS, STATES, ListRow
from app.exchange.lists import settling, undoing
from app.exchange.lists.report import counts_of
from app.lib import clock
from app.lib.db import session
from app.lib.masking import mask_name
from app.lib.refusal import Refused
from app.lib.words import Say
from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.asked import asked_page, community
from app.web.director.imported import list_or_404
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me
from app.web.words import translated

PER_PAGE = 30


@director.get("/imports/lists/<int:list_id>/rows")
@allows(P.IMPORT_ROLL)
def imported_rows(list_id: int) -> ResponseReturnValue:
    kept, state = list_or_404(list_id), request.args.get("state", "")
    if state and state not in STATES:
        abort(404)
    rows = select(ListRow).where(ListRow.list_id == kept.id)
    rows = rows.where(ListRow.state == state) if state else rows
    total = session.scalar(select(func.count()).select_from(rows.subquery()))
    shown = {"kept": kept, "state": state, "counts": counts_of(kept.id), "total": total}
    found = {"rows": _lines(rows), "number": asked_page(), "per_page": PER_PAGE}
    return page(
        "director/imported_rows.html", kind=KINDS[kept.kind], states=STATES, **shown, **found
    )


@director.post("/imports/rows/<int:row_id>/undoing")
@allows(P.IMPORT_ROLL)
def row_undoing(row_id: int) -> ResponseReturnValue:
    """Take back one row and what it opened, or say why it stays."""
    row = settling.row_of(community(), row_id) or abort(404)
    try:
        undoing.undo_row(row, by=me(), at=clock.now())
    except Refused as refused:
        tell(translated(refused.why), tone="bad")
    else:
        tell(_("第 %(n)s 行已撤回。", n=row.number))
    state = request.form.get("state") or None
    back = url_for("director.imported_rows", list_id=row.list_id, state=state, page=asked_page())
    return redirect(back, 303)


def _lines(rows: Any) -> list[dict[str, Any]]:
    """The rows of the page, each with why, what is remarked, and why it stays where it does."""
    wanted = with_work(rows).order_by(ListRow.id).limit(PER_PAGE)
    found = session.scalars(wanted.offset((asked_page() - 1) * PER_PAGE))
    return [_line(row) for row in found]


def _line(row: ListRow) -> dict[str, Any]:
    told = row.understood
    name = told.get("shop") or (mask_name(told["name"]) if told.get("name") else "")
    said = [row.reason] if row.reason else []
    said += told.get("remarks", [])
    why, did = undoing.why_stays(row), row.state in undoing.DID_SOMETHING
    said = [Say.from_json(one) for one in said]
    return {"row": row, "name": name, "said": said, "stays": why if did else None, "can": not why}
