"""What somebody was before: her role and place until an admin changed them.

Work may reach us days after it was done, from a phone that had no signal. Where it
belongs is told by what its author was when she did it, not by what she is now.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.people import User
from app.domain.places import Area
from app.lib.db import db, session

# The roles that belong to one community.
OF_A_COMMUNITY = ("worker", "director")


@dataclass(frozen=True, slots=True)
class Posting:
    """A role at a place."""

    role: str
    area: Area | None

    @property
    def community(self) -> Area | None:
        """The community of a worker or director; None for anybody else."""
        belongs = self.area is not None and self.role in OF_A_COMMUNITY
        return self.area.up_to("community") if belongs else None


class FormerPosting(db.Model):
    """A posting that ended, and when."""

    __tablename__ = "former_postings"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"))
    until: Mapped[datetime]

    area: Mapped[Area | None] = relationship()

    @property
    def posting(self) -> Posting:
        return Posting(self.role, self.area)


def posting_of(user: User) -> Posting:
    """What she is now."""
    return Posting(user.role, user.area)


def former_postings(user: User) -> list[FormerPosting]:
    """What she was before, the earliest first."""
    rows = select(FormerPosting).where(FormerPosting.user_id == user.id)
    return list(session.scalars(rows.order_by(FormerPosting.until, FormerPosting.id)))


def note_former(user: User, *, at: datetime) -> None:
    """Keep what she was until now; to be called before it is changed."""
    session.add(FormerPosting(user_id=user.id, role=user.role, area_id=user.area_id, until=at))
