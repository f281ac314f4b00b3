"""今日: everything due or late in her grids, door by door, with one tap where nothing is wrong.

The page asks anew only for its head: the count follows, and a line says when
something came. The list itself stays still under her thumb until she asks.
"""

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.tasks import KINDS as TASKS
from app.lib import clock
from app.notify.reading import has_seen_today
from app.policy.permissions import Permission as P
from app.reports.newcomers import Mark, has_more, mark_of, read_mark, written
from app.reports.today import DONE_SHOWN, Day, day_of
from app.web.edge import keep_anyway
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.messages.unread import unread_now
from app.web.news.unread import unread
from app.web.person import me, my
from app.web.task_words import who_of
from app.web.worker import worker
from app.web.worker.task_card import card_of, place_of

WORDS = {
    "card_of": card_of,
    "who_of": who_of,
    "place_of": place_of,
    "TASKS": TASKS,
    "DONE_SHOWN": DONE_SHOWN,
}


@worker.get("/today")
@allows(P.SEE_TODAY)
def today() -> ResponseReturnValue:
    number = max(request.args.get("page", 1, type=int), 1)
    seen = read_mark(request.args.get("seen", ""))
    note_that_she_looks()
    if same := unchanged(number, seen, *my().grid_ids):
        return same
    shown = day_shown(day_of(my(), clock.now()), number, seen)
    return page("worker/today.html", block="head_of_day", **shown)


def note_that_she_looks() -> None:
    """The whole page in front of her: what stands on it need not be told any more."""
    if "HX-Request" not in request.headers and unread_now():
        keep_anyway()
        has_seen_today(me(), at=clock.now())
        g.pop("unread")


def day_shown(day: Day, number: int, seen: Mark | None = None) -> dict[str, Any]:
    """One page of a day, and whether the day has more than the list that was `seen`."""
    now = clock.now()
    mark = mark_of(day, now)
    more = seen is not None and has_more(mark, seen)
    known = {"day": day, "now": now, "seen": written(seen or mark), "more": more}
    known["walk"] = day.page(number)
    known["news"] = unread(me(), now, url_for("worker.today")) if number == 1 else []
    return known | {"number": number, "grids": my().grids} | WORDS
