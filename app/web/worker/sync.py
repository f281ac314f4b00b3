"""`POST /sync`: what a phone has written down without us, and a receipt for each (docs/sync.md)."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.lib import clock
from app.lib.refusal import Refused
from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.sync.inbox import Answer, receive
from app.sync.reading import Unreadable, read_batch
from app.web.guard import allows
from app.web.person import me
from app.web.words import translated
from app.web.worker import worker

NO_ENTRY = N_("没有看懂这一条，请更新后再试。")


@worker.post("/sync")
@allows(P.RECORD)
def sync() -> ResponseReturnValue:
    try:
        batch = read_batch(_message(), at=clock.now())
    except Refused as refused:
        return {"why": translated(refused.why)}, 400
    entries = [told for told in batch if not isinstance(told, Unreadable)]
    answers = iter(receive(entries, by=me()))
    told = [_no_entry(one) if isinstance(one, Unreadable) else next(answers) for one in batch]
    return {"receipts": [_receipt(one) for one in told], "stale": _stale(told)}


def _message() -> Any:
    """The JSON that came; None where it is none, or nested beyond reason."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def _no_entry(told: Unreadable) -> Answer:
    return Answer(told.id, "refused", NO_ENTRY)


def _receipt(answer: Answer) -> dict[str, Any]:
    """One receipt as JSON, in the reader's language."""
    return {
        "id": str(answer.id) if answer.id else None,
        "state": answer.state,
        "why": translated(answer.why) if answer.why else None,
        "field_errors": answer.fields
        and {name: [translated(word) for word in words] for name, words in answer.fields.items()},
    }


def _stale(answers: list[Answer]) -> list[str]:
    """The pages that show something else now."""
    kept = [answer.record for answer in answers if answer.state == "kept"]
    if not kept:
        return []
    residents = dict.fromkeys(record.resident_id for record in kept if record.resident_id)
    persons = [url_for("residents.resident", resident_id=one) for one in residents]
    return [url_for("worker.today"), *persons]
