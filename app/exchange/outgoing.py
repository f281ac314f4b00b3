"""The roads by which lists leave the house, and what would leave on each.

One function a road: the rows as they are now, of how many people they tell, and how
they are written. Page, command and whoever fetches an approved export go through here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.domain import column_matches
from app.domain.blank_forms import BlankForm, form_of
from app.domain.places import Area
from app.domain.pushed import ListRow
from app.domain.records import Record
from app.domain.scope import Scope
from app.domain.uploads import UploadBatch, batch_of, standing_records
from app.exchange.decoding_list import decoding_list
from app.exchange.fill import Layout, Told, fill, tell
from app.exchange.fill.facts import Facts, facts_of, person_of
from app.exchange.lists.result_file import result_file
from app.exchange.marking import Mark
from app.exchange.upload_sheet import upload_sheet
from app.exchange.usual import usual_ledger
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import N_, say
from app.reports import decoding
from app.reports.ledger import LedgerPage, Wanted, whole_ledger
from app.reports.ledger_asked import wanted_by

ROADS = {
    "ledger": N_("台账"),
    "form": N_("别人发来的表"),
    "decode": N_("解码申报名单"),
    "upload": N_("上传市平台"),
    "list": N_("名单每一行的结果"),
    "command": N_("命令行填表"),
}
NOT_THERE = N_("要导出的内容已经不在了（筛选条件、表或名单有变动），请重新申请。")
What = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is about to leave: under which name, from where, and what follows when it is taken."""

    name: str
    target: str  # as the audit names it
    rows: int
    people: int
    write: Callable[[Mark], bytes]
    taken: Callable[[datetime], None] = lambda _at: None


def outgoing(road: str, what: What, scope: Scope, *, full: bool) -> Outgoing:
    """What would leave now on a road; Refused where it is not there any more."""
    try:
        return _WAYS[road](what, scope, full)
    except LookupError as missing:
        raise Refused(say(NOT_THERE)) from missing


def _ledger(what: What, scope: Scope, full: bool) -> Outgoing:
    asked = dict(parse_qsl(what["query"]))
    found = whole_ledger(wanted_by(scope, what["kind"], asked, what.get("name", "")))
    return Outgoing(
        what["kind"],
        f"ledger:{what['kind']}",
        len(found.rows),
        _people(found.rows),
        lambda mark: usual_ledger(found, scope.grids, mark, full=full),
    )


def _form(what: What, scope: Scope, full: bool) -> Outgoing:
    form = _blank(scope, what["form"])
    wanted = wanted_by(scope, form.ledger, dict(parse_qsl(form.query)))
    told = tell(Layout.from_stored(form.layout), wanted, scope.grids, full=full)
    mode, before = "full" if full else "masked", what.get("known", ())
    told = told.without(before) if before else told
    told.refuse_too_many()
    if before and not told.facts:  # nothing is new or changed
        raise Refused(say("现在一条也没有，不用导出。"))
    return Outgoing(
        f"form-{form.id}",
        f"blank_form:{form.id}",
        len(told.facts),
        told.people,
        lambda mark: fill("form.xlsx", form.content, told.leaving(mark, full=full), mark),
        lambda at: form.note_filled(mode, [*before, *told.prints], at=at),
    )


def _decode(what: What, scope: Scope, full: bool) -> Outgoing:
    community = _community(scope)
    applicants = decoding.batch(community, what["name"])
    if not applicants:
        raise LookupError(what["name"])
    return Outgoing(
        f"decode-{what['name']}",
        f"decode:{what['name']}",
        len(applicants),
        len({one.case.resident_id for one in applicants}),
        lambda mark: decoding_list(applicants, community.name, mark, full=full),
    )


def _upload(what: What, scope: Scope, full: bool) -> Outgoing:
    batch = batch_of(_community(scope), what["batch"])
    if batch is None:
        raise LookupError(what["batch"])
    with_people = standing_records(batch).options(
        joinedload(Record.resident), joinedload(Record.by)
    )
    rows = list(session.scalars(with_people))
    return Outgoing(
        f"upload-{batch.id}",
        f"upload:{batch.id}",
        len(rows),
        _people(rows),
        lambda mark: _batch_file(batch, rows, scope, mark, full=full),
    )


def _list(what: What, scope: Scope, full: bool) -> Outgoing:
    """A list that others sent, with what became of each row."""
    kept = scope.find(scope.pushed_lists, what["list"])
    if kept is None:
        raise LookupError(what["list"])
    chosen = column_matches.remembered(_community(scope), kept.kind, kept.sender)
    rows = select(func.count(ListRow.id)).where(ListRow.list_id == kept.id)
    n = session.scalar(rows) or 0  # each row is somebody
    return Outgoing(
        f"list-{kept.id}",
        f"list:{kept.id}",
        n,
        n,
        lambda mark: result_file(kept, chosen, mark, full=full),
    )


def _batch_file(
    batch: UploadBatch, rows: list[Record], scope: Scope, mark: Mark, *, full: bool
) -> bytes:
    """On the platform's own form where there is one, else in our usual columns."""
    wanted = wanted_by(scope, "record", {})
    facts = _numbered(batch, rows, wanted, scope.grids, full=full)
    form = form_of(_community(scope), batch.form_id) if batch.form_id else None
    if form is None:
        return upload_sheet(batch.id, facts, wanted.community, mark)
    told = Told(Layout.from_stored(form.layout), rows, facts, len(rows), wanted.community)
    return fill("form.xlsx", form.content, told, mark)


def _numbered(
    batch: UploadBatch, rows: list[Record], wanted: Wanted, grids: Iterable[Area], *, full: bool
) -> list[Facts]:
    """Each row under the number by which the receipt will name it."""
    number = {item.record_id: item.number for item in batch.items}
    found = facts_of(LedgerPage(wanted, rows, len(rows), {}, {}), grids, full=full)
    return [facts | {"seq": number[row.id]} for row, facts in zip(rows, found, strict=True)]


def _people(rows: Iterable[Any]) -> int:
    return len({person.id for person in map(person_of, rows) if person})


def _blank(scope: Scope, form_id: int) -> BlankForm:
    form = form_of(_community(scope), form_id)
    if form is None:
        raise LookupError(form_id)
    return form


def _community(scope: Scope) -> Area:
    if scope.community is None:
        raise LookupError("community")
    return scope.community


_WAYS: dict[str, Callable[[What, Scope, bool], Outgoing]] = {
    "ledger": _ledger,
    "form": _form,
    "decode": _decode,
    "upload": _upload,
    "list": _list,
}
