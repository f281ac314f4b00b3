"""One thing for somebody to do by a time.

Most tasks are written by `app.domain.plan` from the rules; a director gives out
others, and a returned record becomes one for its author. A task is never ticked
off: it is done because a record says so, and open again when that record is
withdrawn.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.cases import Case
from app.domain.events import happened
from app.domain.people import User
from app.domain.places import Household
from app.domain.residents import Resident
from app.lib import clock
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session
from app.lib.refusal import Refused
from app.lib.words import N_, say
from app.policy.plan import TASKS

# Kinds that no plan makes: a director's question, an incident, work she gives out, somebody to
# be checked and what follows from it.
OTHER_KINDS = {
    "answer": N_("答复退回的登记"),
    "incident": N_("处理突发事件"),
    "assignment": N_("交办"),
    "check": N_("信息核查"),
    "follow": N_("核查后续"),
    "propose": N_("建议"),
}
KINDS = TASKS | OTHER_KINDS
# Stands on the list of the day it comes up, though the rules give it longer.
AT_ONCE = ("verify", "check", "follow")
STATES = {"open": N_("未完成"), "done": N_("已完成"), "withdrawn": N_("不再需要")}


class Task(Uid, db.Model):
    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("case_id", "step"),
        Index("ix_tasks_grid_open", "grid_id", "state", "due_at"),
        Index("ix_tasks_community_open", "community_id", "state", "due_day"),
        Index("ix_tasks_done_day", "community_id", "done_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    step: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10), default="open")
    rule: Mapped[str] = mapped_column(String(80), default="")
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), index=True)
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"), index=True)
    check_id: Mapped[int | None] = mapped_column(ForeignKey("checks.id"), index=True)
    about_record_id: Mapped[UUID | None] = mapped_column(ForeignKey("records.id"), index=True)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime]
    due_day: Mapped[date]
    done_at: Mapped[datetime | None]
    done_day: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    record_id: Mapped[UUID | None] = mapped_column(ForeignKey("records.id"))
    attempts: Mapped[int] = mapped_column(default=0)
    last_attempt_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    carried_from: Mapped[date | None]
    carried_why: Mapped[str] = mapped_column(String(24), default="")
    # What counts as done in work given out: tick, note, photo, or the key of a record kind.
    asks: Mapped[str] = mapped_column(String(24), default="")
    # The first deadline, where it was moved.
    moved_from: Mapped[datetime | None]
    words_sealed: Mapped[str | None]

    case: Mapped[Case | None] = relationship()
    household: Mapped[Household | None] = relationship()
    resident: Mapped[Resident | None] = relationship()
    assignee: Mapped[User | None] = relationship(foreign_keys=[assignee_id])
    # Of work given out: whose turn it is (app/domain/shares.py).
    share: Mapped[Any] = relationship("Share", back_populates="task", uselist=False)
    # Of a check: whom it is about (app/domain/checks.py).
    check: Mapped[Any] = relationship("Check", back_populates="tasks")
    words = Sealed()

    def set_window(self, opens_at: datetime, due_at: datetime) -> None:
        """When it may be done and must be done; `due_day` is the day on whose list it stands."""
        self._take(window(self.kind, opens_at, due_at))

    def is_late(self, now: datetime) -> bool:
        return (self.done_at or now) > self.due_at

    def finish(self, record_id: UUID | None, *, by_id: int | None, at: datetime) -> None:
        """Mark it done by the record that says so; `at` is when it was done, not received."""
        self._take(finished(record_id, by_id=by_id, at=at))

    def reopen(self) -> None:
        self.state = "open"
        self.record_id = self.done_by_id = self.done_at = self.done_day = None

    def withdraw(self) -> None:
        self.state = "withdrawn"

    def note_attempt(self, next_try: timedelta, *, by: User, at: datetime) -> None:
        """Nobody was reached: count the attempt and say when to try again."""
        self.attempts += 1
        self.last_attempt_at, self.next_try_at = at, at + next_try
        happened("not_reached", by=by, at=at, about=self, data={"attempt": self.attempts})

    def forget_attempt(self) -> None:
        """The attempt was noted by mistake: one less, and the next try is due now."""
        self.attempts = max(self.attempts - 1, 0)
        self.last_attempt_at = self.next_try_at = None

    def remind(self, *, by: User, at: datetime) -> None:
        self.reminded_at = at
        happened("task_reminded", by=by, at=at, about=self, data={"kind": self.kind})

    def reassign(self, assignee: User, *, by: User, at: datetime) -> None:
        """Give this one task to somebody else of the community; the grid stays whose it is."""
        if assignee.area_id != self.community_id:
            raise Refused(say("只能改派给本社区的人。"))
        self.assignee = assignee
        happened("task_reassigned", by=by, at=at, about=self, data={"to": assignee.id})

    def move_deadline(self, due_at: datetime) -> None:
        """Another deadline; the first one stays with it."""
        self.moved_from = self.moved_from or self.due_at
        self.set_window(self.opens_at, due_at)

    def carry_over(self, day: date, why: str, *, by: User, at: datetime) -> None:
        """Leave it for the next day with a reason; its deadline stays what it was."""
        self.carried_from, self.carried_why = day, why
        happened("task_carried", by=by, at=at, about=self, data={"day": str(day), "why": why})

    def _take(self, columns: dict[str, Any]) -> None:
        for name, value in columns.items():
            setattr(self, name, value)


def window(kind: str, opens_at: datetime, due_at: datetime) -> dict[str, Any]:
    """The columns that say when a task of a kind may be done and must be done."""
    listed = clock.local_day(opens_at if kind in AT_ONCE else due_at)
    return {"opens_at": opens_at, "due_at": due_at, "due_day": listed}


def finished(record_id: UUID | None, *, by_id: int | None, at: datetime) -> dict[str, Any]:
    """The columns of a task that is done by a record."""
    done = {"state": "done", "record_id": record_id, "done_by_id": by_id}
    return done | {"done_at": at, "done_day": clock.local_day(at)}


def give(
    kind: str,
    words: str,
    *,
    by: User,
    at: datetime,
    due_at: datetime,
    event: str = "task_given",
    **about,
) -> Task:
    """Hand out something no plan asks for. `about` names grid, assignee, resident, record…"""
    task = Task(kind=kind, step=f"{kind}:{clock.local(at):%Y%m%d%H%M%S%f}", state="open", **about)
    task.words = words
    task.set_window(at, due_at)
    session.add(task)
    session.flush()
    happened(event, by=by, at=at, about=task, data={"kind": kind})
    return task
