"""Wrong passwords, counted in the database: over every process and over restarts.

An account bears ten in an hour from devices it does not know, an address a
hundred. A device that signed in before is counted by itself, so a stranger's
guesses never lock out the phone of the one he guesses at, and a thief who has
the phone gets no more guesses than anybody else.
"""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.lib.crypto import keyring
from app.lib.db import db, session

PER_ACCOUNT = 10
PER_ADDRESS = 100
PER_DEVICE = 10
WITHIN = timedelta(hours=1)


class Guess(db.Model):
    """One wrong password. What was typed as the name is kept as a keyed hash only."""

    __tablename__ = "guesses"
    __table_args__ = (
        Index("ix_guesses_handle", "handle_index", "at"),
        Index("ix_guesses_account", "user_id", "at"),
        Index("ix_guesses_address", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle_index: Mapped[str] = mapped_column(String(32))
    user_id: Mapped[int | None]
    device_id: Mapped[int | None] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(String(45))
    at: Mapped[datetime] = mapped_column(index=True)


def note_guess(
    handle: str, address: str, *, user_id: int | None, device_id: int | None, at: datetime
) -> None:
    guess = Guess(handle_index=_index(handle), address=network_of(address), at=at)
    guess.user_id, guess.device_id = user_id, device_id
    session.add(guess)


def spent(handle: str, address: str, *, at: datetime) -> bool:
    """Whether unknown devices may not try this name, or this address any name, for now."""
    unknown = Guess.device_id.is_(None)
    of_name = _count(unknown & (Guess.handle_index == _index(handle)), at)
    of_address = _count(unknown & (Guess.address == network_of(address)), at)
    return of_name >= PER_ACCOUNT or of_address >= PER_ADDRESS


def account_spent(user_id: int, *, at: datetime) -> bool:
    """Whether the account has borne its guesses, whichever of its names was used for them."""
    return _count((Guess.user_id == user_id) & Guess.device_id.is_(None), at) >= PER_ACCOUNT


def device_spent(device_id: int, *, at: datetime) -> bool:
    return _count(Guess.device_id == device_id, at) >= PER_DEVICE


def network_of(address: str) -> str:
    """What is counted as one address: an IPv4 address, or the /64 that one IPv6 subscriber has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:45]
    if parsed.version == 4:
        return str(parsed)
    mapped = parsed.ipv4_mapped
    return str(mapped) if mapped else str(ip_network((parsed, 64), strict=False).network_address)


def _count(condition, at: datetime) -> int:
    wanted = select(func.count(Guess.id)).where(condition, Guess.at > at - WITHIN)
    return session.scalar(wanted) or 0


def _index(handle: str) -> str:
    return keyring().index(handle, "guesses.handle")
