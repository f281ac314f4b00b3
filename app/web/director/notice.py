"""One notice as its author sees it: who has read it, who has not, and a reminder for these."""

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import selectinload

from app.domain.attachments import of_notices
from app.domain.notices import Notice
from app.domain.trainings import progress_of
from app.lib import clock
from app.policy.permissions import Permission as P
from app.policy.trainings import TRAININGS
from app.reports.told import print_of, told_about
from app.web.director import director
from app.web.director.asked import community
from app.web.guard import allows
from app.web.hypermedia import page, tell, unchanged
from app.web.person import me, my
from app.web.return_path import after_this


@director.get("/notices/<int:notice_id>")
@allows(P.DIRECT_WORK)
def notice(notice_id: int) -> ResponseReturnValue:
    found = found_notice(notice_id)
    told = told_about(notice_ids=[found.id])
    if same := unchanged(notice_id, print_of(told)):
        return same
    files = of_notices([found.id])[found.id]
    hers = any(reader.user_id == me().id for reader in found.readers)
    told = {one.person.id: one for one in told.get(found.id, [])}
    return page("director/notice.html", notice=found, files=files, hers=hers, told=told)


@director.post("/notices/<int:notice_id>/reminders")
@allows(P.DIRECT_WORK)
def remind_unread(notice_id: int) -> ResponseReturnValue:
    n = found_notice(notice_id).remind_unread(by=me(), at=clock.now())
    tell(_("已提醒 %(n)s 人。", n=n) if n else _("都已经读过了。"))
    return redirect(after_this(), 303)


@director.post("/notices/<int:notice_id>/withdrawal")
@allows(P.DIRECT_WORK)
def withdraw_notice(notice_id: int) -> ResponseReturnValue:
    found_notice(notice_id).withdraw(by=me(), at=clock.now())
    tell(_("已撤回。"))
    return redirect(url_for("director.notice", notice_id=notice_id), 303)


@director.get("/trainings/<training>/readers")
@allows(P.DIRECT_WORK)
def training_readers(training: str) -> ResponseReturnValue:
    found = TRAININGS.get(training) or abort(404)
    progress = progress_of(found, community())
    return unchanged(training) or page(
        "director/training_readers.html", training=found, progress=progress
    )


def found_notice(notice_id: int) -> Notice:
    """A notice of her community; 404 otherwise."""
    rows = my().notices.options(selectinload(Notice.readers))
    return my().find(rows, notice_id) or abort(404)
