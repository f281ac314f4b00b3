"""Seen where it leads: whoever has looked at her list of today has read what stands on it."""

from datetime import datetime

from app.domain.messages import read_all
from app.domain.people import User
from app.notify.registry import KINDS

ON_TODAY = tuple(key for key, kind in KINDS.items() if kind.on_today)
# Of which several of a day are one line of 消息.
TOGETHER = tuple(key for key, kind in KINDS.items() if kind.together)


def has_seen_today(person: User, *, at: datetime) -> int:
    """She has her list of today in front of her; of how many messages she need hear no more."""
    return read_all(person, kinds=ON_TODAY, at=at)
