"""What phones say of themselves: that they have shown what was sent to them.

A push service says only that it has taken a parcel. The phone that shows it says so by the
number of the parcel, which nobody else knows. That somebody has read it is another thing.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from app.domain.messages import Delivery
from app.lib.db import session


def note_arrival(parcel: UUID, *, at: datetime) -> int:
    """A phone shows a parcel: of several phones the first counts; how many messages were in it."""
    shown = update(Delivery).where(Delivery.batch == parcel, Delivery.arrived_at.is_(None))
    return session.execute(shown.values(arrived_at=at)).rowcount
