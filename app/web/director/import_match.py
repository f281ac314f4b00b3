"""How the columns of a file are matched, with samples, before anything is done."""

from typing import Any
from uuid import UUID

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.pushed import KINDS
from app.exchange.columns import ALL, OF_KIND
from app.exchange.columns.matching import key_of, samples
from app.exchange.lists import handed_in
from app.exchange.lists.masked import masked
from app.exchange.lists.receiving import Came, Reading, Table
from app.lib import clock
from app.lib.refusal import Refused
from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.asked import community
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me
from app.web.words import translated

SURE = 0.9


@director.get("/imports/<uuid:file_id>")
@allows(P.IMPORT_ROLL)
def import_match(file_id: UUID) -> ResponseReturnValue:
    came = found(file_id)
    reading = handed_in.read_again(came, {})
    shown = {"columns": _columns(reading), "tables": reading.tables, "reading": reading}
    before = handed_in.received_before(came, community())
    fields = {field: ALL[field][0] for field in OF_KIND[came.kind]}
    words = {"kinds": KINDS, "fields": fields, "sure": SURE}
    return page(
        "director/import_match.html", came=came, file_id=file_id, before=before, **shown, **words
    )


@director.post("/imports/<uuid:file_id>/confirmation")
@allows(P.IMPORT_ROLL)
def import_confirmation(file_id: UUID) -> ResponseReturnValue:
    """Receive the list; what was changed is remembered for this sender."""
    came = found(file_id)
    if request.form.get("kind", came.kind) != came.kind:
        return import_kind(file_id)
    chosen = _chosen(handed_in.read_again(came, {}))
    kept = handed_in.confirm(file_id, chosen, community(), by=me(), at=clock.now())
    if kept is None:
        return redirect(url_for("director.imports"), 303)
    return redirect(url_for("director.imported", list_id=kept.id), 303)


@director.post("/imports/<uuid:file_id>/kind")
@allows(P.IMPORT_ROLL)
def import_kind(file_id: UUID) -> ResponseReturnValue:
    """It is another kind of list: it is matched anew, with what she said of its columns."""
    came = found(file_id)
    chosen = came.chosen | _chosen(handed_in.read_again(came, {}))
    try:
        handed_in.call_it(file_id, request.form.get("kind", ""), chosen, community(), by=me())
    except Refused as refused:
        tell(translated(refused.why), tone="bad")
    return redirect(url_for("director.import_match", file_id=file_id), 303)


@director.post("/imports/<uuid:file_id>/removal")
@allows(P.IMPORT_ROLL)
def import_removal(file_id: UUID) -> ResponseReturnValue:
    found(file_id)
    handed_in.throw_away(file_id, by=me())
    tell(_("文件已删除，什么也没有导入。"))
    return redirect(url_for("director.imports"), 303)


def found(file_id: UUID) -> Came:
    """What she handed in; 404 for anything else."""
    return handed_in.look_at(file_id, community(), by=me()) or abort(404)


def _columns(reading: Reading) -> list[dict[str, Any]]:
    """Every column that holds anything, once for sheets that have the same header.

    `place` is its place among them: sheets with other headers count their columns anew.
    """
    told: dict[str, dict[str, Any]] = {}
    for table in reading.tables:
        for column, name in enumerate(table.header.names):
            one = _column(table, column, name)
            if one["samples"] or name:
                told.setdefault(one["key"], one | {"place": len(told) + 1})
    return list(told.values())


def _column(table: Table, column: int, name: str) -> dict[str, Any]:
    field = table.header.field_at(column) or ""
    told = samples(table.sheet, table.header, column)
    return {
        "key": key_of(column, name),
        "name": name,
        "number": column + 1,
        "field": field,
        "sure": table.header.sure.get(column, 0),
        "samples": [masked(one, field)[:40] for one in told],
    }


def _chosen(reading: Reading) -> dict[str, str]:
    """What she changed: the columns that she wants read otherwise."""
    chosen = {}
    for column in _columns(reading):
        asked = request.form.get(f"field-{column['place']}", column["field"])
        if asked != column["field"]:
            chosen[column["key"]] = asked
    return chosen
