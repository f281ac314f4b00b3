"""One list: how far it is worked through, what became of its rows, its result file, its undoing."""

from typing import Any

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import func, select

from app.domain.pushed import KINDS, STATES, ListRow, PushedList
from app.exchange.lists.going_on import go_on
from app.exchange.lists.report import counts_of
from app.exchange.lists.undoing import undo
from app.lib import clock
from app.lib.db import session
from app.lib.masking import mask_name
from app.lib.words import Say
from app.notify.lists import has_seen_it_is_in
from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.asked import community
from app.web.director.asking import ask_in_full, taken_masked
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me
from app.web.workbook import attached

# While it is worked through, the page asks again and again and each time works so long.
SLICE = 1.5  # seconds
LISTED = 60


@director.get("/imports/lists/<int:list_id>")
@allows(P.IMPORT_ROLL)
def imported(list_id: int) -> ResponseReturnValue:
    return _show(list_or_404(list_id))


@director.post("/imports/lists/<int:list_id>/progress")
@allows(P.IMPORT_ROLL)
def import_progress(list_id: int) -> ResponseReturnValue:
    """Work on for a moment; whoever opens the list goes on where it was left."""
    list_or_404(list_id)
    left = go_on(list_id, by=me(), at=clock.now(), seconds=SLICE)
    if not left:
        has_seen_it_is_in(list_or_404(list_id), me(), at=clock.now())
    return _show(list_or_404(list_id))


@director.post("/imports/lists/<int:list_id>/result")
@allows(P.IMPORT_ROLL)
def import_result(list_id: int) -> ResponseReturnValue:
    """Every row with its state and reason, under its number in the list; masked."""
    list_or_404(list_id)
    name, content = taken_masked("list", {"list": list_id})
    return attached(content, name)


@director.post("/imports/lists/<int:list_id>/full")
@allows(P.MANAGE_CASES)
def import_full_result(list_id: int) -> ResponseReturnValue:
    """The same with whole names and numbers, as it is allowed."""
    list_or_404(list_id)
    back = url_for("director.imported", list_id=list_id)
    return ask_in_full("list", {"list": list_id}, back)


@director.post("/imports/lists/<int:list_id>/undoing")
@allows(P.IMPORT_ROLL)
def import_undoing(list_id: int) -> ResponseReturnValue:
    undone = undo(list_or_404(list_id), by=me(), at=clock.now())
    words = _("已撤回 %(n)s 行。", n=undone.taken_back)
    if undone.stays:
        words += _("%(n)s 行已有人办过，留着。", n=len(undone.stays))
    tell(words)
    return redirect(url_for("director.imported", list_id=list_id), 303)


def list_or_404(list_id: int) -> PushedList:
    """A list of her community."""
    lists = select(PushedList).where(PushedList.community_id == community().id)
    return session.scalar(lists.where(PushedList.id == list_id)) or abort(404)


def _show(kept: PushedList) -> ResponseReturnValue:
    counts = counts_of(kept.id)
    total, left = sum(counts.values()), counts.pop("")
    shown = {"kept": kept, "counts": counts, "total": total, "left": left, "states": STATES}
    remarks = _remarks(kept)
    words = {"kind": KINDS[kept.kind], "remarks": remarks, "listed": LISTED}
    shown["elders"] = _elders(kept) if kept.kind == "resident" else 0
    return page("director/imported.html", block="panel", **shown, **words)


def _elders(kept: PushedList) -> int:
    """How many of a roll are looked after since."""
    rows = select(func.count(ListRow.id)).where(ListRow.list_id == kept.id)
    return session.scalar(rows.where(ListRow.case_id.is_not(None), ListRow.state != "undone")) or 0


def _remarks(kept: PushedList) -> list[dict[str, Any]]:
    """What went wrong, row by row: number, masked name, why."""
    rows = select(ListRow).where(ListRow.list_id == kept.id, ListRow.state == "refused")
    found = session.scalars(rows.order_by(ListRow.id).limit(LISTED))
    return [_remark(row) for row in found]


def _remark(row: ListRow) -> dict[str, Any]:
    name = row.understood.get("name", "")
    why = Say.from_json(row.reason) if row.reason else None
    where = {"sheet": row.sheet, "number": row.number}
    return where | {"name": mask_name(name) if name else "", "why": why}
