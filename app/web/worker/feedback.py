"""The feedback box: what a worker wants to say reaches her director, who answers."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.feedback import give_feedback
from app.lib import clock
from app.policy.permissions import Permission as P
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.person import me
from app.web.worker import worker
from app.web.worker.me import FeedbackForm, show


@worker.post("/feedback")
@allows(P.GIVE_FEEDBACK)
def feedback() -> ResponseReturnValue:
    form = FeedbackForm(request.form)
    if not form.validate():
        return show(form), 422
    give_feedback(form.words.data, by=me(), at=clock.now())
    tell(_("已送到社区负责人那里，答复会显示在“我的”里。"))
    return redirect(url_for("worker.me") + "#feedback", 303)
