"""A closed day: its report to copy or print, and what has changed since it was closed."""

from flask.typing import ResponseReturnValue

from app.domain.days import closing_of
from app.policy.permissions import Permission as P
from app.reports.day_review import closed_day, last_closings
from app.web.director import director
from app.web.director.asked import community, read_day
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.records.retelling import kind_words, outcome_words


@director.get("/days/<day>")
@allows(P.SEE_BOARD)
def day(day: str) -> ResponseReturnValue:
    asked = read_day(day)
    if same := unchanged(asked):
        return same
    closing = closing_of(community().id, asked)
    return page(
        "director/day.html",
        day=asked,
        closed=closed_day(community(), closing) if closing else None,
        closings=last_closings(community()),
        words={"kind": kind_words, "outcome": outcome_words},
    )
