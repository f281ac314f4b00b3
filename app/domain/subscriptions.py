"""Where a phone's browser is reached by web push: an address at a push service, and two keys.

Bound to a person and to the session she subscribed in, so that signing out, a revoked device
and a new password end it with the session. Browsers lose subscriptions without a word: a
phone tells its own at every start, and one that is not heard of any more is forgotten.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey, String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.people import User
from app.lib.crypto import Sealed, keyring
from app.lib.db import Uid, db, session
from app.lib.refusal import Refused
from app.lib.words import N_, say

# A session lives for seven days; a phone that was not started for longer is signed out.
KEPT_FOR = timedelta(days=8)

# What a phone said when it was asked for pushes, as it stands in `devices.push`.
ABLE = {
    "on": N_("能收到浏览器推送"),
    "denied": N_("没有允许通知"),
    "silent": N_("推送服务连不上"),
    "unable": N_("这个浏览器没有推送"),
    "off": N_("自己关掉了推送"),
}


@dataclass(frozen=True, slots=True)
class Address:
    """What a message is sealed for and where it goes; needs no open transaction."""

    endpoint: str
    p256dh: str
    auth: str


class Subscription(Uid, db.Model):
    __tablename__ = "subscriptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), index=True)
    endpoint_sealed: Mapped[str]
    endpoint_index: Mapped[str] = mapped_column(String(32), unique=True)
    p256dh_sealed: Mapped[str]
    auth_sealed: Mapped[str]
    began_at: Mapped[datetime]
    told_at: Mapped[datetime] = mapped_column(index=True)
    # Its push service asked not to be sent anything before.
    silent_until: Mapped[datetime | None]

    user: Mapped[User] = relationship()
    endpoint = Sealed()
    p256dh = Sealed()
    auth = Sealed()

    @property
    def address(self) -> Address:
        return Address(self.endpoint, self.p256dh, self.auth)

    def set_address(self, told: Address) -> None:
        self.endpoint, self.p256dh, self.auth = told.endpoint, told.p256dh, told.auth
        self.endpoint_index = _index(told.endpoint)


def keep(told: Address, *, by: User, at: datetime, session_id: int, device_id: int) -> Subscription:
    """Note where a phone is reached now; a browser has one address, and the last one holds.

    The browser of whoever signed in last is hers, so a known address changes its owner with
    its keys. Raises Refused for a known address with other keys: it is somebody else's.
    """
    session.get(User, by.id, with_for_update=True)  # two tabs may tell the same at once
    row = session.scalar(select(Subscription).where(_is_at(told.endpoint)))
    if row is not None and row.address != told:
        raise Refused(say("这个推送地址不是这部手机的，请重新打开提醒。"))
    drop(Subscription.device_id == device_id, but=row)
    if row is None:
        row = Subscription(began_at=at)
        row.set_address(told)
        session.add(row)
    row.user, row.session_id, row.device_id, row.told_at = by, session_id, device_id, at
    session.flush()
    return row


def reaching(person_ids: Iterable[int], *, at: datetime) -> list[Subscription]:
    """Where these people can be pushed to now, each person's latest phone first."""
    wanted = select(Subscription).join(User, User.id == Subscription.user_id)
    wanted = wanted.where(Subscription.user_id.in_(list(person_ids)), User.active)
    wanted = wanted.where(Subscription.told_at > at - KEPT_FOR)
    return list(session.scalars(wanted.order_by(Subscription.told_at.desc(), Subscription.id)))


def drop(which: ColumnElement[bool], *, but: Subscription | None = None) -> int:
    others = Subscription.id != (but.id if but else 0)
    return session.execute(delete(Subscription).where(which, others)).rowcount


def keep_silent(ids: Iterable[int], until: datetime) -> None:
    """Note for how long their push service asked to be left alone."""
    silent = update(Subscription).where(Subscription.id.in_(list(ids)))
    session.execute(silent.values(silent_until=until))


def drop_dead(ids: Iterable[int]) -> int:
    """Forget addresses of which their push service said that they are gone."""
    return drop(Subscription.id.in_(list(ids)))


def drop_old(*, at: datetime) -> int:
    """Forget phones that were not heard of since their session must have ended."""
    return drop(Subscription.told_at < at - KEPT_FOR)


def _is_at(endpoint: str) -> ColumnElement[bool]:
    return Subscription.endpoint_index == _index(endpoint)


def _index(endpoint: str) -> str:
    return keyring().index(endpoint, "subscriptions.endpoint")
