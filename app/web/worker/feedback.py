"""The feedback box: what a worker wants to say reaches her director, who answers."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.intake.accept import Entry
from app.intake.feedback import FeedbackForm
from app.lib import clock
from app.lib.ids import new_id, read_id
from app.policy.permissions import Permission as P
from app.sync import inbox
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.person import me
from app.web.worker import worker
from app.web.worker.me import show


@worker.post("/feedback")
@allows(P.GIVE_FEEDBACK)
def feedback() -> ResponseReturnValue:
    entry_id, form = read_id(request.form.get("id")) or new_id(), FeedbackForm(request.form)
    entry = Entry(entry_id, "feedback", clock.now(), {}, request.form)
    if inbox.receive([entry], by=me())[0].state == "refused":
        form.validate()
        return show(form), 422
    tell(_("已送到社区负责人那里，答复会显示在“我的”里。"))
    return redirect(url_for("worker.me") + "#feedback", 303)
