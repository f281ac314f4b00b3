"""The same sums for any area, split by the places one level below; nobody is named here.

An official sees her own area and what lies under it. `nameless` gives the rows
behind a number with what they are and where, without whom.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.domain.cases import Case
from app.domain.days import DayClose
from app.domain.people import User
from app.domain.places import Area
from app.domain.scope import areas_of
from app.lib.db import session
from app.reports.case_counts import UNVERIFIED_ALARMS
from app.reports.counters import COUNTERS, Asked, Tally, asked, rows, tally
from app.reports.trend import Points, trend

PER_PAGE = 50
# What should have been done by now.
OVERDUE = (
    *(f"yellow_unverified_{hours}h" for hours in UNVERIFIED_ALARMS[:1]),
    "yellow_applied_long",
    "incidents_overdue",
    "elder_unseen_today",
    "tasks_late",
    "not_reached",
)
SHOWN = (
    *OVERDUE,
    "yellow_open",
    "yellow_new_today",
    "yellow_unverified",
    "yellow_ready",
    "yellow_applied",
    "returnee_open",
    "returnee_arrived_today",
    "returnee_other_province",
    "returnee_abroad",
    "elder_roll",
    "elder_to_see_today",
    "elder_seen_today",
    "tasks_due_today",
    "tasks_done_today",
    "incidents_open",
    "incidents_new_today",
)
BESIDE = (
    "yellow_open",
    "returnee_open",
    "elder_seen_today",
    "tasks_done_today",
    "incidents_open",
)


@dataclass(frozen=True, slots=True)
class Sums:
    """An area's sums, its parts, and its forefathers up to the reader's own area."""

    area: Area
    above: list[Area]
    parts: list[Area]
    today: date
    yesterday: date
    tally: Tally
    members: dict[int, set[int]]
    trend: dict[str, Points]
    closed: set[int]

    def now(self, name: str) -> int:
        return self.tally.total(name, self.today)

    def before(self, name: str) -> int:
        return self.tally.total(name, self.yesterday)

    def of(self, part: Area | None, name: str) -> int:
        """A number of one part, with all that lies under it; None: of what is in no part."""
        if part is None:
            return self.now(name) - sum(self.of(other, name) for other in self.parts)
        return sum(self.tally.at(place, name, self.today) for place in self.members[part.id])

    def rows(self) -> list[Area | None]:
        """The parts, and None last where something lies in none of them."""
        nowhere = any(self.of(None, name) for name in SHOWN)
        return [*self.parts, None] if nowhere and self.area.level == "community" else self.parts

    def trend_points(self, kind: str) -> list[tuple[str, int]]:
        return [(f"{day.month}-{day.day}", number) for day, number in self.trend[kind]]


def area_within(user: User, code: str | None) -> Area | None:
    """The area of this code if it is the user's own or under it; her own without a code."""
    if code is None:
        return user.area
    return session.scalar(select(Area).where(Area.code == code, areas_of(user)))


def case_within(user: User, case_id: int) -> Case | None:
    """The case if it is somewhere in the user's area."""
    wanted = select(Case).join(Area, Area.id == Case.community_id)
    return session.scalar(wanted.where(Case.id == case_id, areas_of(user)))


def sums(area: Area, *, seen_by: User) -> Sums:
    """The sums of an area as of now."""
    today = asked(area)
    yesterday = today.the_day_before()
    by = "grid_id" if area.level in ("community", "grid") else "community_id"
    parts = _parts(area)
    return Sums(
        area=area,
        above=_above(area, seen_by),
        parts=parts,
        today=today.day,
        yesterday=yesterday.day,
        tally=tally([(today, SHOWN), (yesterday, BESIDE)], by=by),
        members=_members(area, parts),
        trend=trend(today),
        closed=_closed(parts, yesterday.day),
    )


def nameless(name: str, where: Asked, page: int) -> tuple[list[Any], int, dict[int, str]]:
    """One page of the rows behind a number, how many in all, and the names of their places."""
    counter, matching = COUNTERS[name], rows(name, where)
    total = session.scalar(
        select(func.count()).select_from(matching.with_only_columns(counter.model.id).subquery())
    )
    ordered = matching.order_by(counter.since, counter.model.id)
    found = list(session.scalars(ordered.limit(PER_PAGE).offset((page - 1) * PER_PAGE)))
    return found, total or 0, _names_of_places(found)


def _parts(area: Area) -> list[Area]:
    below = select(Area).where(Area.parent_id == area.id, Area.ends.is_(None))
    return list(session.scalars(below.order_by(Area.code)))


def _members(area: Area, parts: Iterable[Area]) -> dict[int, set[int]]:
    """By part, the ids of the places that the tally is split by."""
    if area.level in ("community", "grid"):
        return {part.id: {part.id} for part in parts}
    under = select(Area.id, Area.path).where(Area.path.startswith(area.path))
    communities = session.execute(under.where(Area.level == "community")).all()
    return {
        part.id: {id for id, path in communities if path.startswith(part.path)} for part in parts
    }


def _above(area: Area, user: User) -> list[Area]:
    chain, place = [], area.parent
    while place is not None and user.area is not None and user.area.contains(place):
        chain.append(place)
        place = place.parent
    return chain[::-1]


def _closed(parts: Iterable[Area], day: date) -> set[int]:
    """Which of these communities have closed a day."""
    ids = [part.id for part in parts if part.level == "community"]
    if not ids:
        return set()
    wanted = select(DayClose.community_id).where(DayClose.day == day)
    return set(session.scalars(wanted.where(DayClose.community_id.in_(ids))))


def _names_of_places(found: Iterable[Any]) -> dict[int, str]:
    ids = {place for row in found for place in (row.community_id, row.grid_id) if place}
    names = session.execute(select(Area.id, Area.name).where(Area.id.in_(ids)))
    return {place: name for place, name in names}
