"""The shops of a street front: who keeps them and how they are reached.

A shop is known again by its credit code; without one by its name and address.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.places import Area
from app.lib.crypto import Sealed
from app.lib.db import Uid, db

# What a list may say anew of a shop that is known.
TOLD = ("name", "trade", "address", "credit", "keeper", "phone")


class Shop(Uid, db.Model):
    __tablename__ = "shops"
    __table_args__ = (
        Index("ix_shops_community", "community_id", "credit"),
        Index("ix_shops_grid", "grid_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"))
    name: Mapped[str] = mapped_column(String(60))
    trade: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(120), default="")
    credit: Mapped[str] = mapped_column(String(18), default="")
    keeper_sealed: Mapped[str | None]
    phone_sealed: Mapped[str | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    grid: Mapped[Area | None] = relationship(foreign_keys=[grid_id])
    keeper = Sealed()
    phone = Sealed()

    def tell(self, told: dict[str, Any], *, at: datetime) -> dict[str, list[Any]]:
        """Take what is said anew; an empty value erases nothing. What was and is, where changed."""
        changes = self.news(told)
        for name, (_was, value) in changes.items():
            setattr(self, name, value)
        if changes:
            self.changed_at = at
        return changes

    def news(self, told: dict[str, Any]) -> dict[str, list[Any]]:
        """Of each column about which something new is said: what is there and what is said."""
        new = {name: told[name] for name in TOLD if told.get(name)}
        return {
            name: [getattr(self, name), value]
            for name, value in new.items()
            if value != getattr(self, name)
        }
