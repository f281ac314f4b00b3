"""Passwords, sessions on the server, and enrolled devices.

A session is a random token of which only the hash is kept, so it ends here and at
once. A device is enrolled by its first sign-in and counts its wrong guesses by
itself (app/domain/guesses.py). Nothing an unknown visitor can see or measure
tells a name that exists from one that does not.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ForeignKey, String, func, select, update
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from app.domain import audit, guesses, packs, subscriptions
from app.domain.people import User, fold_handle, user_by_handle
from app.domain.places import Area
from app.lib.db import db, session
from app.lib.refusal import Refused
from app.lib.words import say

IDLE = {"worker": timedelta(hours=12), "director": timedelta(hours=12)}
IDLE_OTHERS = timedelta(minutes=30)
LIFE = {"worker": timedelta(days=7), "director": timedelta(days=7)}
LIFE_OTHERS = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=5)

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Verified where no such user exists, so that both cases take the same time.
_NOBODY = _hasher.hash(secrets.token_hex(8))


class Device(db.Model):
    """A phone or computer that has signed in with the right password before."""

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(60))
    enrolled_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    # What it said when it was asked for pushes: a key of subscriptions.ABLE; None: nobody asked.
    push: Mapped[str | None] = mapped_column(String(12))


class UserSession(db.Model):
    """One signed-in browser."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
    device: Mapped[Device] = relationship()

    def is_live(self, now: datetime) -> bool:
        """Not ended, not idle too long, not too old, and its user still active."""
        role = self.user.role
        fresh = now - self.seen_at <= IDLE.get(role, IDLE_OTHERS)
        young = now - self.began_at <= LIFE.get(role, LIFE_OTHERS)
        return bool(self.ended_at is None and fresh and young and self.user.active)


class TooManyGuesses(Refused):
    """Wrong passwords have used up the hour."""

    def __init__(self):
        super().__init__(say("试的次数太多，请过一小时再试。在登录过的设备上仍可以登录。"))


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody at the door: what was typed, from where, and the tokens the browser showed."""

    handle: str
    password: str
    address: str
    device_tokens: tuple[str, ...] = ()
    label: str = ""


def enter(knock: Knock, *, at: datetime) -> tuple[User, str, str | None] | None:
    """Let somebody in: (user, session token, new device token); None for a wrong name or password.

    The account stays locked while its password is checked, so that guesses sent
    all at once are counted one by one. Raises TooManyGuesses, or Refused when the
    right password was a one-time one that has run out.
    """
    user = user_by_handle(knock.handle, lock=True)
    device = device_of(knock.device_tokens, user)
    handle = fold_handle(knock.handle)
    if _spent(handle, knock.address, device, at=at):
        raise TooManyGuesses
    blocked = user and not device and guesses.account_spent(user.id, at=at)
    if not password_fits(None if blocked else user, knock.password):
        _note_failure(handle, knock.address, user, device, at=at)
        return None
    if user.one_time_until and user.one_time_until < at:
        raise Refused(say("这个一次性密码已过期，请管理员再发一个。"))
    if _hasher.check_needs_rehash(user.password_hash):
        set_password(user, knock.password)
    return user, *begin_session(user, device, knock.label, at=at)


def set_password(user: User, password: str) -> None:
    user.password_hash = _hasher.hash(password)


def password_fits(user: User | None, password: str) -> bool:
    """Check a password, as slowly for a user who does not exist."""
    try:
        _hasher.verify(user.password_hash if user and user.password_hash else _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return user is not None and user.active


def begin_session(
    user: User, device: Device | None, label: str, *, at: datetime
) -> tuple[str, str | None]:
    """Sign in: (session token, device token or None when the device was known already)."""
    device_token = None
    if device is None or device.user_id != user.id:
        device_token = secrets.token_urlsafe(32)
        device = Device(user_id=user.id, token_hash=hashed(device_token), label=label[:60])
        device.enrolled_at = at
        session.add(device)
    else:
        _end(UserSession.device_id == device.id, at=at)
    token = secrets.token_urlsafe(32)
    opened = UserSession(token_hash=hashed(token), user=user, device=device)
    opened.began_at = opened.seen_at = at
    session.add(opened)
    audit.note("signed_in", by=user, at=at)
    return token, device_token


def session_of(token: str) -> UserSession | None:
    """The session of a cookie, live or not, with its user and her area."""
    wanted = select(UserSession).where(UserSession.token_hash == hashed(token))
    # Her community up to its district: whose rules and which edition most pages ask.
    area = joinedload(UserSession.user).joinedload(User.area)
    return session.scalar(wanted.options(area.joinedload(Area.parent).joinedload(Area.parent)))


def device_of(tokens: Iterable[str], user: User | None) -> Device | None:
    """The user's own enrolled, unrevoked device that shows one of these tokens."""
    shown = [hashed(token) for token in tokens]
    if not shown or user is None:
        return None
    wanted = select(Device).where(Device.token_hash.in_(shown), Device.user_id == user.id)
    return session.scalar(wanted.where(Device.revoked_at.is_(None)).order_by(Device.id.desc()))


def devices_of(user: User) -> list[tuple[Device, datetime | None]]:
    """(device, when it was last seen) of every device that is not revoked, the latest first."""
    seen = func.max(UserSession.seen_at)
    rows = select(Device, seen).join(UserSession, UserSession.device_id == Device.id, isouter=True)
    rows = rows.where(Device.user_id == user.id, Device.revoked_at.is_(None)).group_by(Device.id)
    return list(session.execute(rows.order_by(seen.desc(), Device.id.desc())))


def own_device(user: User, device_id: int) -> Device | None:
    """The user's own device of this id; None for a revoked one and for anybody else's."""
    wanted = select(Device).where(Device.id == device_id, Device.user_id == user.id)
    return session.scalar(wanted.where(Device.revoked_at.is_(None)))


def end_session(open_session: UserSession, *, by: User, at: datetime) -> None:
    _end(UserSession.id == open_session.id, at=at)
    audit.note("signed_out", by=by, at=at)


def revoke_device(device: Device, *, by: User, at: datetime) -> None:
    """Take a device off: its sessions end at once and it must sign in anew."""
    device.revoked_at = at
    _end(UserSession.device_id == device.id, at=at)
    audit.note("device_revoked", by=by, at=at, target=f"device:{device.id}")


def end_all_sessions(user: User, *, at: datetime, but: UserSession | None = None) -> None:
    """End every session of a user, `but` one: after a new password, or of a disabled account."""
    others = UserSession.id != but.id if but else UserSession.id.is_not(None)
    _end((UserSession.user_id == user.id) & others, at=at)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _spent(handle: str, address: str, device: Device | None, *, at: datetime) -> bool:
    if device is not None:
        return guesses.device_spent(device.id, at=at)
    return guesses.spent(handle, address, at=at)


def _note_failure(
    handle: str, address: str, user: User | None, device: Device | None, *, at: datetime
) -> None:
    device_id = device.id if device else None
    user_id = user.id if user else None
    guesses.note_guess(handle, address, user_id=user_id, device_id=device_id, at=at)
    # What was typed as a name may be a password: an unknown name is not kept.
    who = user.login if user else "?"
    audit.note("sign_in_failed", by=None, at=at, who=who, reason=guesses.network_of(address))


def _end(which, *, at: datetime) -> None:
    """End sessions; forget what their phones have, and where they are reached."""
    ending = select(UserSession.id).where(which)
    packs.drop_packs(packs.Pack.session_id.in_(ending))
    subscriptions.drop(subscriptions.Subscription.session_id.in_(ending))
    open_ones = update(UserSession).where(which, UserSession.ended_at.is_(None))
    session.execute(open_ones.values(ended_at=at))
