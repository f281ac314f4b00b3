"""A notice as it is read, and all that came lately."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.domain.attachments import of_notices
from app.domain.notices import Notice, NoticeReader, notices_of
from app.intake.accept import Entry
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id, read_id
from app.policy.permissions import Permission as P
from app.sync import inbox
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.news import news
from app.web.news.unread import READ, notice_line
from app.web.person import me, my
from app.web.records.answers import say_answer
from app.web.return_path import after_this


@news.get("/notices/mine")
@allows(P.RECORD)
def notices() -> ResponseReturnValue:
    return unchanged() or page("news/notices.html", **notices_shown())


@news.get("/notices/mine/<int:notice_id>")
@allows(P.RECORD)
def notice(notice_id: int) -> ResponseReturnValue:
    found = my().find(my().notices, notice_id) or abort(404)
    reader = select(NoticeReader).where(
        NoticeReader.notice_id == found.id, NoticeReader.user_id == me().id
    )
    reading = session.scalar(reader)
    files = of_notices([found.id])[found.id]
    shown = notice_shown(found, reading.read_at if reading else None, reading is not None)
    return page("news/notice.html", **shown, files=files)


@news.post("/notices/mine/<int:notice_id>/reading")
@allows(P.RECORD)
def notice_reading(notice_id: int) -> ResponseReturnValue:
    my().find(my().notices, notice_id) or abort(404)
    entry_id = read_id(request.form.get("id")) or new_id()
    entry = Entry(entry_id, READ.key, clock.now(), {}, {"notice": str(notice_id)})
    say_answer(inbox.receive([entry], by=me())[0], READ)
    return redirect(after_this(), 303)


def notices_shown() -> dict[str, Any]:
    """The last notices to her, the newest first."""
    return {"found": notices_of(me())}


def notice_shown(found: Notice, read_at: Any, is_hers: bool = True) -> dict[str, Any]:
    """A notice, and the one tap that says that it was read; nothing to tap where it is not hers."""
    back = url_for("news.notice", notice_id=found.id)
    line = notice_line(found, back) if is_hers and read_at is None else None
    return {"notice": found, "read_at": read_at, "line": line}
