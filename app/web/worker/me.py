"""我的: her own day, what waits for her or for a decision, and a box for what she wants to say."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from app.domain.receipts import STATES, Receipt
from app.domain.records import Record
from app.intake import KINDS
from app.intake.feedback import FeedbackForm
from app.lib import clock
from app.policy.permissions import Permission as P
from app.reports.my_day import feedback_of, my_day, records_of
from app.reports.today import Day, day_of
from app.sync.held import unsettled_of, words_of
from app.sync.inbox import MENDABLE
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import me as reader
from app.web.person import my
from app.web.records.answers import deciders_in
from app.web.records.as_entry import as_entry
from app.web.records.retelling import kind_words, outcome_words
from app.web.words import moment, translated
from app.web.worker import worker


@worker.get("/me")
@allows(P.SEE_TODAY)
def me() -> ResponseReturnValue:
    return show(FeedbackForm())


def show(form: FeedbackForm) -> ResponseReturnValue:
    records = records_of(reader(), clock.today())
    return page("worker/me.html", **me_shown(form, day_of(my(), clock.now()), records))


def me_shown(form: FeedbackForm, day: Day, records: list[Record]) -> dict[str, Any]:
    """Her day with her records of it, what waits for her or for a decision, the box."""
    return {
        "form": form,
        "feedback_marks": as_entry(KINDS["feedback"], {}),
        "grids": my().grids,
        "day": day,
        "mine": my_day(reader(), clock.today()),
        "records": records,
        "waiting": [waiting_of(receipt) for receipt in unsettled_of(reader())],
        "feedback": feedback_of(reader()),
        "kind_words": kind_words,
        "outcome_words": outcome_words,
        "settings_url": url_for("account.settings"),
    }


def waiting_of(receipt: Receipt) -> dict[str, Any]:
    """An entry that was not simply kept: what, why, and whose turn it is."""
    mendable = receipt.state in MENDABLE
    return {
        "id": receipt.entry_id,
        "what": kind_words(receipt.kind),
        "state": translated(STATES[receipt.state]),
        "at": moment(receipt.received_at),
        "who": "" if mendable else deciders_in(receipt.community_id),
        "why": words_of(receipt) or translated(receipt.why),
        "mend_url": mendable and url_for("records.form", kind=receipt.kind, entry=receipt.entry_id),
    }
