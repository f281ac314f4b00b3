"""One batch of applications: the list to attach, and what the city answered of each."""

from collections.abc import Iterable

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.intake.accept import Entry
from app.lib import clock
from app.lib.ids import new_id
from app.lib.refusal import Refused
from app.policy.permissions import Permission as P
from app.reports import decoding
from app.reports.badges import reason_words
from app.reports.decoding import Applicant
from app.sync.inbox import receive
from app.web.director import director
from app.web.guard import allows
from app.web.hypermedia import page, tell, unchanged
from app.web.person import me, my


@director.get("/decode/<name>")
@allows(P.MANAGE_CASES)
def decode_batch(name: str) -> ResponseReturnValue:
    applicants = batch_or_404(name)
    if same := unchanged():
        return same
    return page(
        "director/decode_batch.html",
        name=name,
        community=my().community,
        applicants=applicants,
        waiting=[one for one in applicants if one.state == "waiting"],
        at=decoding.moment_of(name),
        reason_words=reason_words,
    )


@director.post("/decode/<name>/results")
@allows(P.MANAGE_CASES)
def decode_results(name: str) -> ResponseReturnValue:
    """What the city answered: for one person, or for all that still wait."""
    outcome, wanted = request.form.get("outcome", ""), request.form.get("case", type=int)
    waiting = [one for one in batch_or_404(name) if one.state == "waiting"]
    chosen = [one for one in waiting if wanted in (None, one.case.id)]
    answers = receive(_results(chosen, outcome), by=me())
    if refused := next((answer for answer in answers if answer.state == "refused"), None):
        raise Refused(refused.why)
    tell(_("已登记 %(n)s 人的结果。", n=len(answers)))
    return redirect(url_for("director.decode_batch", name=name), 303)


def batch_or_404(name: str) -> list[Applicant]:
    return decoding.batch(my().community, name) or abort(404)


def _results(chosen: Iterable[Applicant], outcome: str) -> list[Entry]:
    fields = {"outcome": outcome, "reason": request.form.get("reason", "")}
    return [
        Entry(new_id(), "decode_result", clock.now(), {"case_id": one.case.id}, fields)
        for one in chosen
    ]
