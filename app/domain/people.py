"""Who works with 守望: workers, directors, officials, admins, and which grids are whose.

A user's role decides what she may do (app/policy/permissions.py); her area and
grids decide about whom.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.places import Area
from app.lib import clock
from app.lib.crypto import Sealed, keyring
from app.lib.db import Uid, db, session
from app.lib.phones import BadPhone, read_phone


class User(Uid, db.Model):
    """Somebody who signs in."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(30), default="")
    role: Mapped[str] = mapped_column(String(12), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    phone_sealed: Mapped[str | None]
    phone_index: Mapped[str | None] = mapped_column(String(32), unique=True)
    language: Mapped[str] = mapped_column(String(8), default="zh")
    type_size: Mapped[str] = mapped_column(String(8), default="normal")
    # Set while the password is one an admin gave: to be changed at the first sign-in, dead after.
    one_time_until: Mapped[datetime | None]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    area: Mapped[Area | None] = relationship()
    phone = Sealed()

    def set_phone(self, phone: str | None) -> None:
        self.phone = phone
        self.phone_index = keyring().index(phone, "users.phone") if phone else None

    def grids_on(self, day: date) -> list[Area]:
        """The grids that are hers on a day, by code."""
        hers = select(Area).join(GridAssignment, GridAssignment.grid_id == Area.id)
        hers = hers.where(GridAssignment.user_id == self.id, _in_force(day))
        return list(session.scalars(hers.order_by(Area.code)))

    @property
    def community(self) -> Area | None:
        """The community a worker or director belongs to; None for anybody above."""
        return self.area.up_to("community") if self.area else None


class GridAssignment(db.Model):
    """A grid is a worker's from one day to another (`ends` is the last day)."""

    __tablename__ = "grid_assignments"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    grid_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), index=True)
    begins: Mapped[date]
    ends: Mapped[date | None]

    user: Mapped[User] = relationship()
    grid: Mapped[Area] = relationship()


def workers_of(grid_ids: Iterable[int], day: date) -> list[tuple[int, User]]:
    """(grid id, worker) for every grid that has somebody on a day."""
    rows = select(GridAssignment.grid_id, User).join(User, User.id == GridAssignment.user_id)
    rows = rows.where(GridAssignment.grid_id.in_(list(grid_ids)), _in_force(day), User.active)
    return [(grid_id, user) for grid_id, user in session.execute(rows.order_by(User.id))]


def staff_of(community: Area) -> list[User]:
    """The workers of a community, then its directors, as far as they can sign in."""
    wanted = select(User).where(User.area_id == community.id, User.active)
    wanted = wanted.where(User.role.in_(("worker", "director")))
    return list(session.scalars(wanted.order_by(User.role.desc(), User.id)))


def staff_member(community: Area, user_id: int) -> User | None:
    """One of a community, whether or not she can still sign in; None for anybody else."""
    wanted = select(User).where(User.area_id == community.id, User.id == user_id)
    return session.scalar(wanted.where(User.role.in_(("worker", "director"))))


def user_by_handle(handle: str, *, lock: bool = False) -> User | None:
    """The user who signs in with this login name or phone number, however it was typed.

    `lock` keeps other transactions from changing the row until this one ends.
    """
    handle = fold_handle(handle)
    index = keyring().index(handle, "users.phone")
    wanted = select(User).where(or_(User.login == handle, User.phone_index == index))
    return session.scalar(wanted.with_for_update(of=User) if lock else wanted)


def fold_handle(handle: str) -> str:
    """A login name in small letters, a phone number in its one form."""
    plain = unicodedata.normalize("NFKC", handle).strip().casefold()
    try:
        return read_phone(plain)
    except BadPhone:
        return plain


def _in_force(day: date):
    open_end = or_(GridAssignment.ends.is_(None), GridAssignment.ends >= day)
    return and_(GridAssignment.begins <= day, open_end)
