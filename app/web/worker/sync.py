"""`POST /sync`: what a phone has written down without us, and a receipt for each (docs/sync.md)."""

from datetime import datetime
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.lib import clock
from app.lib.refusal import Refused
from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.sync.inbox import Answer, receive
from app.sync.reading import Unreadable, clock_off, read_batch
from app.web.edge import let_go
from app.web.guard import allows
from app.web.person import me
from app.web.records.answers import deciders_in
from app.web.words import translated
from app.web.worker import worker

NO_ENTRY = N_("没有看懂这一条，请更新后再试。")


@worker.post("/sync")
@allows(P.OWN_ACCOUNT)
def sync() -> ResponseReturnValue:
    whole, at = _message(), clock.now()
    try:
        batch = read_batch(whole, at=at)
    except Refused as refused:
        return {"why": translated(refused.why)}, 400
    entries = [told for told in batch if not isinstance(told, Unreadable)]
    answers = iter(receive(entries, by=me()))
    told = [_no_entry(one) if isinstance(one, Unreadable) else next(answers) for one in batch]
    return {"receipts": receipts(told), "stale": _stale(told)} | _clock(whole, at)


def _message() -> Any:
    """The JSON that came; None where it is none, or nested beyond reason.

    A phone may take a minute to send it: meanwhile others write.
    """
    let_go()
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def _no_entry(told: Unreadable) -> Answer:
    return Answer(told.id, "refused", NO_ENTRY)


def receipts(answers: list[Answer]) -> list[dict[str, Any]]:
    """The receipts as JSON, in the reader's language."""
    communities = {answer.community_id for answer in answers if answer.state == "held"}
    deciders = {community_id: deciders_in(community_id) for community_id in communities}
    return [_receipt(one) | _with(one, deciders) for one in answers]


def _receipt(answer: Answer) -> dict[str, Any]:
    return {
        "id": str(answer.id) if answer.id else None,
        "state": answer.state,
        "why": translated(answer.why) if answer.why else None,
        "field_errors": answer.fields
        and {name: [translated(word) for word in words] for name, words in answer.fields.items()},
    }


def _with(answer: Answer, deciders: dict[int | None, str]) -> dict[str, str]:
    return {"with": deciders[answer.community_id]} if answer.state == "held" else {}


def _stale(answers: list[Answer]) -> list[str]:
    """The pages that show something else now."""
    kept = [answer for answer in answers if answer.state == "kept"]
    if not kept:
        return []
    residents = dict.fromkeys(answer.resident_id for answer in kept if answer.resident_id)
    persons = [url_for("residents.resident", resident_id=one) for one in residents]
    return [url_for("worker.today"), *persons]


def _clock(whole: Any, at: datetime) -> dict[str, Any]:
    """Our time, and by how much the phone's differs where that is worth telling."""
    off = clock_off(whole, at=at)
    return {"at": at.isoformat()} | ({} if off is None else {"clock_off": off})
