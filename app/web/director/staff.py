"""To whom work can be given: the community's workers and directors, each with her grids."""

from app.domain.people import User, staff_of, workers_of
from app.lib import clock
from app.web.director.asked import community
from app.web.person import my


def choices(grid_id: int | None = None) -> list[tuple[str, str]]:
    """(user id, name and grids) for a form; who works in `grid_id` stands first."""
    grids = {grid.id: grid.name for grid in my().grids}
    hers: dict[int, list[int]] = {}
    for place, user in workers_of(grids, clock.today()):
        hers.setdefault(user.id, []).append(place)
    people = sorted(staff_of(community()), key=lambda user: grid_id not in hers.get(user.id, ()))
    return [
        (str(user.id), _words(user, [grids[place] for place in hers.get(user.id, ())]))
        for user in people
    ]


def workers() -> list[User]:
    """The community's workers."""
    return [user for user in staff_of(community()) if user.role == "worker"]


def person(user_id: str) -> User:
    """The one chosen out of `choices`."""
    return next(user for user in staff_of(community()) if str(user.id) == user_id)


def _words(user: User, grids: list[str]) -> str:
    return " · ".join(part for part in (user.name, "、".join(grids) or user.title) if part)
