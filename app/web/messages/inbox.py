"""消息: unread first, each one tap from its thing; one more tap for "I have seen them all"."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.messages import Message, read_all
from app.lib import clock
from app.notify.reading import TOGETHER
from app.notify.registry import KINDS
from app.policy.permissions import Permission as P
from app.reports.told import Inbox, Line, inbox_of
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.messages import messages
from app.web.person import me, my
from app.web.task_words import list_words, what_of
from app.web.words import translated


@messages.get("/messages")
@allows(P.OWN_ACCOUNT)
def inbox() -> ResponseReturnValue:
    found = inbox_of(my(), together=TOGETHER)
    return page("messages/inbox.html", found=found, row=lambda line: row_of(line, found))


@messages.post("/messages/readings")
@allows(P.OWN_ACCOUNT)
def readings() -> ResponseReturnValue:
    """All that was on the page she saw; what came since stays unread."""
    seen = read_all(me(), upto=request.form.get("upto", 0, type=int), at=clock.now())
    tell(_("%(n)s 条已标为看过。", n=seen))
    return redirect(url_for("messages.inbox"), 303)


def row_of(line: Line, found: Inbox) -> dict[str, Any]:
    """What a line says: of what sort and how many, about what, when."""
    message, n = line.message, max(line.n, line.message.n)
    kind, alone = KINDS[message.kind], line.n == 1
    return {
        "url": message.path if alone else url_for("messages.all_alike", message_id=message.uid),
        "words": translated(kind.many) % {"n": n} if n > 1 else translated(kind.one),
        "icon": kind.icon,
        "about": " · ".join(part for part in _about(message, found) if part) if alone else "",
        "at": message.made_at,
        "urgent": message.urgency == "urgent",
    }


def _about(message: Message, found: Inbox) -> list[str]:
    """Which list, which task and behind which door, or whom it is about, as far as she may see."""
    task = found.tasks.get(message.task_id)
    resident = found.residents.get(message.resident_id)
    list_ = found.lists.get(message.list_id)
    return [
        list_words(list_) if list_ else "",
        what_of(task) if task else "",
        task.household.address if task and task.household else "",
        resident.masked_name if resident else "",
    ]
