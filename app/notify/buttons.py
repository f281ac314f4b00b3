"""What a notification lets its reader do without opening the app: 完成 and 稍后.

完成 writes down by itself only where a tick is all that was asked for; a visit, a temperature,
a note are looked at before they are claimed, so there it opens the page. 稍后 puts it away: it
stays unread, and the next way comes in its time.
"""

from typing import Any

from app.domain.messages import Message
from app.domain.tasks import Task
from app.lib.db import session
from app.lib.words import N_
from app.notify.wording import said

DONE, LATER = N_("完成"), N_("稍后")
WHAT, TICKED = N_("办好交办"), N_("办好了")
# The record kind that a tick is (app/intake/assignment_done.py), and what it says.
TICK, ANSWER = "assignment_done", {"outcome": "done"}


def of(message: Message, language: str) -> dict[str, Any]:
    """`deeds` and `entry` of a parcel about one thing; nothing where it is no task of hers."""
    task = session.get(Task, message.task_id) if message.task_id else None
    if task is None or task.state != "open" or message.person.role != "worker":
        return {}
    deeds = ("done", said(DONE, language)), ("later", said(LATER, language))
    ticked = task.kind == "assignment" and task.asks == "tick"
    return {"deeds": deeds, "entry": _entry(task, message, language) if ticked else None}


def _entry(task: Task, message: Message, language: str) -> dict[str, Any]:
    """As a page's button has it (app/web/records/as_entry.py), for her and for nobody else."""
    return {
        "user": message.person_id,
        "kind": TICK,
        "subject": {"task_id": str(task.id)},
        "fields": ANSWER,
        "label": {
            "what": said(WHAT, language),
            "who": "",
            "done": said(TICKED, language),
            "on": {"task": task.id},
            "path": f"/record/{TICK}?task={task.id}",
        },
    }
