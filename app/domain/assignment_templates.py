"""Work that recurs: kept as a template, given by hand, or by itself on its days.

A template says to whom, not who: on its day the grid's worker of that day gets it, and
the least loaded of that day. Its files come along each time. Working days are those of
app/policy/workdays.py: public holidays are off, and the weekends moved for them are worked.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain import assignments
from app.domain.assignments import Assignment, Order
from app.domain.attachments import bring_along
from app.domain.people import User
from app.domain.places import Area, Building
from app.domain.receivers import To
from app.domain.regime import jurisdiction_of
from app.domain.shares import director_for
from app.lib import clock
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session
from app.lib.refusal import Refused
from app.lib.words import N_
from app.policy.workdays import is_worked

RHYTHMS = {
    "": N_("只这一次"),
    "daily": N_("每天"),
    "weekdays": N_("工作日"),
    "week": N_("每周这几天"),
    "dates": N_("这些日期"),
}


class AssignmentTemplate(Uid, db.Model):
    """What is given again and again; with a rhythm it is given by itself."""

    __tablename__ = "assignment_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    how: Mapped[str] = mapped_column(String(8))
    ids: Mapped[list[Any]] = mapped_column(JSON, default=list)
    asks: Mapped[str] = mapped_column(String(24))
    # By when on its day, as the wall says it: 18:00.
    due_clock: Mapped[str] = mapped_column(String(5), default="18:00")
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"))
    building_id: Mapped[int | None] = mapped_column(ForeignKey("buildings.id"))
    rhythm: Mapped[str] = mapped_column(String(10), default="")
    # Of "week" the days of the week, Monday is 0; of "dates" the days as 2022-10-07.
    days: Mapped[list[Any]] = mapped_column(JSON, default=list)
    until: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    name_sealed: Mapped[str | None]
    words_sealed: Mapped[str | None]

    by: Mapped[User] = relationship()
    building: Mapped[Building | None] = relationship()
    grid: Mapped[Area | None] = relationship(foreign_keys=[grid_id])
    community: Mapped[Area] = relationship(foreign_keys=[community_id])
    name = Sealed()
    words = Sealed()

    @property
    def to(self) -> To:
        return To(self.how, list(self.ids))

    def falls_on(self, day: date) -> bool:
        """Whether it is given by itself on a day."""
        if self.until and day > self.until:
            return False
        match self.rhythm:
            case "daily":
                return True
            case "weekdays":
                return is_worked(day, jurisdiction_of(self.community))
            case "week":
                return day.weekday() in self.days
            case "dates":
                return day.isoformat() in self.days
        return False

    def due_on(self, day: date) -> datetime:
        """Its deadline on a day."""
        wall = datetime.combine(day, time.fromisoformat(self.due_clock), clock.LOCAL)
        return wall.astimezone(clock.now().tzinfo)

    def end(self, *, at: datetime) -> None:
        """It is not offered and not given any more; what was given stays."""
        self.ended_at = at


def templates_of(community: Area) -> list[AssignmentTemplate]:
    """What is still used in a community, the newest first."""
    rows = select(AssignmentTemplate).where(
        AssignmentTemplate.community_id == community.id, AssignmentTemplate.ended_at.is_(None)
    )
    return list(session.scalars(rows.order_by(AssignmentTemplate.id.desc())))


def keep_template(
    name: str, words: str, to: To, community: Area, *, by: User, at: datetime, **more: Any
) -> AssignmentTemplate:
    """Keep for later what was just given; `more` are its other columns."""
    kept = AssignmentTemplate(
        community_id=community.id, by_id=by.id, at=at, how=to.how, ids=list(to.ids), **more
    )
    kept.name, kept.words = name, words
    session.add(kept)
    session.flush()
    return kept


def give_recurring(*, at: datetime) -> int:
    """Give what falls on today and was not given yet; how much that is. May run at any time."""
    day = clock.local_day(at)
    rows = select(AssignmentTemplate).where(
        AssignmentTemplate.ended_at.is_(None), AssignmentTemplate.rhythm != ""
    )
    falling = [one for one in session.scalars(rows) if one.falls_on(day)]
    given = select(Assignment.template_id).where(Assignment.for_day == day)
    done = set(session.scalars(given))
    return sum(_give(one, day, at=at) for one in falling if one.id not in done)


def _give(template: AssignmentTemplate, day: date, *, at: datetime) -> bool:
    """Give one; False where nobody is there to give or to get it, or it was given meanwhile."""
    by = director_for(template.community_id, template.by_id)
    if by is None:
        return False
    due_at = max(template.due_on(day), at + timedelta(minutes=1))
    order = Order(
        words=template.words or "",
        due_at=due_at,
        asks=template.asks,
        grid=template.grid,
        building=template.building,
        template_id=template.id,
        for_day=day,
    )
    try:
        with session.begin_nested():
            given = assignments.give(order, template.to, template.community, by=by, at=at)
            bring_along(template.id, by=by, at=at, assignment_id=given.id)
    except (Refused, IntegrityError):
        return False
    return True
