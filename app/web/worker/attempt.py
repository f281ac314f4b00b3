"""Not reached: the attempt is counted, the task stays, and the next try is proposed."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from app.intake.accept import Entry
from app.lib import clock
from app.lib.ids import new_id, read_id
from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.sync import inbox
from app.web.guard import allows
from app.web.person import me, my
from app.web.records.task_kind import attempt_for
from app.web.worker import worker
from app.web.worker.answered import answered


@worker.post("/tasks/<int:task_id>/attempt")
@allows(P.SEE_TODAY)
def attempt(task_id: int) -> ResponseReturnValue:
    task = my().find(my().tasks, task_id) or abort(404)
    kind, fields = attempt_for(task)
    entry_id = read_id(request.form.get("id")) or new_id()
    entry = Entry(entry_id, kind.key, clock.now(), {"task_id": str(task_id)}, dict(fields))
    return answered(task, kind, inbox.receive([entry], by=me())[0], N_("未联系上"))
