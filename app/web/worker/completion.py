"""One tap: nothing is wrong. The record is as whole as one from a form, and can be taken back."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.intake.accept import Entry
from app.lib import clock
from app.lib.ids import new_id, read_id
from app.policy.permissions import Permission as P
from app.sync import inbox
from app.web.guard import allows
from app.web.person import me, my
from app.web.records.task_kind import kind_for, tap_for
from app.web.worker import worker
from app.web.worker.answered import answered
from app.web.worker.task_card import form_url


@worker.post("/tasks/<int:task_id>/completion")
@allows(P.SEE_TODAY)
def completion(task_id: int) -> ResponseReturnValue:
    task = my().find(my().tasks, task_id) or abort(404)
    kind, tap = kind_for(task), tap_for(task)
    if tap is None:
        return redirect(form_url(task, kind) or url_for("worker.today"), 303)
    about = {"task_id": str(task_id)}
    entry_id = read_id(request.form.get("id")) or new_id()
    entry = Entry(entry_id, kind.key, clock.now(), about, dict(tap.fields))
    return answered(task, kind, inbox.receive([entry], by=me())[0], tap.words)
