"""Taking a record back: it stays in the history and counts no more."""

from uuid import NAMESPACE_URL, UUID, uuid5

from flask import abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.receipts import Receipt
from app.intake.accept import Entry
from app.lib import clock
from app.policy.permissions import Permission as P
from app.sync import inbox
from app.sync.held import unsettled_entry
from app.web.edge import back
from app.web.guard import allows
from app.web.hypermedia import tell
from app.web.person import me, my
from app.web.records import records
from app.web.words import translated


@records.post("/records/<uuid:record_id>/withdrawal")
@allows(P.RECORD)
def withdrawal(record_id: UUID) -> ResponseReturnValue:
    """Take back a record, or an entry of hers that was never recorded."""
    waiting = unsettled_entry(record_id, me())
    if waiting is None and my().find(my().records, record_id) is None:
        abort(404)
    subject = {"record_id": str(record_id)}
    entry = Entry(withdrawal_id(record_id, waiting), "withdrawal", clock.now(), subject, {})
    say_taken_back(inbox.receive([entry], by=me())[0], waiting)
    return redirect(back(), 303)


def withdrawal_id(record_id: UUID, waiting: Receipt | None = None) -> UUID:
    """One person takes a record back once: a second tap is a resend of the same entry.

    An entry that waits may be mended and taken back again.
    """
    body = f":{waiting.received_at.isoformat()}:{waiting.fingerprint}" if waiting else ""
    return uuid5(NAMESPACE_URL, f"withdrawal:{record_id}:{me().id}{body}")


def say_taken_back(answer: inbox.Answer, waiting: Receipt | None) -> None:
    if answer.state not in ("kept", "already"):
        tell(translated(answer.why), tone="bad")
    elif waiting:
        tell(_("已撤回，不用再改，也不用再等定夺。"))
    else:
        tell(_("已撤销，刚才的登记不再计入。"))
