"""导入: any list as a file. Drop it, look the match over, and its clear rows become work."""

from typing import Any
from uuid import UUID

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import defer
from werkzeug.datastructures import CombinedMultiDict
from wtforms import FileField, SelectField
from wtforms.validators import InputRequired

from app.domain.pushed import KINDS, PushedList
from app.exchange.batches import only_reading
from app.exchange.lists import handed_in
from app.exchange.lists.blank_roll import blank_roll as blank_roll_file
from app.exchange.lists.guessing import guessed_kind
from app.exchange.lists.receiving import Came
from app.intake.fields import IntakeForm, LineField, MomentField
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import N_, Say
from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.asked import community
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import me
from app.web.refused_fields import show_refusal
from app.web.workbook import attached

LISTED = 20
GUESS = "auto"


class ImportForm(IntakeForm):
    file = FileField(
        N_("文件"),
        validators=[InputRequired(N_("请先选一个文件。"))],
        description=N_(".xlsx、.xls、.et 或 .csv，不超过 8 MB"),
        render_kw={"accept": ".xlsx,.xlsm,.xls,.et,.csv,.txt"},
    )
    kind = SelectField(N_("是什么名单"), choices=[(GUESS, N_("看表头自己认")), *KINDS.items()])
    sender = LineField(N_("谁发来的"), description=N_("例如 街道防控办；改过的列会按发送人记住"))
    question = LineField(N_("要核什么"), description=N_("信息核查才填，例如 近期是否离并"))
    deadline = MomentField(N_("上级要求的期限"), description=N_("没有就不填"))


@director.get("/imports")
@allows(P.IMPORT_ROLL)
def imports() -> ResponseReturnValue:
    return _show(ImportForm())


@director.post("/imports")
@allows(P.IMPORT_ROLL)
def hand_in_list() -> ResponseReturnValue:
    form = ImportForm(CombinedMultiDict([request.form, request.files]))
    if not form.validate():
        return _show(form), 422
    try:
        return redirect(_handed_in(form), 303)
    except Refused as refused:
        return _show(form, show_refusal(form, refused)), 422


@director.get("/imports/blank-roll.xlsx")
@allows(P.IMPORT_ROLL)
def blank_roll() -> Response:
    """For a community that keeps no roll yet."""
    return attached(blank_roll_file(), "blank-roll.xlsx")


def _handed_in(form: ImportForm) -> str:
    """Where to look the file over."""
    name, content = form.file.data.filename, form.file.data.read()
    with only_reading():
        kind = guessed_kind(name, content) if form.kind.data == GUESS else form.kind.data
    return url_for("director.import_match", file_id=_keep(form, name, content, kind))


def _keep(form: ImportForm, name: str, content: bytes, kind: str) -> UUID:
    sender, question = form.sender.data or "", form.question.data or ""
    came = Came(name, content, kind, sender, question, deadline_at=form.deadline.instant)
    return handed_in.hand_in(came, by=me())


def _show(form: ImportForm, why: Say | None = None) -> Any:
    lists = select(PushedList).where(PushedList.community_id == community().id)
    lists = lists.options(defer(PushedList.file_sealed)).order_by(PushedList.id.desc())
    recent = list(session.scalars(lists.limit(LISTED)))
    return page("director/imports.html", form=form, why=why, recent=recent, kinds=KINDS)
