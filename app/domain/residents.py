"""Who lives here. ID number, phone and notes are sealed; a name is shown masked."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.places import Area, Household
from app.lib import clock, masking, pinyin
from app.lib.crypto import Sealed, keyring
from app.lib.db import Uid, db, session
from app.lib.refusal import Refused
from app.lib.words import N_, say

SEXES = {"1": N_("男"), "2": N_("女"), "0": N_("未知")}
# Whom one addresses as 大爷 / 大娘 rather than by a starred name.
HONORIFIC_AGE = 60


class Resident(Uid, db.Model):
    __tablename__ = "residents"
    __table_args__ = (
        UniqueConstraint("community_id", "id_number_index"),
        Index("ix_residents_search", "community_id", "name_initials"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    name_pinyin: Mapped[str] = mapped_column(String(120), default="")
    name_initials: Mapped[str] = mapped_column(String(30), default="")
    sex: Mapped[str] = mapped_column(String(1), default="0")
    born: Mapped[date | None]
    relation: Mapped[str] = mapped_column(String(20), default="")
    category: Mapped[str] = mapped_column(String(40), default="")
    id_number_sealed: Mapped[str | None]
    id_number_index: Mapped[str | None] = mapped_column(String(32))
    phone_sealed: Mapped[str | None]
    phone_index: Mapped[str | None] = mapped_column(String(32), index=True)
    phone_tail_index: Mapped[str | None] = mapped_column(String(32), index=True)
    note_sealed: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    left_on: Mapped[date | None]

    household: Mapped[Household | None] = relationship()
    grid: Mapped[Area | None] = relationship(foreign_keys=[grid_id])
    community: Mapped[Area] = relationship(foreign_keys=[community_id])
    id_number = Sealed()
    phone = Sealed()
    note = Sealed()

    def set_name(self, name: str) -> None:
        self.name = name
        self.name_pinyin = pinyin.full(name)[:120]
        self.name_initials = pinyin.initials(name)[:30]

    def set_id_number(self, number: str | None) -> None:
        self.id_number = number
        self.id_number_index = keyring().index(number, "residents.id_number") if number else None

    def set_phone(self, phone: str | None) -> None:
        self.phone = phone
        self.phone_index = keyring().index(phone, "residents.phone") if phone else None
        self.phone_tail_index = phone_tail(phone) if phone else None

    def tell(self, *, name: str, id_number: str | None, phone: str | None, **plain: Any) -> None:
        """Write down who she is; `plain` are columns that stand unsealed."""
        with session.no_autoflush:
            other = resident_by_id_number(self.community.id, id_number) if id_number else None
        if other is not None and other is not self:
            raise Refused(say("这个证件号已在本社区名册里：%(name)s。", name=other.masked_name))
        self.set_name(name)
        self.set_id_number(id_number)
        self.set_phone(phone)
        for column, value in plain.items():
            setattr(self, column, value)

    def age_on(self, day: date) -> int | None:
        """Full years on a day; None where the birth date is unknown."""
        if self.born is None:
            return None
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    @property
    def masked_name(self) -> str:
        """How she stands in lists: 王**, or 刘大爷 for somebody of sixty and more."""
        age = self.age_on(clock.today())
        if age is not None and age >= HONORIFIC_AGE:
            return masking.address_elder(self.name, self.sex)
        return masking.mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        phone = self.phone
        return masking.mask_phone(phone) if phone else ""

    @property
    def masked_id_number(self) -> str:
        number = self.id_number
        return masking.mask_id_number(number) if number else ""


def add_resident(*, community: Area, home: Household, name: str, **known: Any) -> Resident:
    """Put somebody on the roll behind a door. `known`: id_number, phone, sex, born …

    Raises Refused where the ID number is on the community's roll already.
    """
    resident = Resident(community=community, household=home, grid_id=home.grid_id)
    session.add(resident)
    resident.tell(name=name, **known)
    session.flush()
    return resident


def namesake_in(home: Household, name: str) -> Resident | None:
    """Somebody of the same name who lives behind the same door."""
    wanted = select(Resident).where(Resident.household_id == home.id, Resident.name == name)
    return session.scalar(wanted.where(Resident.left_on.is_(None)))


def phone_tail(phone: str) -> str:
    """The blind index of a phone's last four digits."""
    return keyring().index(phone[-4:], "residents.phone_tail")


def resident_by_id_number(community_id: int, number: str) -> Resident | None:
    index = keyring().index(number, "residents.id_number")
    wanted = select(Resident).where(Resident.community_id == community_id)
    return session.scalar(wanted.where(Resident.id_number_index == index))
