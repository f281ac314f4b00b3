"""Notices: a text with its time, link and files, to whom it goes, and who has read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.events import happened
from app.domain.people import User, workers_of
from app.domain.places import Area
from app.domain.receivers import To, receivers_of
from app.lib import clock
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session
from app.lib.refusal import Refused
from app.lib.words import say


@dataclass(frozen=True, slots=True)
class Draft:
    """What a notice says: `remind` is how long before `starts_at` everybody is reminded."""

    title: str
    words: str = ""
    starts_at: datetime | None = None
    link: str = ""
    remind: timedelta | None = None


class Notice(Uid, db.Model):
    """One notice."""

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_community", "community_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    how: Mapped[str] = mapped_column(String(8))
    starts_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    title_sealed: Mapped[str | None]
    words_sealed: Mapped[str | None]
    link_sealed: Mapped[str | None]

    by: Mapped[User] = relationship()
    readers: Mapped[list["NoticeReader"]] = relationship(
        order_by="NoticeReader.id", back_populates="notice"
    )
    title = Sealed()
    words = Sealed()
    link = Sealed()

    @property
    def unread(self) -> list["NoticeReader"]:
        """Who has not read it and still belongs to the community."""
        return [reader for reader in self.readers if not reader.read_at and reader.is_here]

    def remind_unread(self, *, by: User, at: datetime) -> int:
        """Remind everybody who has not read it; how many."""
        waiting = self.unread
        for reader in waiting:
            reader.reminded_at = at
        if waiting:
            to = [reader.user_id for reader in waiting]
            self._tell("notice_reminded", by=by, at=at, to=to)
        return len(waiting)

    def withdraw(self, *, by: User, at: datetime) -> None:
        """It does not hold any more: it stands on nobody's list."""
        if self.withdrawn_at:
            raise Refused(say("这条通知已经撤回。"))
        self.withdrawn_at = at
        self._tell("notice_withdrawn", by=by, at=at)

    def _tell(self, kind: str, *, by: User | None, at: datetime, **data: object) -> None:
        data = {"notice": self.id} | data
        happened(kind, by=by, at=at, about=self, data=data)


class NoticeReader(db.Model):
    """One to whom a notice goes."""

    __tablename__ = "notice_readers"
    __table_args__ = (UniqueConstraint("notice_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    read_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]

    notice: Mapped[Notice] = relationship(back_populates="readers")
    user: Mapped[User] = relationship(lazy="joined")

    @property
    def is_here(self) -> bool:
        """Whether she works in that community still."""
        return self.user.active and self.user.area_id == self.notice.community_id


def give_notice(draft: Draft, to: To, community: Area, *, by: User, at: datetime) -> Notice:
    """Tell everybody meant. Refused where that is nobody, or its time is over."""
    if draft.starts_at and draft.starts_at <= at:
        raise Refused(say("时间要晚于现在。"), {"starts_at": [say("时间要晚于现在。")]})
    notice = Notice(community_id=community.id, by_id=by.id, at=at, how=to.how)
    notice.starts_at = draft.starts_at
    if draft.starts_at and draft.remind:
        notice.remind_at = max(draft.starts_at - draft.remind, at)
    notice.title, notice.words, notice.link = draft.title, draft.words or None, draft.link or None
    notice.readers = [NoticeReader(user=user) for user in _people(to, community, at)]
    session.add(notice)
    session.flush()
    notice._tell("notice_given", by=by, at=at)
    return notice


def read_notice(notice_id: int, *, by: User, at: datetime) -> Notice:
    """She has read it; said twice it counts from the first time. Refused where it is not hers."""
    mine = NoticeReader.notice_id == notice_id, NoticeReader.user_id == by.id
    reader = session.scalar(select(NoticeReader).where(*mine))
    if reader is None:
        raise Refused(say("没有找到这条通知。"))
    if reader.read_at is None:
        reader.read_at = at
        reader.notice._tell("notice_read", by=by, at=at)
    return reader.notice


def unread_of(user: User) -> list[Notice]:
    """What she has not read: what begins soonest first, then the newest."""
    rows = _hers(user).where(NoticeReader.read_at.is_(None))
    found = list(session.scalars(rows.order_by(Notice.id.desc())))
    return sorted(found, key=lambda one: (one.starts_at is None, one.starts_at or one.at))


def notices_of(user: User, *, most: int = 30) -> list[tuple[Notice, datetime | None]]:
    """The last notices to her, each with when she read it."""
    rows = _hers(user).add_columns(NoticeReader.read_at).order_by(Notice.id.desc()).limit(most)
    return [(notice, read_at) for notice, read_at in session.execute(rows)]


def remind_before(*, at: datetime) -> int:
    """Note for every notice whose hour of reminding has come that it has; how many."""
    rows = select(Notice).where(Notice.remind_at <= at, Notice.reminded_at.is_(None))
    due = list(session.scalars(rows.where(Notice.withdrawn_at.is_(None))))
    for notice in due:
        notice.reminded_at = at
        if notice.starts_at and notice.starts_at > at:  # nobody is called to what is over
            notice._tell("notice_reminded", by=None, at=at)
    return len(due)


def _hers(user: User):
    rows = select(Notice).join(NoticeReader, NoticeReader.notice_id == Notice.id)
    hers = NoticeReader.user_id == user.id, Notice.community_id == user.area_id
    return rows.where(*hers, Notice.withdrawn_at.is_(None))


def _people(to: To, community: Area, at: datetime) -> Iterable[User]:
    """Each once; of a grid whoever works in it today."""
    receivers = receivers_of(to, community, clock.local_day(at))
    people = {one.user.id: one.user for one in receivers if one.user}
    grids = [one.grid.id for one in receivers if one.grid]
    people |= {user.id: user for _grid, user in workers_of(grids, clock.local_day(at))}
    if not people:
        raise Refused(say("这些网格现在没有网格员。"))
    return people.values()
