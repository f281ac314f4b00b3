"""Work that a director gives out: who has it, what became of it, whose turn it is.

An assignment is told once and has a share for everybody who got it; each share is
one task of the usual kind, so that the list of today, the counts and what is carried
over know it. What was said on the way is kept step by step.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain import tasks
from app.domain.people import User
from app.domain.places import Area, Building
from app.domain.receivers import Receiver, To, receivers_of
from app.domain.residents import Resident
from app.domain.shares import WITH_HER, Share
from app.domain.tasks import Task
from app.lib import clock
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session
from app.lib.refusal import Refused
from app.lib.words import say


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done, by when, what counts as done, and about whom or where."""

    words: str
    due_at: datetime
    asks: str = "tick"
    resident: Resident | None = None
    incident_id: int | None = None
    grid: Area | None = None
    building: Building | None = None
    template_id: int | None = None
    for_day: date | None = None


class Assignment(Uid, db.Model):
    """One thing given out, to one or many."""

    __tablename__ = "assignments"
    __table_args__ = (
        Index("ix_assignments_community", "community_id", "id"),
        UniqueConstraint("template_id", "for_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    how: Mapped[str] = mapped_column(String(8))
    asks: Mapped[str] = mapped_column(String(24))
    due_at: Mapped[datetime]
    # The first deadline, where it was moved.
    moved_from: Mapped[datetime | None]
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"), index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"), index=True)
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"))
    building_id: Mapped[int | None] = mapped_column(ForeignKey("buildings.id"))
    template_id: Mapped[int | None] = mapped_column(ForeignKey("assignment_templates.id"))
    # Of what recurs: for which day it was made.
    for_day: Mapped[date | None]
    words_sealed: Mapped[str | None]

    by: Mapped[User] = relationship()
    resident: Mapped[Resident | None] = relationship()
    building: Mapped[Building | None] = relationship()
    grid: Mapped[Area | None] = relationship(foreign_keys=[grid_id])
    shares: Mapped[list[Share]] = relationship(order_by="Share.id", backref="assignment")
    words = Sealed()

    def move(self, due_at: datetime, why: str, *, by: User, at: datetime) -> None:
        """Another deadline for all who are not done; the first one stays to be seen."""
        if due_at <= at:
            raise Refused(say("新的期限要晚于现在。"))
        self.moved_from = self.moved_from or self.due_at
        self.due_at = due_at
        for share in self.shares:
            if share.is_open:
                share.task.move_deadline(due_at)
                share.note("move", "assignment_moved", why, by=by, at=at, until=due_at)

    def withdraw(self, why: str, *, by: User, at: datetime) -> None:
        """It need not be done any more, by nobody who has not done it yet."""
        for share in self.shares:
            if share.is_open:
                share.withdraw(why, by=by, at=at)


def give(order: Order, to: To, community: Area, *, by: User, at: datetime) -> Assignment:
    """Give work out; everybody meant gets a task of her own. Refused where that is nobody."""
    given = Assignment(
        community_id=community.id,
        by_id=by.id,
        at=at,
        how=to.how,
        asks=order.asks,
        due_at=order.due_at,
        resident_id=order.resident.id if order.resident else None,
        incident_id=order.incident_id,
        grid_id=order.grid.id if order.grid else None,
        building_id=order.building.id if order.building else None,
        template_id=order.template_id,
        for_day=order.for_day,
    )
    given.words = order.words
    receivers = receivers_of(to, community, clock.local_day(order.due_at))
    session.add(given)
    session.flush()
    for receiver in receivers:
        _hand_out(given, order, receiver, by=by, at=at)
    session.flush()
    return given


def give_about_each(
    words: str,
    asks: str,
    wanted: Iterable[tuple[Resident, str]],
    community: Area,
    *,
    due_at: datetime,
    by: User,
    at: datetime,
) -> Assignment | None:
    """One thing given out with a task for each of many people, to whoever has her grid.

    Who has such a task open already is left out, and who has no grid; None where nobody is left.
    """
    under_way = select(Task.resident_id).where(Task.asks == asks, Task.state == "open")
    busy = set(session.scalars(under_way.where(Task.community_id == community.id)))
    people = [(one, said) for one, said in wanted if one.grid_id and one.id not in busy]
    if not people:
        return None
    given = Assignment(
        community_id=community.id, by_id=by.id, at=at, how="grids", asks=asks, due_at=due_at
    )
    given.words = words
    session.add(given)
    session.flush()
    for person, said in people:
        order = Order(said, due_at, asks, resident=person)
        _hand_out(given, order, Receiver(grid=person.grid), about=person, by=by, at=at)
    session.flush()
    return given


def hand_back_all_of(user: User, *, by: User, at: datetime) -> int:
    """Somebody leaves: what was given to her goes to the director. How much that is."""
    hers = select(Share).join(Task, Task.id == Share.task_id)
    hers = hers.where(Task.assignee_id == user.id, Share.state.in_(WITH_HER))
    shares = list(session.scalars(hers.order_by(Share.id)))
    for share in shares:
        share.leave(by=by, at=at)
    return len(shares)


def _hand_out(
    given: Assignment,
    order: Order,
    receiver: Receiver,
    *,
    by: User,
    at: datetime,
    about: Resident | None = None,
) -> None:
    task = tasks.give(
        "assignment",
        order.words,
        by=by,
        at=at,
        due_at=order.due_at,
        event="assignment_given",
        asks=order.asks,
        assignment_id=given.id,
        assignee=receiver.user,
        community_id=given.community_id,
        grid_id=_grid_of(order, receiver, clock.local_day(at)),
        household_id=order.resident.household_id if order.resident else None,
        resident_id=about.id if about else given.resident_id,
    )
    given.shares.append(Share(task=task, given_by_id=by.id, state="given"))


def _grid_of(order: Order, receiver: Receiver, day: date) -> int | None:
    """Where it counts: the grid it went to, or it is about, or the first of her grids."""
    places: Iterable[int | None] = (
        receiver.grid.id if receiver.grid else None,
        order.resident.grid_id if order.resident else None,
        order.building.grid_id if order.building else None,
        order.grid.id if order.grid else None,
    )
    if known := next(filter(None, places), None):
        return known
    hers = receiver.user.grids_on(day) if receiver.user else []
    return hers[0].id if hers else None
