"""The shops that somebody may see, grid by grid, as a page lists them."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.domain.places import Area
from app.domain.scope import Scope
from app.domain.shops import Shop
from app.lib.db import session

PER_PAGE = 50


def shops_of(scope: Scope, grid: Area | None, page: int) -> tuple[list[Shop], int]:
    """One page of them, of all her grids or of one, by grid and address; and how many there are."""
    rows = scope.shops if grid is None else scope.shops.where(Shop.grid_id == grid.id)
    total = session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    wanted = rows.options(joinedload(Shop.grid)).order_by(Shop.grid_id, Shop.address, Shop.id)
    found = session.scalars(wanted.limit(PER_PAGE).offset((page - 1) * PER_PAGE))
    return list(found), total


def shops_by_grid(scope: Scope) -> dict[int, int]:
    """How many shops each grid has."""
    hers = scope.shops.subquery()
    rows = select(hers.c.grid_id, func.count()).group_by(hers.c.grid_id)
    return dict(session.execute(rows).all())
