"""信息核查: the lists of the day, how far each grid is, and calls shared out in one tap."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import sharing_out
from app.domain.events import Event
from app.domain.places import Area
from app.domain.pushed import KINDS, PushedList
from app.lib import clock
from app.lib.db import session
from app.policy.permissions import Permission as P
from app.reports.check_lists import (
    NOWHERE,
    SHOWN,
    grid_lines,
    list_line,
    lists_of_today,
    rows_behind,
    sums_of,
)
from app.reports.check_rows import PER_PAGE, lines, proposals
from app.web.director import director
from app.web.director.asked import asked_page, community
from app.web.guard import allows
from app.web.hypermedia import page, tell, unchanged
from app.web.person import me, my
from app.web.records.retelling import outcome_words
from app.web.return_path import after_this
from app.web.task_words import asked_of, list_words

WORDS = {"KINDS": KINDS, "SHOWN": SHOWN, "list_words": list_words}


@director.get("/checks")
@allows(P.SEE_BOARD)
def checks() -> ResponseReturnValue:
    if same := unchanged():
        return same
    now, place = clock.now(), community()
    sums, by_grid = sums_of(place, now)
    shown = {"sums": sums, "grids": grid_lines(place, by_grid), "proposed": proposals(place)}
    shown |= {"lists": lists_of_today(place, now), "now": now}
    return page("director/checks.html", block="panel", rows_url=rows_url, **shown, **WORDS)


@director.get("/checks/lists/<int:list_id>")
@allows(P.SEE_BOARD)
def check_list(list_id: int) -> ResponseReturnValue:
    if same := unchanged(list_id):
        return same
    line = list_line(my().find(my().pushed_lists, list_id) or abort(404))
    grids = grid_lines(community(), line.by_grid)
    shown = {"line": line, "grids": grids, "rows_url": rows_url, "now": clock.now()}
    return page("director/check_list.html", **shown, **WORDS)


@director.get("/checks/rows")
@allows(P.SEE_BOARD)
def check_rows() -> ResponseReturnValue:
    """The people behind a number."""
    state = request.args.get("state", "all")
    if state not in SHOWN:
        abort(404)
    where = asked_where()
    found, total = lines(rows_behind(community(), state, **where), asked_page())
    shown = {"lines": found, "total": total, "state": state, "number": asked_page(), **where}
    words = {"outcome": lambda key: outcome_words("check_result", key), "asked_of": asked_of}
    more = {"per_page": PER_PAGE, "rows_url": rows_url, "now": clock.now()}
    return page("director/check_rows.html", **shown, **words, **more, **WORDS)


@director.post("/checks/sharing-out")
@allows(P.DIRECT_WORK)
def share_out_checks() -> ResponseReturnValue:
    """One tap: the calls that are open go to whoever has least in hand."""
    shared = sharing_out.share_out(community(), by=me(), at=clock.now())
    if not shared.moved:
        tell(_("各人手头差不多，不用再分。"))
        return redirect(url_for("director.checks"), 303)
    names = "、".join(user.name for user in shared.to)
    undo = url_for("director.undo_sharing", event_id=shared.event.id)
    tell(_("%(n)s 人改由%(who)s核。", n=shared.moved, who=names), undo=undo)
    return redirect(url_for("director.checks"), 303)


@director.post("/checks/sharing-out/<int:event_id>/undo")
@allows(P.DIRECT_WORK)
def undo_sharing(event_id: int) -> ResponseReturnValue:
    event = session.get(Event, event_id)
    known = event is not None and event.kind == "check_shared_out"
    if not known or event.community_id != community().id:
        abort(404)
    n = sharing_out.take_back(event, by=me(), at=clock.now())
    tell(_("已撤销，%(n)s 人回到原来的人手里。", n=n))
    return redirect(url_for("director.checks"), 303)


@director.post("/checks/<int:check_id>/again")
@allows(P.DIRECT_WORK)
def check_again(check_id: int) -> ResponseReturnValue:
    """Somebody nobody reached, or who did not want to answer, is asked once more."""
    check = my().find(my().checks, check_id) or abort(404)
    check.ask_again(by=me(), at=clock.now())
    tell(_("已重新排进网格员的核查。"))
    return redirect(after_this(), 303)


def asked_where() -> dict[str, Any]:
    """The list and the grid that a number was of."""
    given, code = request.args.get("list", ""), request.args.get("grid", "")
    list_ = my().find(my().pushed_lists, int(given)) if given.isdecimal() else None
    grid = next((one for one in my().grids if one.code == code), None)
    if (given and list_ is None) or (code not in ("", NOWHERE) and grid is None):
        abort(404)
    return {"list_": list_, "grid": grid, "unplaced": code == NOWHERE}


def rows_url(state: str, list_: PushedList | None = None, grid: Area | str | None = None) -> str:
    """Where the people behind a number are."""
    code = grid.code if isinstance(grid, Area) else grid
    return url_for("director.check_rows", state=state, list=list_ and list_.id, grid=code)
