"""今日清单: a row per grid, every number the way to exactly its rows."""

from datetime import date, timedelta

from flask.typing import ResponseReturnValue

from app.domain.days import closing_of
from app.lib import clock
from app.policy.permissions import Permission as P
from app.reports.checklist import LISTS
from app.reports.checklist import checklist as checklist_of
from app.web.director import director
from app.web.director.asked import asked_day, community
from app.web.guard import allows
from app.web.hypermedia import page, unchanged

A_DAY = timedelta(days=1)


@director.get("/checklist")
@allows(P.SEE_BOARD)
def checklist() -> ResponseReturnValue:
    day = asked_day()
    if same := unchanged(day):
        return same
    return page(
        "director/checklist.html",
        block="panel",
        list=checklist_of(community(), day),
        lists=LISTS,
        closing=closing_of(community().id, day),
        before=closing_of(community().id, day - A_DAY),
        days=near(day),
    )


def near(day: date) -> dict[str, date | None]:
    """The days beside a day; there is none after today."""
    after = day + A_DAY if day < clock.today() else None
    return {"this": day, "before": day - A_DAY, "after": after}
