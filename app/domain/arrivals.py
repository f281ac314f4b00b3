"""What phones say of themselves: that they have shown what was sent to them.

A push service says only that it has taken a parcel. The phone that shows it says so by the
number of the parcel, which nobody else knows. That somebody has read it is another thing.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from app.domain.messages import Delivery, Message
from app.lib.db import session
from app.lib.words import N_

READ, SHOWN = N_("收到，已点开"), N_("手机上已显示，还没有点开")
TAKEN, WAITING = N_("推送服务已收下，手机还没有显示"), N_("还没有发到")


def note_arrival(parcel: UUID, *, at: datetime) -> int:
    """A phone shows a parcel: of several phones the first counts; how many messages were in it."""
    shown = update(Delivery).where(Delivery.batch == parcel, Delivery.arrived_at.is_(None))
    return session.execute(shown.values(arrived_at=at)).rowcount


def how_far(message: Message) -> str:
    """How far a message has got, in words."""
    if message.read_at:
        return READ
    if any(one.arrived_at for one in message.deliveries):
        return SHOWN
    return TAKEN if any(one.sent_at for one in message.deliveries) else WAITING
