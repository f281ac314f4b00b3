"""发通知: telling many something, of which it is known afterwards who has read it."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.attachments import attach
from app.domain.notices import give_notice
from app.domain.receivers import To
from app.lib import clock
from app.lib.filetypes import Handed
from app.lib.refusal import Refused
from app.lib.words import Say
from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.asked import community
from app.web.director.handed_files import files_in
from app.web.director.notice_form import NoticeForm
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me
from app.web.refused_fields import show_refusal


@director.get("/notices/new")
@allows(P.DIRECT_WORK)
def new_notice() -> ResponseReturnValue:
    form = NoticeForm()
    form.offer()
    form.propose(To("role", ["worker"]))
    return show(form)


@director.post("/notices/new")
@allows(P.DIRECT_WORK)
def post_notice() -> ResponseReturnValue:
    form = NoticeForm(request.form)
    form.offer()
    if not form.validate():
        return show(form), 422
    try:
        notice_id = give(form, files_in(request.files.getlist("files")))
    except Refused as refused:
        return show(form, show_refusal(form, refused)), 422
    tell(_("已发出，对方打开今日就能看到。"))
    return redirect(url_for("director.notice", notice_id=notice_id), 303)


def give(form: NoticeForm, files: list[Handed]) -> int:
    now, place = clock.now(), community()
    notice = give_notice(form.draft, form.to, place, by=me(), at=now)
    attach(files, community_id=place.id, by=me(), at=now, notice_id=notice.id)
    return notice.id


def show(form: NoticeForm, why: Say | None = None) -> Any:
    return page("director/new_notice.html", form=form, why=why)
