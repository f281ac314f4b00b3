"""意见箱: what workers wrote, and the director's answers; the unanswered first."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms.validators import InputRequired

from app.domain.feedback import Feedback
from app.intake.fields import IntakeForm, NoteField
from app.lib import clock
from app.lib.db import session
from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.asked import community
from app.web.guard import allows
from app.web.hypermedia import page, tell, unchanged
from app.web.person import me

SHOWN = 60


class ReplyForm(IntakeForm):
    answer = NoteField(
        N_("答复"), validators=[InputRequired(N_("请写答复。"))], render_kw={"rows": 2}
    )


@director.get("/feedback-box")
@allows(P.CHECK_RECORDS)
def feedback() -> ResponseReturnValue:
    return unchanged() or show()


@director.post("/feedback-box/<int:feedback_id>/reply")
@allows(P.CHECK_RECORDS)
def reply(feedback_id: int) -> ResponseReturnValue:
    found = session.scalar(hers().where(Feedback.id == feedback_id)) or abort(404)
    form = ReplyForm(request.form)
    if not form.validate():
        return show({found.id: form}), 422
    found.reply(form.answer.data, by=me(), at=clock.now())
    tell(_("已答复，%(name)s在“我的”里会看到。", name=found.by.name))
    return redirect(url_for("director.feedback"), 303)


def show(typed: dict[int, ReplyForm] | None = None) -> ResponseReturnValue:
    rows = hers().options(joinedload(Feedback.by)).limit(SHOWN)
    rows = rows.order_by(Feedback.answered_at.is_not(None), Feedback.id.desc())
    found = [(row, (typed or {}).get(row.id) or ReplyForm()) for row in session.scalars(rows)]
    return page("director/feedback.html", found=found)


def hers() -> object:
    """What was written in her community."""
    return select(Feedback).where(Feedback.community_id == community().id)
