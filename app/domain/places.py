"""Where things are: the area tree down to the grid, and the doors below it.

An area's `path` holds the codes of its forefathers and its own
(``140100/140106/140106001/``), so that "under" is a prefix. Areas are dated: a
split grid ends and its successors begin, and old rows keep the grid they had.
"""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.lib.db import db, session
from app.lib.words import N_

LEVELS = {
    "province": N_("省"),
    "city": N_("市"),
    "district": N_("区县"),
    "subdistrict": N_("街道"),
    "community": N_("社区"),
    "grid": N_("网格"),
}


class Area(db.Model):
    """A place of the administrative tree; `code` is its official code."""

    __tablename__ = "areas"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(24), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(12), index=True)
    path: Mapped[str] = mapped_column(String(160), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    begins: Mapped[date | None]
    ends: Mapped[date | None]

    parent: Mapped["Area | None"] = relationship(remote_side=[id])

    @classmethod
    def add(cls, *, code: str, name: str, level: str, parent: "Area | None") -> "Area":
        """Put a place into the tree below `parent`."""
        path = f"{parent.path if parent else ''}{code}/"
        area = cls(code=code, name=name, level=level, parent=parent, path=path)
        session.add(area)
        session.flush()
        return area

    def under(self, level: str) -> list["Area"]:
        """The places of one level below this one that exist today, by code."""
        wanted = select(Area).where(Area.path.startswith(self.path), Area.level == level)
        return list(session.scalars(wanted.where(Area.ends.is_(None)).order_by(Area.code)))

    def contains(self, other: "Area") -> bool:
        return other.path.startswith(self.path)

    def up_to(self, level: str) -> "Area | None":
        """This place or its forefather of the given level."""
        area: Area | None = self
        while area is not None and area.level != level:
            area = area.parent
        return area


def area_by_code(code: str) -> Area | None:
    return session.scalar(select(Area).where(Area.code == code))


class Building(db.Model):
    """A building of a compound (小区); a row of bungalows is one, too."""

    __tablename__ = "buildings"
    __table_args__ = (UniqueConstraint("community_id", "compound", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    compound: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(30))

    @property
    def label(self) -> str:
        return f"{self.compound} {self.name}".strip()


class Unit(db.Model):
    """A staircase of a building."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("building_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    building_id: Mapped[int] = mapped_column(ForeignKey("buildings.id"))
    name: Mapped[str] = mapped_column(String(30))

    building: Mapped[Building] = relationship()


class Room(db.Model):
    """One door."""

    __tablename__ = "rooms"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str] = mapped_column(String(30))
    floor: Mapped[int | None]

    unit: Mapped[Unit] = relationship()


class Household(db.Model):
    """Who lives behind one door. Without a known room it is still listed, with its note."""

    __tablename__ = "households"

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), index=True)
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    building_id: Mapped[int | None] = mapped_column(ForeignKey("buildings.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"), index=True)
    # The door as it is said aloud, "二轻小区 5号楼 3单元 502"; or what little is known.
    address: Mapped[str] = mapped_column(String(120), default="")
    # "building order / unit / floor and room" as sortable text, so that a list follows the stairs.
    walk: Mapped[str] = mapped_column(String(60), default="", index=True)

    building: Mapped[Building | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
    room: Mapped[Room | None] = relationship()
    grid: Mapped[Area | None] = relationship(foreign_keys=[grid_id])
    community: Mapped[Area] = relationship(foreign_keys=[community_id])

    @property
    def address_known(self) -> bool:
        return self.room_id is not None
