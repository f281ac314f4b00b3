"""A ledger filter that its owner saved under a name."""

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.people import User
from app.lib.db import db, session


class SavedFilter(db.Model):
    __tablename__ = "saved_filters"
    __table_args__ = (UniqueConstraint("user_id", "ledger", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    ledger: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(40))
    query: Mapped[str] = mapped_column(String(400))


def save_filter(ledger: str, name: str, query: str, *, by: User) -> SavedFilter:
    """Keep a filter; the same name again replaces what it meant."""
    wanted = select(SavedFilter).where(
        SavedFilter.user_id == by.id, SavedFilter.ledger == ledger, SavedFilter.name == name
    )
    kept = session.scalar(wanted) or SavedFilter(user_id=by.id, ledger=ledger, name=name)
    kept.query = query
    session.add(kept)
    return kept


def filters_of(user: User, ledger: str) -> list[SavedFilter]:
    wanted = select(SavedFilter).where(SavedFilter.user_id == user.id, SavedFilter.ledger == ledger)
    return list(session.scalars(wanted.order_by(SavedFilter.name)))


def drop_filter(filter_id: int, *, by: User) -> None:
    """Take away one of her own filters; nothing happens where it is not hers."""
    hers = SavedFilter.id == filter_id, SavedFilter.user_id == by.id
    session.execute(delete(SavedFilter).where(*hers))
