"""What somebody is told of: one message per person and thing, and each way it was tried.

A message is open until it was read, lost its point, or no way is left by which it
could arrive; then it is shown to the director as undelivered. Which kinds there are,
who is told and when: app/notify.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.events import happened
from app.domain.people import User
from app.lib import clock
from app.lib.db import Uid, db, session
from app.lib.words import N_

URGENCIES = {"normal": N_("一般"), "high": N_("重要"), "urgent": N_("紧急")}
CHANNELS = {
    "in_app": N_("应用内"),
    "push": N_("手机推送"),
    "robot": N_("工作群机器人"),
    "sms": N_("短信"),
}
STATES = {
    "open": N_("未读"),
    "read": N_("已读"),
    "pointless": N_("不用再看"),
    "undelivered": N_("未送达"),
}
# That no way brought it to her makes it no more seen.
UNREAD = ("open", "undelivered")
KEPT_FOR, A_DAY = timedelta(days=90), timedelta(days=1)
BY_PHONE = N_("已电话告知")
# What a message may be about; each is a column of the same name in `events`, or of its own.
ABOUT = ("task_id", "incident_id", "record_id", "case_id", "resident_id", "notice_id", "list_id")


class Message(Uid, db.Model):
    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_messages_person_state", "person_id", "state", "id"),
        Index("ix_messages_next", "state", "next_at"),
        Index("ix_messages_community_state", "community_id", "state", "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    community_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"))
    kind: Mapped[str] = mapped_column(String(24))
    # What it tells, so that nobody is told the same thing twice.
    key: Mapped[str] = mapped_column(String(80))
    event_id: Mapped[int | None]
    task_id: Mapped[int | None] = mapped_column(index=True)
    incident_id: Mapped[int | None] = mapped_column(index=True)
    record_id: Mapped[UUID | None] = mapped_column(index=True)
    case_id: Mapped[int | None] = mapped_column(index=True)
    resident_id: Mapped[int | None]
    notice_id: Mapped[int | None] = mapped_column(index=True)
    list_id: Mapped[int | None] = mapped_column(index=True)
    # How many things it speaks of: a list of the morning stands for many.
    n: Mapped[int] = mapped_column(default=1)
    urgency: Mapped[str] = mapped_column(String(8), default="normal")
    made_at: Mapped[datetime]
    tell_until: Mapped[datetime]
    # When the post room looks at it next, and when that was decided (a clock may jump).
    next_at: Mapped[datetime]
    moved_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(12), default="open")
    why: Mapped[str] = mapped_column(String(60), default="")

    person: Mapped[User] = relationship()
    deliveries: Mapped[list["Delivery"]] = relationship(
        order_by="Delivery.id", back_populates="message"
    )

    @property
    def path(self) -> str:
        """Where a tap on it leads: on to what it is about, and it counts as opened."""
        return f"/messages/{self.uid}"

    def look_again(self, next_at: datetime, *, at: datetime) -> None:
        """The post room has seen to it for now."""
        self.next_at, self.moved_at = next_at, at

    def open(self, *, at: datetime) -> None:
        """Its person tapped it."""
        self.opened_at = self.opened_at or at
        self.read(at=at)

    def read(self, *, at: datetime) -> None:
        """Its person has seen it, here or where it leads."""
        self.read_at = self.read_at or at
        if self.state in UNREAD:
            self.state, self.why = "read", ""

    def try_again(self, *, at: datetime) -> None:
        """Every way is tried anew, from the first; it is worth telling for another day."""
        self.state, self.why = "open", ""
        self.tell_until = max(self.tell_until, at + A_DAY)
        for one in self.deliveries:
            one.state, one.attempts, one.lost, one.arrived_at = "again", 0, 0, None
        self.look_again(at, at=at)

    def lose_point(self, why: str) -> None:
        """Nobody need be told any more: it was done, or something newer says the same."""
        self.state, self.why = "pointless", why

    def give_up(self, why: str, *, at: datetime) -> None:
        """No way is left: the director reaches its person otherwise."""
        self.state, self.why, self.moved_at = "undelivered", why, at

    def take_up_again(self, *, at: datetime) -> None:
        """It was given up by a clock that has since been set back."""
        self.state, self.why = "open", ""
        self.look_again(at, at=at)


class Delivery(Uid, db.Model):
    """One way by which a message was tried; those of one `batch` travelled as one parcel."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("message_id", "channel"),
        Index("ix_deliveries_batch", "batch"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    channel: Mapped[str] = mapped_column(String(8))
    # Which phone or robot took it.
    target: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[str] = mapped_column(String(8), default="leased")
    batch: Mapped[UUID | None]
    # Whose lease it is under: a late word of an earlier one counts no more.
    lease: Mapped[UUID | None]
    attempts: Mapped[int] = mapped_column(default=0)
    # How often nobody knows whether it went out: somebody died between sending and marking.
    lost: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(String(200), default="")

    message: Mapped[Message] = relationship(back_populates="deliveries")


class PostBox(db.Model):
    """A person's post: when she wants quiet, and who of the post room is at it just now."""

    __tablename__ = "post_boxes"

    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    # Her own quiet hours; the community's rule where she has set none.
    quiet_from: Mapped[time | None]
    quiet_to: Mapped[time | None]
    lease: Mapped[UUID | None]
    leased_until: Mapped[datetime | None]
    # When something last went out to her.
    rang_at: Mapped[datetime | None]


def messages_of(person: User) -> Select:
    """What somebody was told, the latest first."""
    mine = select(Message).where(Message.person_id == person.id)
    return mine.order_by(Message.made_at.desc(), Message.id.desc())


def unread_of(person: User) -> Select:
    """What she has not seen."""
    return messages_of(person).where(Message.state.in_(UNREAD))


def post_box_of(person_id: int) -> PostBox:
    """Somebody's post box; it is made when it is first needed."""
    box = session.get(PostBox, person_id)
    if box is None:
        box = PostBox(person_id=person_id)
        session.add(box)
    return box


def message_of(person: User, uid: UUID) -> Message | None:
    """One of hers by its public id; None where she has none such."""
    return session.scalar(messages_of(person).where(Message.uid == uid))


def read_all(
    person: User, *, at: datetime, kinds: Iterable[str] | None = None, upto: int | None = None
) -> int:
    """She has seen all of it, or what is of some kinds, or not newer than `upto`; how many."""
    hers = update(Message).where(Message.person_id == person.id, Message.state.in_(UNREAD))
    if kinds is not None:
        hers = hers.where(Message.kind.in_(list(kinds)))
    if upto is not None:
        hers = hers.where(Message.id <= upto)
    seen = hers.values(state="read", why="", read_at=func.coalesce(Message.read_at, at))
    return session.execute(seen, execution_options={"synchronize_session": "fetch"}).rowcount


def undelivered_to(person: User) -> list[Message]:
    """What no way brought to her, the oldest first."""
    hers = messages_of(person).where(Message.state == "undelivered")
    return list(session.scalars(hers.order_by(None).order_by(Message.made_at, Message.id)))


def send_again(person: User, *, by: User, at: datetime) -> int:
    """Try all that did not reach her once more; how many messages that is."""
    found = undelivered_to(person)
    for message in found:
        message.try_again(at=at)
    if found:
        happened("told_again", by=by, at=at, community_id=person.area_id, data={"n": len(found)})
    return len(found)


def told_by_phone(person: User, *, by: User, at: datetime) -> int:
    """Somebody has told her all of it; how many messages that was."""
    found = undelivered_to(person)
    for message in found:
        message.read(at=at)
        message.why = BY_PHONE
    if found:
        data = {"n": len(found)}
        happened("told_by_phone", by=by, at=at, community_id=person.area_id, data=data)
    return len(found)


def drop_old_messages(*, at: datetime) -> int:
    """Forget after a quarter of a year what was told, and how; never what nobody has seen yet."""
    old = Message.state.not_in(UNREAD) & (Message.made_at < at - KEPT_FOR)
    told = select(Message.id).where(old)
    session.execute(delete(Delivery).where(Delivery.message_id.in_(told)))
    return session.execute(delete(Message).where(old)).rowcount


def make_post_boxes(person_ids: Iterable[int]) -> None:
    """A post box for everybody who has none."""
    has = select(PostBox.person_id).where(PostBox.person_id == User.id)
    new = select(User.id).where(User.id.in_(list(person_ids)), ~has.exists())
    if ids := list(session.scalars(new)):
        with suppress(IntegrityError), session.begin_nested():  # somebody was faster
            session.execute(insert(PostBox), [{"person_id": one} for one in ids])


def quiet_hours_of(person: User) -> tuple[time | None, time | None]:
    """Her own quiet hours; None twice where the community's rule holds."""
    box = session.get(PostBox, person.id)
    return (box.quiet_from, box.quiet_to) if box else (None, None)


def keep_quiet(person: User, begins: time | None, ends: time | None, *, at: datetime) -> None:
    """Her own quiet hours, on the wall clock; None for the community's again."""
    box = post_box_of(person.id)
    box.quiet_from, box.quiet_to = begins, ends
    for message in session.scalars(unread_of(person).where(Message.state == "open")):
        message.look_again(min(message.next_at, at), at=at)


def is_quiet(moment: datetime, begins: time, ends: time) -> bool:
    """Whether a moment lies in the quiet hours, which may go past midnight."""
    now = clock.local(moment).time()
    if begins <= ends:
        return begins <= now < ends
    return now >= begins or now < ends
