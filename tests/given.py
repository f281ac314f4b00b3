"""Work given out and notices, as a director of the cast would give them."""

from datetime import timedelta
from typing import Any

from app.domain import assignments
from app.domain.assignments import Assignment, Order
from app.domain.notices import Draft, Notice, give_notice
from app.domain.people import User
from app.domain.receivers import To
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session

POSTERS = "把防汛通知贴到每个单元门口"


def give(cast, how: str = "people", *ids: Any, words: str = POSTERS, **order: Any) -> Assignment:
    """张敏 gives work out, by default until four hours from now."""
    order.setdefault("due_at", clock.now() + timedelta(hours=4))
    to = To(how, list(ids))
    given = assignments.give(
        Order(words=words, **order), to, cast.home, by=cast.director, at=clock.now()
    )
    session.flush()
    return given


def given_to_one(who: User, cast, **order: Any) -> Task:
    """The task of one person who was given something."""
    return give(cast, "people", who.id, **order).shares[0].task


def told_to(who: User, cast, **draft: Any) -> Notice:
    """张敏 tells one person something."""
    draft.setdefault("title", "十点视频培训")
    to = To("people", [who.id])
    notice = give_notice(Draft(**draft), to, cast.home, by=cast.director, at=clock.now())
    session.flush()
    return notice
