"""Whole names and numbers on their way out of the house: asked for, approved, made, gone.

What may leave masked needs none of this (it is marked and audited only). Few people
one person may take along alone; for more somebody else says yes. The file lies sealed
and encrypted until its hours are over; how it is made stands in app/exchange/outgoing.py.
"""

import base64
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, func, select, update
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from app.domain import audit, regime
from app.domain.events import happened
from app.domain.people import User
from app.domain.places import Area
from app.lib import clock
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session
from app.lib.refusal import Refused
from app.lib.words import N_, say

STATES = {
    "asked": N_("等第二个人批准"),
    "approved": N_("可以取件"),
    "made": N_("已生成"),
    "declined": N_("没有批准"),
    "gone": N_("已到期删除"),
}
LONGEST_REASON = 100
A_DAY = timedelta(days=1)
OWN = N_("不能批准自己的申请，请另一位负责人或上级来批。")
SETTLED = N_("这份申请已经处理过了。")


class Export(Uid, db.Model):
    """One asking for whole names and numbers. `road` and `what` say what of."""

    __tablename__ = "exports"
    __table_args__ = (
        Index("ix_exports_community", "community_id", "id"),
        Index("ix_exports_ends", "state", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    road: Mapped[str] = mapped_column(String(12))
    what: Mapped[dict[str, Any]] = mapped_column(JSON)
    people: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    made_at: Mapped[datetime | None]
    # When the asking lapses; from when it is made, when the file does.
    ends_at: Mapped[datetime]
    reason_sealed: Mapped[str | None]
    answer_sealed: Mapped[str | None]
    content_text_sealed: Mapped[str | None]

    by: Mapped[User] = relationship(foreign_keys=[by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    community: Mapped[Area] = relationship()
    reason = Sealed()
    answer = Sealed()
    content_text = Sealed()

    def state_at(self, now: datetime) -> str:
        """Its state; what is past its hour is gone, whether or not it has been tidied away."""
        lives = self.state in ("asked", "approved", "made")
        return "gone" if lives and self.ends_at <= now else self.state

    def content(self, now: datetime) -> bytes | None:
        """The encrypted file; None before it is made and after its hours."""
        held = self.content_text if self.state_at(now) == "made" else None
        return base64.b64decode(held) if held else None

    def approve(self, *, by: User, at: datetime) -> None:
        """A second person says yes. Refused for one's own asking and for a settled one."""
        self._decide("approved", by=by, at=at)
        self.ends_at = at + self._hours("asked_h", at)
        happened("export_approved", by=by, at=at, community_id=self.community_id, data=self._told())

    def decline(self, words: str, *, by: User, at: datetime) -> None:
        """A second person says no, and why."""
        if not words:
            raise Refused(say("不批准要写一句为什么。"))
        self._decide("declined", by=by, at=at)
        self.answer = words
        happened("export_declined", by=by, at=at, community_id=self.community_id, data=self._told())

    def keep(self, content: bytes, people: int, *, at: datetime) -> None:
        """Keep the encrypted file for its hours; a new one takes the place of the old."""
        self.refuse_unless_allowed(at)
        if people > self.people and people > _alone(self.community, at):
            words = N_("人数已从 %(then)s 变成 %(now)s，请重新申请。")
            raise Refused(say(words, then=self.people, now=people))
        if self.state == "approved":
            self.made_at, self.ends_at = at, at + self._hours("file_h", at)
        self.state, self.people = "made", people
        self.content_text = base64.b64encode(content).decode()

    def refuse_unless_allowed(self, now: datetime) -> None:
        """Refused while nobody has said yes, and when its hours are over."""
        if self.state_at(now) not in ("approved", "made"):
            raise Refused(say("这份导出现在不能取件。"))

    def _decide(self, state: str, *, by: User, at: datetime) -> None:
        if by.id == self.by_id:
            raise Refused(say(OWN))
        if self.state_at(at) != "asked":
            raise Refused(say(SETTLED))
        self.state, self.decided_by_id, self.decided_at = state, by.id, at
        said = f"{state} {self.people} 人"
        audit.note("export_decided", by=by, at=at, target=f"export:{self.id}", reason=said)

    def _hours(self, name: str, at: datetime) -> timedelta:
        return timedelta(hours=getattr(_rule(self.community, at), name))

    def _told(self) -> dict[str, Any]:
        return {"export": self.id, "to": self.by_id, "n": self.people}


def ask(
    road: str, what: dict[str, Any], community: Area, people: int, *, reason: str, by: User,
    at: datetime,
) -> Export:  # fmt: skip
    """Ask for whole names; few people's may be taken at once, for more a second person is told."""
    if not reason.strip():
        raise Refused(say("要导出完整信息，请先写明用途。"))
    rule = _rule(community, at)
    alone = people + alone_within_a_day(by, at=at) <= rule.alone_people
    asked = Export(
        community_id=community.id,
        road=road,
        what=what,
        people=people,
        state="approved" if alone else "asked",
        by_id=by.id,
        asked_at=at,
        ends_at=at + timedelta(hours=rule.asked_h),
    )
    asked.reason = reason.strip()[:LONGEST_REASON]
    session.add(asked)
    session.flush()
    if not alone:
        happened("export_asked", by=by, at=at, community_id=community.id, data=asked._told())
    return asked


def alone_within_a_day(user: User, *, at: datetime) -> int:
    """Of how many people somebody has asked for whole names alone within the last 24 hours."""
    taken = select(func.sum(Export.people)).where(Export.by_id == user.id)
    taken = taken.where(Export.decided_at.is_(None), Export.state.in_(("approved", "made", "gone")))
    return session.scalar(taken.where(Export.asked_at > at - A_DAY)) or 0


def exports_of(community: Area, most: int = 50) -> list[Export]:
    """What was asked for in a community, the newest first."""
    wanted = select(Export).where(Export.community_id == community.id)
    return _with_people(wanted.order_by(Export.id.desc()).limit(most))


def export_below(area: Area, export_id: int) -> Export | None:
    """One that was asked for at a place or under it; None for any other."""
    under = select(Area.id).where(Area.path.startswith(area.path))
    wanted = select(Export).where(Export.id == export_id, Export.community_id.in_(under))
    return session.scalar(wanted)


def under_way(area: Area, *, at: datetime) -> list[Export]:
    """What waits for a second person at a place or under it, or was approved and not fetched."""
    under = select(Area.id).where(Area.path.startswith(area.path))
    waits = select(Export).where(Export.community_id.in_(under), Export.ends_at > at)
    approved = (Export.state == "approved") & Export.decided_at.is_not(None)
    return _with_people(waits.where((Export.state == "asked") | approved).order_by(Export.id))


def drop_dead(*, at: datetime) -> int:
    """Delete the files whose hours are over, and let lapse what nobody answered; how many."""
    lives = Export.state.in_(("asked", "approved", "made"))
    over = update(Export).where(lives, Export.ends_at <= at)
    return session.execute(over.values(state="gone", content_text_sealed=None)).rowcount


def _with_people(wanted: Any) -> list[Export]:
    return list(
        session.scalars(wanted.options(joinedload(Export.by), joinedload(Export.community)))
    )


def _alone(community: Area, at: datetime) -> int:
    return _rule(community, at).alone_people


def _rule(community: Area, at: datetime) -> Any:
    return regime.numbers("export", "full", community, clock.local_day(at))
