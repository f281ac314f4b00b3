"""Taking a record back: it stays in the history and counts no more."""

from uuid import NAMESPACE_URL, UUID, uuid5

from flask import abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.intake.accept import Entry
from app.lib import clock
from app.policy.permissions import Permission as P
from app.sync import inbox
from app.web.edge import back
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.person import me, my
from app.web.records import records
from app.web.words import translated


@records.post("/records/<uuid:record_id>/withdrawal")
@allows(P.RECORD)
def withdrawal(record_id: UUID) -> ResponseReturnValue:
    if my().find(my().records, record_id) is None:
        abort(404)
    subject = {"record_id": str(record_id)}
    entry = Entry(withdrawal_id(record_id), "withdrawal", clock.now(), subject, {})
    answer = inbox.receive([entry], by=me())[0]
    if answer.state in ("kept", "already"):
        tell(_("已撤销，刚才的登记不再计入。"))
    else:
        tell(translated(answer.why), tone="bad")
    return redirect(back(), 303)


def withdrawal_id(record_id: UUID) -> UUID:
    """One person takes a record back once: a second tap is a resend of the same entry."""
    return uuid5(NAMESPACE_URL, f"withdrawal:{record_id}:{me().id}")
