"""One stop: everything due behind one door, saved together, each entry judged by itself."""

from itertools import groupby
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.places import Household
from app.domain.tasks import KINDS as TASKS
from app.domain.tasks import Task
from app.lib import clock
from app.policy.permissions import Permission as P
from app.reports.today import Item, done_tasks, due_tasks, items_of
from app.sync import inbox
from app.web.guard import allows
from app.web.hypermedia import page, tell, unchanged
from app.web.person import me, my
from app.web.task_words import who_of
from app.web.worker import worker
from app.web.worker.stop_answers import entries_of, say_answers
from app.web.worker.task_card import Card, card_of


@worker.route("/stops/<int:household_id>", methods=["GET", "POST"])
@allows(P.SEE_TODAY)
def stop(household_id: int) -> ResponseReturnValue:
    home = my().find(my().households, household_id) or abort(404)
    return save(home) if request.method == "POST" else show(home)


def show(home: Household) -> ResponseReturnValue:
    if same := unchanged():
        return same
    now = clock.now()
    items = items_of(due_tasks(my(), now, home.id), now)
    return page("worker/stop.html", **stop_shown(home, items, done_tasks(my(), now, home.id)))


def stop_shown(home: Household, items: list[Item], done: list[Task]) -> dict[str, Any]:
    """What is due behind a door, person by person, and what was done there today."""
    cards = [card_of(item) for item in items]
    known = {"household": home, "people": by_person(cards), "count": len(cards)}
    return known | {"done": done, "TASKS": TASKS, "who_of": who_of}


def by_person(cards: list[Card]) -> list[tuple[Card, list[Card]]]:
    """(the first card, all cards) of each person behind the door."""
    cards = sorted(cards, key=lambda card: card.task.resident_id or 0)
    people = [list(group) for _id, group in groupby(cards, key=lambda card: card.task.resident_id)]
    return [(group[0], group) for group in people]


def save(home: Household) -> ResponseReturnValue:
    """All that was chosen goes in together; what was left open stays due."""
    tasks = due_tasks(my(), clock.now(), home.id)
    told = entries_of(tasks, request.form)
    if not told:
        tell(_("还没有选。给至少一个人选一项再保存。"), tone="warn")
        return redirect(url_for("worker.stop", household_id=home.id), 303)
    answers = inbox.receive([entry for _task, entry in told], by=me())
    say_answers([(task, answer) for (task, _entry), answer in zip(told, answers, strict=True)])
    return redirect(_next(home, tasks), 303)


def _next(home: Household, tasks: list[Task]) -> str:
    """The list again, or this door while something is still to do here."""
    if any(task.state == "open" and not task.next_try_at for task in tasks):
        return url_for("worker.stop", household_id=home.id)
    return url_for("worker.today")
