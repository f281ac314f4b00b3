"""The rows of a list that wait for a person: who, why, whose grid, or not ours."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.domain.places import Household
from app.domain.pushed import KINDS, ListRow
from app.exchange.lists import settling
from app.exchange.lists.compared import compared
from app.intake.reasons import reasons_at
from app.lib import clock, masking
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import Say
from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.asked import community
from app.web.director.imported import list_or_404
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me
from app.web.words import translated

AT_ONCE = 30
WITH_REASONS = ("returnee", "yellow", "elder")


@director.get("/imports/lists/<int:list_id>/waiting")
@allows(P.IMPORT_ROLL)
def import_waiting(list_id: int) -> ResponseReturnValue:
    kept = list_or_404(list_id)
    rows = select(ListRow).where(ListRow.list_id == kept.id, ListRow.state.in_(settling.WAITING))
    found = list(session.scalars(rows.order_by(ListRow.state, ListRow.id)))
    reasons = _reasons(kept.kind)
    shown = {"kept": kept, "left": len(found), "rows": [_row(row) for row in found[:AT_ONCE]]}
    ways = {"grids": community().under("grid"), "outside": settling.OUTSIDE, "reasons": reasons}
    return page("director/import_waiting.html", kind=KINDS[kept.kind], **shown, **ways)


@director.post("/imports/rows/<int:row_id>/decision")
@allows(P.IMPORT_ROLL)
def import_decision(row_id: int) -> ResponseReturnValue:
    row = settling.row_of(community(), row_id) or abort(404)
    try:
        _decide(row)
    except Refused as refused:
        tell(translated(refused.why), tone="bad")
    else:
        tell(_("第 %(n)s 行已处理。", n=row.number))
    return redirect(url_for("director.import_waiting", list_id=row.list_id), 303)


def _decide(row: ListRow) -> None:
    """One tap: somebody, a new person, a reason, a grid, not ours, or nothing to do."""
    who = {"by": me(), "at": clock.now()}
    value = request.form.get("value", "")
    match request.form.get("what"):
        case "person":
            one = (one for one in settling.candidates_of(row) if str(one.id) == value)
            settling.it_is(row, next(one, None) or abort(404), **who)
        case "new":
            settling.it_is(row, None, **who)
        case "reason":
            settling.because(row, value, **who)
        case "grid":
            grids = (grid for grid in community().under("grid") if grid.code == value)
            settling.lives_in(row, next(grids, None) or abort(404), **who)
        case "outside":
            settling.not_ours(row, value)
        case _:
            settling.leave(row)


def _reasons(kind: str) -> list[Any]:
    if kind not in WITH_REASONS:
        return []
    return list(reasons_at(kind, community(), clock.today()))


def _row(row: ListRow) -> dict[str, Any]:
    """Both sides: what the list says, and whom of the roll it may mean."""
    told = row.understood
    why = Say.from_json(row.reason) if row.reason else None
    return {
        "row": row,
        "told": _side(told.get("name"), told.get("phone"), told.get("id_number"), _where(row)),
        "said": told.get("came_from") or told.get("what") or told.get("measure") or "",
        "why": why,
        "candidates": [
            {
                "id": one.id,
                "side": _side(one.name, one.phone, one.id_number, one.household),
                "compared": compared(told, one),
            }
            for one in settling.candidates_of(row)
        ],
    }


def _where(row: ListRow) -> str:
    return row.understood.get("address") or row.understood.get("community") or ""


def _side(
    name: str | None, phone: str | None, number: str | None, home: Household | str | None
) -> dict[str, str]:
    """One side of a pair, masked: what agrees is said beside it."""
    return {
        "name": masking.mask_name(name) if name else "",
        "phone": masking.mask_phone(phone) if phone else "",
        "id_number": masking.mask_id_number(number) if number else "",
        "address": home if isinstance(home, str) else home.address if home else "",
    }
