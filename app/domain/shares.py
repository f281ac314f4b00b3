"""One receiver's part of work given out: whose turn it is, and what was said on the way.

Each share is one task of the usual kind. The steps are rows of their own, so that the
whole course can be read.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.events import happened
from app.domain.people import User
from app.domain.tasks import Task
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session
from app.lib.refusal import Refused
from app.lib.words import N_, say

# What counts as done, beside the forms.
ASKS = {"tick": N_("点一下就行"), "note": N_("写一句话"), "photo": N_("附一张照片")}
STATES = {
    "given": N_("未接收"),
    "accepted": N_("已接收"),
    "asked": N_("有疑问"),
    "returned": N_("退回重办"),
    "handed": N_("已交回"),
    "left": N_("人已离开"),
    "done": N_("已办待核"),
    "checked": N_("已核"),
    "withdrawn": N_("已撤回"),
}
WITH_HER = ("given", "accepted", "asked", "returned")
WITH_DIRECTOR = ("handed", "left")
STILL_OPEN = (*WITH_HER, *WITH_DIRECTOR)
# Which state each step may be taken from.
STEPS = {
    "accept": ("given", "asked", "returned"),
    "ask": ("given", "accepted", "asked", "returned"),
    "answer": ("asked",),
    "hand_on": WITH_HER,
    "finish": STILL_OPEN,
    "reopen": ("done",),
    "check": ("done",),
    "send_back": ("done",),
    "give_again": STILL_OPEN,
    "leave": WITH_HER,
    "withdraw": STILL_OPEN,
}


class Share(Uid, db.Model):
    """One receiver's part of an assignment."""

    __tablename__ = "assignment_shares"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), unique=True)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    state: Mapped[str] = mapped_column(String(10), default="given", index=True)
    opened_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    record_id: Mapped[UUID | None] = mapped_column(ForeignKey("records.id"), index=True)

    task: Mapped[Task] = relationship(lazy="joined", back_populates="share")
    steps: Mapped[list["ShareStep"]] = relationship(order_by="ShareStep.id")

    @property
    def is_open(self) -> bool:
        return self.state in STILL_OPEN

    def may(self, step: str) -> bool:
        return self.state in STEPS[step]

    def last(self, step: str) -> "ShareStep | None":
        """The last step of a sort, with what was said."""
        return next((one for one in reversed(self.steps) if one.step == step), None)

    def open(self, *, at: datetime) -> None:
        """Whoever has it looked at it."""
        self.opened_at = self.opened_at or at

    def accept(self, *, by: User, at: datetime) -> None:
        self._take("accept", "assignment_accepted", by=by, at=at)
        self.state, self.accepted_at = "accepted", self.accepted_at or at
        self.open(at=at)

    def ask(self, question: str, *, by: User, at: datetime) -> None:
        """Something must be cleared up first; the director answers."""
        self._take("ask", "assignment_asked_back", question, by=by, at=at)
        self.state = "asked"
        self.open(at=at)

    def answer(self, words: str, *, by: User, at: datetime) -> None:
        self._take("answer", "assignment_answered", words, by=by, at=at)
        self.state = "accepted" if self.accepted_at else "given"

    def hand_on(self, to: User | None, why: str, *, by: User, at: datetime) -> None:
        """To a colleague, who has it as if it had been given to her; else back to the director."""
        if to is None:
            self._take("hand_on", "assignment_handed_back", why, by=by, at=at)
            self._to_director("handed", by=by)
            return
        self._take("hand_on", "assignment_handed_on", why, by=by, at=at, to=to)
        self._to(to)

    def finish(self, record_id: UUID, *, by: User, at: datetime) -> None:
        """A record says that it was done."""
        self._take("finish", "assignment_done", by=by, at=at)
        self.state, self.record_id = "done", record_id
        self.task.finish(record_id, by_id=by.id, at=at)

    def reopen(self, *, by: User, at: datetime) -> None:
        """The record that said so was taken back."""
        self._take("reopen", "assignment_reopened", by=by, at=at)
        self.state, self.record_id = "accepted", None
        self.task.reopen()

    def check(self, note: str = "", *, by: User, at: datetime) -> None:
        self._take("check", "assignment_checked", note, by=by, at=at)
        self.state = "checked"

    def send_back(self, why: str, *, by: User, at: datetime) -> None:
        """Not done as it should be: it stands on her list again, with the words."""
        self._take("send_back", "assignment_returned", why, by=by, at=at)
        self.state, self.record_id = "returned", None
        self.task.reopen()

    def give_again(self, to: User, *, by: User, at: datetime) -> None:
        self._take("give_again", "assignment_given", by=by, at=at, to=to)
        self._to(to)

    def leave(self, *, by: User, at: datetime) -> None:
        """Who had it is here no more: the director has it now."""
        self._take("leave", "assignment_handed_back", by=by, at=at)
        self._to_director("left", by=by)

    def withdraw(self, why: str, *, by: User, at: datetime) -> None:
        self._take("withdraw", "assignment_withdrawn", why, by=by, at=at)
        self.state = "withdrawn"
        self.task.withdraw()

    def note(  # noqa: PLR0913
        self,
        step: str,
        event: str,
        words: str = "",
        *,
        by: User,
        at: datetime,
        to: User | None = None,
        until: datetime | None = None,
    ) -> None:
        """Write a step down, and tell of it."""
        row = ShareStep(step=step, by_id=by.id, at=at, to_id=to.id if to else None, until=until)
        row.words = words or None
        self.steps.append(row)
        data = {"assignment": self.assignment_id} | ({"to": to.id} if to else {})
        happened(event, by=by, at=at, about=self.task, data=data)

    def _take(self, step: str, event: str, words: str = "", **more) -> None:
        if not self.may(step):
            raise Refused(say("这件交办已经到了下一步，请刷新后再看。"))
        self.note(step, event, words, **more)

    def _to(self, user: User) -> None:
        self.task.assignee = user
        self.state, self.opened_at, self.accepted_at = "given", None, None

    def _to_director(self, state: str, *, by: User) -> None:
        self.state = state
        self.task.assignee = director_for(self.task.community_id, self.given_by_id, but=by)


class ShareStep(Uid, db.Model):
    """One step of a share's course: by whom, when, to whom or until when, with which words."""

    __tablename__ = "assignment_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    share_id: Mapped[int] = mapped_column(ForeignKey("assignment_shares.id"), index=True)
    step: Mapped[str] = mapped_column(String(12))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    to_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    until: Mapped[datetime | None]
    words_sealed: Mapped[str | None]

    by: Mapped[User] = relationship(foreign_keys=[by_id])
    to: Mapped[User | None] = relationship(foreign_keys=[to_id])
    words = Sealed()


def share_of(task: Task) -> Share | None:
    """The share that a task is; None for a task of another kind."""
    return task.share if task.kind == "assignment" else None


def share_done_by(record_id: UUID) -> Share | None:
    """The share that a record did."""
    return session.scalar(select(Share).where(Share.record_id == record_id))


def director_for(community_id: int, giver_id: int, but: User | None = None) -> User | None:
    """Who decides on it: who gave it, if she is still the director there; else another one."""
    here = select(User).where(User.role == "director", User.area_id == community_id)
    here = list(session.scalars(here.where(User.active).order_by(User.id)))
    first = [user for user in here if user.id == giver_id]
    rest = [user for user in here if but is None or user.id != but.id]
    return next(iter([*first, *rest]), None)
