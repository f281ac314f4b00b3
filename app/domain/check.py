"""One person to be verified: tried, found or not, asked again.

A stranger, who is on no roll, is known by what the lists said of him (`who`).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.events import happened
from app.domain.people import User
from app.domain.places import Area, Household
from app.domain.pushed import ListRow
from app.domain.residents import Resident
from app.domain.tasks import Task
from app.lib import masking
from app.lib.crypto import SealedJson
from app.lib.db import Uid, db
from app.lib.refusal import Refused
from app.lib.words import N_, say
from app.policy.checks import DOOR, PHONE, Try

STATES = {"open": N_("待核"), "done": N_("已核"), "withdrawn": N_("已撤回")}


class Check(Uid, db.Model):
    """One open need to verify one person."""

    __tablename__ = "checks"
    __table_args__ = (
        Index("ix_checks_community_state", "community_id", "state"),
        Index("ix_checks_grid_state", "grid_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), index=True)
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="open")
    outcome: Mapped[str] = mapped_column(String(24), default="")
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    record_id: Mapped[UUID | None] = mapped_column(ForeignKey("records.id"), index=True)
    tries: Mapped[int] = mapped_column(default=0)
    # By which ways nobody was reached so far, the first first: phone, phone, door.
    tried: Mapped[list[str]] = mapped_column(db.JSON, default=list)
    next_try_at: Mapped[datetime | None]
    next_way: Mapped[str] = mapped_column(String(8), default=PHONE)
    id_number_index: Mapped[str | None] = mapped_column(String(32), index=True)
    person_index: Mapped[str | None] = mapped_column(String(32), index=True)
    who_sealed: Mapped[str | None]

    resident: Mapped[Resident | None] = relationship()
    household: Mapped[Household | None] = relationship()
    grid: Mapped[Area | None] = relationship(foreign_keys=[grid_id])
    community: Mapped[Area] = relationship(foreign_keys=[community_id])
    rows: Mapped[list[ListRow]] = relationship(back_populates="check", order_by=ListRow.id)
    tasks: Mapped[list[Task]] = relationship(back_populates="check", order_by=Task.id)
    who = SealedJson()

    @property
    def task(self) -> Task:
        """The task of checking; what follows from it comes later."""
        return next(task for task in self.tasks if task.kind == "check")

    @property
    def name(self) -> str:
        return self.resident.name if self.resident else self.who.get("name", "")

    @property
    def masked_name(self) -> str:
        if self.resident:
            return self.resident.masked_name
        return masking.mask_name(self.name) if self.name else ""

    @property
    def phone(self) -> str | None:
        """What the newest list says, else what the roll knows."""
        told = self.who.get("phone")
        return told or (self.resident.phone if self.resident else None)

    @property
    def masked_phone(self) -> str:
        phone = self.phone
        return masking.mask_phone(phone) if phone else ""

    def try_again(self, way: str, following: Try | None, *, by: User, at: datetime) -> None:
        """Nobody was reached by `way`; `following` says when and how next, None: no more."""
        self.tried = [*self.tried, way]
        self._count(at)
        self._follow(following)
        happened("check_tried", by=by, at=at, about=self.task, data={"tries": self.tries})

    def forget_try(self, *, by: User, at: datetime) -> None:
        """The last try was noted by mistake: it is due now, by the same way."""
        self.next_way = self.tried[-1] if self.tried else PHONE
        self.tried = self.tried[:-1]
        self._count(None)
        self.next_try_at = self.task.next_try_at = None
        happened("check_asked", by=by, at=at, about=self.task)

    def finish(self, outcome: str, record_id: UUID, *, by: User, at: datetime) -> None:
        """Somebody answered, or nobody will: a record says so."""
        self.state, self.outcome, self.closed_at = "done", outcome, at
        self.record_id, self.next_try_at = record_id, None
        self.task.finish(record_id, by_id=by.id, at=at)
        happened("check_answered", by=by, at=at, about=self.task, data={"outcome": outcome})

    def reopen(self, *, by: User, at: datetime) -> None:
        """The record that said so was taken back."""
        self.state, self.outcome, self.closed_at, self.record_id = "open", "", None, None
        self.task.reopen()
        happened("check_asked", by=by, at=at, about=self.task)

    def ask_again(self, *, by: User, at: datetime) -> None:
        """Who was not reached, or did not answer, is asked once more; what was tried stays told."""
        if self.state == "withdrawn":
            raise Refused(say("这项核查已经撤回。"))
        if self.state == "done":
            self.reopen(by=by, at=at)
        self.tried, self.next_try_at = [], None
        self.next_way = PHONE if self.phone else DOOR
        self._count(None)
        self.task.next_try_at = None

    def withdraw(self, *, by: User, at: datetime) -> None:
        """No list asks for it any more, and nobody has worked on it."""
        self.state, self.closed_at = "withdrawn", at
        self.task.withdraw()
        happened("check_withdrawn", by=by, at=at, about=self.task)

    def _count(self, at: datetime | None) -> None:
        self.tries = self.task.attempts = len(self.tried)
        self.task.last_attempt_at = at

    def _follow(self, following: Try | None) -> None:
        self.next_way = following.way if following else self.next_way
        self.next_try_at = self.task.next_try_at = following.at if following else None
