"""通知与培训: what was told, how many have read it, and how far each training has come."""

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload

from app.domain.notices import Notice
from app.domain.trainings import progress_of, shown_to
from app.lib import clock
from app.lib.db import session
from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.asked import asked_page, community
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.person import me, my

PER_PAGE = 30


@director.get("/notices")
@allows(P.DIRECT_WORK)
def notices() -> ResponseReturnValue:
    if same := unchanged(asked_page()):
        return same
    place, today = community(), clock.today()
    return page(
        "director/notices.html",
        found=told(asked_page()),
        trainings=[(one, progress_of(one, place)) for one in shown_to(me(), today)],
        number=asked_page(),
        per_page=PER_PAGE,
    )


def told(number: int) -> list[Notice]:
    """A page of the community's notices, the newest first."""
    rows = my().notices.options(selectinload(Notice.readers), joinedload(Notice.by))
    rows = rows.order_by(Notice.id.desc()).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    return list(session.scalars(rows))
