"""信息核查: whom to call, one after the other; the tap of an outcome shows the next one.

All stand on one page, so that it works without a network; the style sheet shows the first who
is not done (css/worker.css), and a card that was answered says so and can be taken back.
"""

from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain import watch
from app.domain.check import Check
from app.domain.checks import rules_at
from app.intake import KINDS
from app.intake.accept import Entry
from app.lib import clock
from app.lib.ids import new_id, read_id
from app.lib.words import N_
from app.policy.checks import answers
from app.policy.permissions import Permission as P
from app.policy.rule import Rule
from app.reports.checked import checked_by
from app.reports.checks import Call, calls_of
from app.sync import inbox
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.person import me, my
from app.web.records.as_entry import tap_on
from app.web.records.retelling import kind_words, outcome_words
from app.web.task_words import asked_of, note_of, when_of, who_of
from app.web.words import moment, translated
from app.web.worker import worker
from app.web.worker.answered import answered

RESULT = KINDS["check_result"]
CALL = N_("电话联系")


@dataclass(frozen=True, slots=True)
class CallCard:
    """One person in the words of her card; `answers` are the outcomes one tap can say."""

    call: Call
    who: str
    when: str
    asked: str
    note: str
    known: str
    before: list[str]
    also: str
    entry: dict[str, str]

    @property
    def check(self) -> Check:
        return self.call.check

    @property
    def dom_id(self) -> str:
        return f"task-{self.call.item.task.id}"


@worker.get("/checks/mine")
@allows(P.SEE_TODAY)
def checks() -> ResponseReturnValue:
    if same := unchanged(*my().grid_ids):
        return same
    return page("worker/checks.html", **checks_shown(*calls_of(my(), clock.now())))


@worker.get("/checks/mine/done")
@allows(P.SEE_TODAY)
def checked() -> ResponseReturnValue:
    """Whom she has checked today: a wrong button is taken back here."""
    if same := unchanged(*my().grid_ids):
        return same
    return page("worker/checked.html", **checked_shown())


@worker.post("/tasks/<int:task_id>/check")
@allows(P.SEE_TODAY)
def check_answer(task_id: int) -> ResponseReturnValue:
    """The tap of an outcome where there is no script."""
    task = my().find(my().tasks, task_id) or abort(404)
    outcome = request.form.get("outcome", "")
    about, fields = {"task_id": str(task_id)}, {"outcome": outcome}
    entry_id = read_id(request.form.get("id")) or new_id()
    entry = Entry(entry_id, RESULT.key, clock.now(), about, fields)
    words = outcome_words(RESULT.key, outcome)
    return answered(task, RESULT, inbox.receive([entry], by=me())[0], words)


@worker.post("/checks/<int:check_id>/call")
@allows(P.REVEAL)
def call(check_id: int) -> ResponseReturnValue:
    """The number of somebody to be called; who looked at it stays on record."""
    check = my().find(my().checks, check_id) or abort(404)
    target = f"check:{check.id}:phone"
    watch.opened("revealed", target, CALL, by=me(), at=clock.now())
    if request.headers.get("HX-Request"):
        return page("worker/check_number.html", check=check)
    return redirect(url_for("worker.checks") + f"#task-{check.task.id}", 303)


def checks_shown(calls: list[Call], total: int) -> dict[str, Any]:
    """The cards of her calls, and what one tap can say of each."""
    now = clock.now()
    offered = answers(rules_at(my().community, now), now) if my().community else ()
    taps = [rule for rule in offered if not rule.params.says]
    more = [rule for rule in offered if rule.params.says]
    return {
        "cards": [card_of_call(call) for call in calls],
        "total": total,
        "taps": sorted(taps, key=_usual),
        "more": more,
        "RESULT": RESULT,
    }


def checked_shown() -> dict[str, Any]:
    return {"found": checked_by(me(), clock.today()), "outcome_words": outcome_words}


def card_of_call(call: Call) -> CallCard:
    task = call.item.task
    return CallCard(
        call=call,
        who=who_of(task) or _("没有写姓名"),
        when=when_of(task, is_late=call.item.late),
        asked=asked_of(call.check),
        note=note_of(task),
        known=_known(call.check),
        before=[_before(line) for line in call.before],
        also="、".join(_also(case) for case in call.also),
        entry={k: v for k, v in tap_on(task, RESULT, {}).items() if k != "data-fields"},
    )


def _usual(rule: Rule) -> tuple[bool, bool]:
    """What is said most stands first: that it is true, and that nobody answers."""
    return rule.params.feeds != "confirmed", rule.key != "no_answer"


def _known(check: Check) -> str:
    """What the lists said beyond the name: where from, when, a note."""
    told = check.who
    return " · ".join(str(told[name]) for name in ("from_where", "when", "note") if told.get(name))


def _before(line: Any) -> str:
    said = outcome_words(line.kind, line.outcome)
    words = [moment(line.at), line.by, line.housemate and _("问过同户%(who)s", who=line.housemate)]
    return " · ".join(part for part in (*words, kind_words(line.kind), said) if part)


def _also(case: Any) -> str:
    checks = {"yellow": "code_check", "returnee": "arrival_check"}
    return translated(KINDS[checks[case.kind]].words)
