"""What the server answered each entry: kept, refused, held or returned; or that it was taken back.

The receipt is written in the transaction of the record. A resend finds it by
the entry's id; the same id with another body is a conflict and is held.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, delete, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.events import happened
from app.domain.people import User
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session
from app.lib.words import N_

STATES = {
    "kept": N_("已保存"),
    "refused": N_("未通过"),
    "held": N_("待定夺"),
    "returned": N_("已退回"),
    "withdrawn": N_("已撤回"),
}
# A person must still act: such an entry is kept whole, and for as long as it takes.
UNSETTLED = ("refused", "held", "returned")
# A phone that comes back after a quarter of a year still hears what became of its entries.
KEPT_FOR = timedelta(days=90)


class Receipt(Uid, db.Model):
    __tablename__ = "receipts"
    __table_args__ = (
        Index("ix_receipts_user_state", "user_id", "state"),
        Index("ix_receipts_community_state", "community_id", "state"),
    )

    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    community_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(10))
    fingerprint: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(index=True)
    recorded_at: Mapped[datetime]
    record_id: Mapped[UUID | None]
    why: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    field_errors: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    # The whole entry as it came, kept while a person must still decide or mend it.
    body_sealed: Mapped[str | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    body = Sealed()

    def settle(self, state: str, record_id: UUID | None, *, by: User, at: datetime) -> None:
        """A person has decided: kept (with its record), returned, or withdrawn by the author."""
        self.state, self.record_id = state, record_id
        self.decided_by_id, self.decided_at = by.id, at
        if state not in UNSETTLED:
            self.body = None
        data = {"state": state, "kind": self.kind, "to": self.user_id}
        happened("entry_decided", by=by, at=at, community_id=self.community_id, data=data)


def receipt_of(entry_id: UUID) -> Receipt | None:
    """What an entry was answered; None where it never came."""
    return session.get(Receipt, entry_id)


def drop_settled(*, at: datetime) -> int:
    """Forget the receipts that have been settled for `KEPT_FOR`; how many there were."""
    settled = delete(Receipt).where(
        Receipt.state.not_in(UNSETTLED), Receipt.received_at < at - KEPT_FOR
    )
    long_ago = or_(Receipt.decided_at.is_(None), Receipt.decided_at < at - KEPT_FOR)
    return session.execute(settled.where(long_ago)).rowcount
