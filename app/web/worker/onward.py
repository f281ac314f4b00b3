"""今日, further on: what comes behind the end of the list, fetched when she gets there."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.lib import clock
from app.policy.permissions import Permission as P
from app.reports.today import day_of
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import my
from app.web.worker import worker
from app.web.worker.today import WORDS


@worker.get("/today/onward")
@allows(P.SEE_TODAY)
def onward() -> ResponseReturnValue:
    """The next doors after the tasks that are `shown`; some of those may be done by now."""
    number = max(request.args.get("page", 2, type=int), 2)
    if "HX-Request" not in request.headers:
        return redirect(url_for("worker.today", page=number))
    walk = day_of(my(), clock.now()).onward(numbers(request.args.get("shown", "")))
    return page("worker/today.html", block="walk", walk=walk, number=number, **WORDS)


def numbers(written: str) -> list[int]:
    """The ids of an address, "3.17.4"; what is none is passed over."""
    return [int(one) for one in written.split(".") if one.isdecimal() and len(one) < 16]
