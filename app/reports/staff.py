"""Who works where: the accounts an admin manages, with the grids that are theirs today."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.domain.accounts import users_of
from app.domain.people import GridAssignment, User
from app.domain.places import Area
from app.lib import clock
from app.lib.db import session

PAGE = 100


@dataclass(frozen=True, slots=True)
class People:
    """One page of accounts; `after` is where the next page begins, None at the end."""

    rows: list[tuple[User, list[str]]]
    after: int | None


def counts(admin: User) -> dict[str, int]:
    """How many accounts of each role she manages; under the empty key, all of them."""
    hers = users_of(admin).with_only_columns(User.role, func.count(User.id)).group_by(User.role)
    by_role = dict(session.execute(hers).all())
    return by_role | {"": sum(by_role.values())}


def people(admin: User, *, role: str = "", after: int = 0) -> People:
    """Accounts by their number, so that a page stays what it was while others are added."""
    wanted = users_of(admin).where(User.id > after).options(joinedload(User.area))
    if role:
        wanted = wanted.where(User.role == role)
    found = list(session.scalars(wanted.order_by(User.id).limit(PAGE + 1)))
    shown = found[:PAGE]
    grids = _grids_of(user.id for user in shown)
    after_this = shown[-1].id if len(found) > PAGE else None
    return People([(user, grids[user.id]) for user in shown], after_this)


def _grids_of(user_ids: Iterable[int]) -> dict[int, list[str]]:
    today = clock.today()
    rows = select(GridAssignment.user_id, Area.name).join(Area, Area.id == GridAssignment.grid_id)
    rows = rows.where(GridAssignment.user_id.in_(list(user_ids)), GridAssignment.begins <= today)
    open_end = GridAssignment.ends.is_(None) | (GridAssignment.ends >= today)
    names = defaultdict(list)
    for user_id, name in session.execute(rows.where(open_end).order_by(Area.code)):
        names[user_id].append(name)
    return names
