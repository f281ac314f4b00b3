"""今日: everything due or late in her grids, door by door, with one tap where nothing is wrong."""

from flask import request
from flask.typing import ResponseReturnValue

from app.domain.tasks import KINDS as TASKS
from app.lib import clock
from app.policy.permissions import Permission as P
from app.reports.today import DONE_SHOWN, day_of
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.person import my
from app.web.worker import worker
from app.web.worker.task_card import card_of, place_of

WORDS = {"card_of": card_of, "place_of": place_of, "TASKS": TASKS, "DONE_SHOWN": DONE_SHOWN}


@worker.get("/today")
@allows(P.SEE_TODAY)
def today() -> ResponseReturnValue:
    number = max(request.args.get("page", 1, type=int), 1)
    if same := unchanged(number, *my().grid_ids):
        return same
    return page(
        "worker/today.html",
        grids=my().grids,
        now=clock.now(),
        day=day_of(my(), clock.now()),
        number=number,
        **WORDS,
    )
