"""How a sender's columns were matched: what a person corrected once counts for his next file."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.people import User
from app.domain.places import Area
from app.lib.db import db, session


class ColumnMatch(db.Model):
    """`columns`: what a column is called (or ``#4``) → what it holds, or nothing."""

    __tablename__ = "column_matches"
    __table_args__ = (UniqueConstraint("community_id", "kind", "sender"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    kind: Mapped[str] = mapped_column(String(12))
    sender: Mapped[str] = mapped_column(String(60))
    columns: Mapped[dict[str, str]] = mapped_column(db.JSON, default=dict)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


def remembered(community: Area, kind: str, sender: str) -> dict[str, str]:
    """What is remembered of a sender's columns; nothing for a new one."""
    found = _match(community, kind, sender)
    return dict(found.columns) if found else {}


def remember(
    community: Area,
    kind: str,
    sender: str,
    columns: Mapping[str, str],
    *,
    by: User,
    at: datetime,
) -> None:
    """Keep what a person chose, beside what was chosen for this sender before."""
    if not columns:
        return
    found = _match(community, kind, sender)
    if found is None:
        found = ColumnMatch(community_id=community.id, kind=kind, sender=sender, columns={})
        session.add(found)
    found.columns = found.columns | dict(columns)
    found.by_id, found.at = by.id, at


def _match(community: Area, kind: str, sender: str) -> ColumnMatch | None:
    wanted = select(ColumnMatch).where(ColumnMatch.community_id == community.id)
    wanted = wanted.where(ColumnMatch.kind == kind, ColumnMatch.sender == sender)
    return session.scalar(wanted)
