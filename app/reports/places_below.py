"""The tree of places one level at a time, with what lies below each of them."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.domain.accounts import places_of
from app.domain.people import User, workers_of
from app.domain.places import Area
from app.lib import clock
from app.lib.db import session


@dataclass(frozen=True, slots=True)
class Child:
    """A place below; `below` counts the places right under it, `workers` are a grid's."""

    area: Area
    below: int
    workers: list[str]


def way_to(area: Area | None, admin: User) -> list[Area]:
    """The places from the top down to `area`, as far as the admin manages them."""
    way: list[Area] = []
    while area is not None and (admin.area is None or admin.area.contains(area)):
        way.insert(0, area)
        area = area.parent
    return way


def children(area: Area | None, admin: User) -> list[Child]:
    """What lies right below a place; for None the places at the top of what the admin manages."""
    under = aliased(Area)
    count = select(func.count(under.id)).where(under.parent_id == Area.id, under.ends.is_(None))
    rows = places_of(admin).add_columns(count.scalar_subquery()).where(_below(area, admin))
    found = session.execute(rows.order_by(Area.code)).all()
    workers = _workers([child for child, _count in found if child.level == "grid"])
    return [Child(child, n, workers.get(child.id, [])) for child, n in found]


def _below(area: Area | None, admin: User):
    if area is not None:
        return Area.parent_id == area.id
    return Area.id == admin.area_id if admin.area_id else Area.parent_id.is_(None)


def _workers(grids: list[Area]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    if grids:
        for grid_id, user in workers_of([grid.id for grid in grids], clock.today()):
            names.setdefault(grid_id, []).append(user.name)
    return names
