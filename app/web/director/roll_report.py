"""One roll that was handed in: what would come of it, the import, and what came of it.

Only the one who handed it in finds it. The rows given back are those of her own file.
"""

from uuid import UUID

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import audit
from app.exchange.marking import Mark
from app.exchange.roll import handed_in
from app.exchange.roll.handed_in import HandedIn
from app.exchange.roll.mending import rows_to_mend
from app.exchange.roll.report import remarks
from app.lib import clock
from app.lib.db import session
from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.asked import community
from app.web.director.roll_import import workbook
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me

# So many different sentences are listed on the page; all of them are in the workbook.
LISTED = 40


@director.get("/roll-import/<uuid:roll_id>")
@allows(P.IMPORT_ROLL)
def roll_report(roll_id: UUID) -> ResponseReturnValue:
    roll = found(roll_id)
    if roll.report is None:
        return page("director/roll_running.html", roll=roll)
    said = {state: remarks(roll.report, "why", state=state) for state in ("refused", "skipped")}
    said["warnings"] = remarks(roll.report, "warnings")
    return page("director/roll_report.html", roll=roll, listed=LISTED, **said)


@director.post("/roll-import/<uuid:roll_id>/confirmation")
@allows(P.IMPORT_ROLL)
def roll_confirmation(roll_id: UUID) -> ResponseReturnValue:
    handed_in.confirm(found(roll_id).id, community(), by=me(), at=clock.now())
    return redirect(url_for("director.roll_report", roll_id=roll_id), 303)


@director.post("/roll-import/<uuid:roll_id>/removal")
@allows(P.IMPORT_ROLL)
def roll_removal(roll_id: UUID) -> ResponseReturnValue:
    handed_in.throw_away(found(roll_id).id, by=me())
    tell(_("文件已删除，什么也没有导入。"))
    return redirect(url_for("director.roll_import"), 303)


@director.post("/roll-import/<uuid:roll_id>/rows.xlsx")
@allows(P.IMPORT_ROLL)
def roll_rows(roll_id: UUID) -> Response:
    """The refused rows with their reasons; with ``all`` also those taken with a remark."""
    report = found(roll_id).report or abort(404)
    now, target = clock.now(), f"roll:{roll_id}"
    entry = audit.note("exported", by=me(), at=now, target=target)
    session.flush()
    mark, warned = Mark.of(me(), entry.id, at=now), "all" in request.form
    return workbook(rows_to_mend(report, warned=warned, mark=mark), "rows-to-mend.xlsx")


def found(roll_id: UUID) -> HandedIn:
    """What she handed in; 404 for anything else."""
    return handed_in.look_at(roll_id, by=me()) or abort(404)
