"""How a community words its daily report and its message to the group chat: text with fields.

The text is sealed, for people write names into it. What a field may be called, and what
it says, is the reports' business (app/reports/report_fields.py).
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.people import User
from app.domain.places import Area
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session
from app.lib.words import N_

KINDS = {"report": N_("日报"), "relay": N_("发群的一句话")}


class ReportWording(Uid, db.Model):
    """The wording of one community for one kind of text."""

    __tablename__ = "report_wordings"
    __table_args__ = (UniqueConstraint("community_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    kind: Mapped[str] = mapped_column(String(8))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    words_sealed: Mapped[str | None]

    by: Mapped[User] = relationship()
    words = Sealed()


def wording_of(community: Area, kind: str) -> ReportWording | None:
    """The community's own wording; None where it uses ours."""
    wanted = select(ReportWording).where(ReportWording.community_id == community.id)
    return session.scalar(wanted.where(ReportWording.kind == kind))


def keep_wording(
    community: Area, kind: str, words: str, *, by: User, at: datetime
) -> ReportWording:
    """Take a wording; what stood before is replaced."""
    kept = wording_of(community, kind)
    if kept is None:
        kept = ReportWording(community_id=community.id, kind=kind)
        session.add(kept)
    kept.words, kept.by_id, kept.at = words, by.id, at
    return kept


def drop_wording(community: Area, kind: str) -> None:
    """Back to ours."""
    mine = ReportWording.community_id == community.id, ReportWording.kind == kind
    session.execute(delete(ReportWording).where(*mine))
