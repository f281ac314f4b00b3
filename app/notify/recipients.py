"""Who is told of what: from an event to the people whose turn it is.

An answer is a set of user ids of people who can sign in now. Whose deed it was is
taken out by the post room: nobody is told of what she did herself.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache

from sqlalchemy import literal, or_, select

from app.domain.cases import Case
from app.domain.events import Event
from app.domain.incidents import Incident
from app.domain.notices import NoticeReader
from app.domain.people import User, workers_of
from app.domain.places import Area, area_by_code
from app.domain.records import Record
from app.domain.reviews import Review
from app.domain.shares import director_for
from app.domain.tasks import Task
from app.lib.db import session
from app.policy.trainings import TRAININGS

Ids = set[int]


class Staff:
    """Who works where on a day; each place is asked for once."""

    def __init__(self, day: date):
        self.day = day
        self.of_grid = cache(self._of_grid)
        self.of_community = cache(self._of_community)
        self.directors_of = cache(self._directors_of)
        self.above = cache(self._above)
        self._communities: dict[int, int | None] = {}

    def _of_grid(self, grid_id: int | None) -> frozenset[int]:
        found = workers_of([grid_id], self.day) if grid_id else []
        return frozenset(user.id for _grid, user in found)

    def _of_community(self, community_id: int | None, role: str) -> frozenset[int]:
        wanted = select(User.id).where(User.area_id == community_id, User.role == role)
        return frozenset(session.scalars(wanted.where(User.active)))

    def _directors_of(self, path: str) -> frozenset[int]:
        """The directors of a place, of all under it, and of the community it lies in."""
        wanted = select(User.id).join(Area, Area.id == User.area_id)
        near = or_(Area.path.startswith(path), literal(path).startswith(Area.path))
        return frozenset(session.scalars(wanted.where(User.role == "director", User.active, near)))

    def _above(self, path: str) -> frozenset[int]:
        """Officials of the nearest place above that has any."""
        codes = path.strip("/").split("/")
        wanted = select(Area.level, User.id).join(User, User.area_id == Area.id)
        wanted = wanted.where(Area.code.in_(codes), User.role == "official", User.active)
        found = session.execute(wanted.order_by(Area.path.desc())).all()
        return frozenset(user for level, user in found if level == found[0].level)

    def community_of(self, user_id: int) -> int | None:
        """Whose director sees what does not reach a person."""
        self.meet([user_id])
        return self._communities[user_id]

    def meet(self, user_ids: Iterable[int]) -> None:
        """Ask for the communities of many at once."""
        unknown = set(user_ids) - self._communities.keys()
        wanted = select(User.id, User.area_id).where(User.id.in_(unknown))
        wanted = wanted.where(User.role.in_(("worker", "director")))
        found = dict(session.execute(wanted).all()) if unknown else {}
        self._communities |= {one: found.get(one) for one in unknown}


def workers(event: Event, staff: Staff) -> Ids:
    """Whoever works in the grid it happened in."""
    return set(staff.of_grid(event.grid_id))


def directors(event: Event, staff: Staff) -> Ids:
    return set(staff.of_community(event.community_id, "director"))


def approvers(event: Event, staff: Staff) -> Ids:
    """Who may say yes to somebody's asking: the other directors, else the officials above."""
    others = directors(event, staff) - {event.by_id, event.data.get("who")}
    community = session.get(Area, event.community_id)
    return others or (set(staff.above(community.path)) if community else set())


def watchers(event: Event, staff: Staff) -> Ids:
    """Who looks after somebody that opened too much: approvers but for herself, else the admins."""
    herself = {event.data.get("who")}
    admins = select(User.id).where(User.role == "admin", User.active)
    return (approvers(event, staff) - herself) or set(session.scalars(admins))


def named(event: Event, staff: Staff) -> Ids:
    """The person the event names under `to`, even if she has left: somebody must see that."""
    return _one(event.data.get("to"))


def hands(event: Event, staff: Staff) -> Ids:
    """Whose task it is: hers by name, else the workers' of its grid."""
    task = session.get(Task, event.task_id) if event.task_id else None
    if task is None:
        return set()
    return _one(task.assignee_id) or set(staff.of_grid(task.grid_id))


def giver(event: Event, staff: Staff) -> Ids:
    """The director who decides on work given out: who gave it, or another where she has left."""
    task = session.get(Task, event.task_id) if event.task_id else None
    if task is None or task.share is None:
        return set()
    director = director_for(task.community_id, task.share.given_by_id)
    return _one(director.id if director else None)


def readers(event: Event, staff: Staff) -> Ids:
    """Everybody a notice is for."""
    wanted = select(NoticeReader.user_id).where(NoticeReader.notice_id == event.data.get("notice"))
    return set(session.scalars(wanted))


def reminded(event: Event, staff: Staff) -> Ids:
    """Those the event names; before something begins, everybody it was announced to."""
    return set(event.data["to"]) if "to" in event.data else readers(event, staff)


def trained(event: Event, staff: Staff) -> Ids:
    """Everybody of the community whose role a training is for."""
    training = TRAININGS.get(event.data.get("training", ""))
    roles = training.roles if training else ()
    return {user_id for role in roles for user_id in staff.of_community(event.community_id, role)}


def given(event: Event, staff: Staff) -> Ids:
    """The same, unless another event of the same deed tells it with more words."""
    told_apart = ("answer", "incident", "assignment")
    return set() if event.data.get("kind") in told_apart else hands(event, staff)


def new_grid(event: Event, staff: Staff) -> Ids:
    """The workers of the grid a case was moved to."""
    return set(staff.of_grid(event.data.get("to")))


def author(event: Event, staff: Staff) -> Ids:
    """Who wrote the record."""
    record = session.get(Record, event.record_id) if event.record_id else None
    return _one(record.by_id) if record else set()


def asker(event: Event, staff: Staff) -> Ids:
    """The director whose question was answered; any of them where she has left."""
    wanted = select(User.id).join(Review, Review.by_id == User.id).where(User.active)
    found = session.scalar(wanted.where(Review.record_id == event.record_id))
    return {found} if found else directors(event, staff)


def handler(event: Event, staff: Staff) -> Ids:
    """Whom an incident was given to."""
    incident = session.get(Incident, event.incident_id) if event.incident_id else None
    return _one(incident.assignee_id) if incident else set()


def working_under(event: Event, staff: Staff) -> Ids:
    """Of another edition: directors there, and who has open work under the one that held before."""
    area = area_by_code(event.data["area"])
    if area is None:
        return set()
    open_work = select(Task.assignee_id, Task.grid_id).distinct().join(Case)
    open_work = open_work.join(Area, Area.id == Case.community_id)
    open_work = open_work.where(Task.state == "open", Area.path.startswith(area.path))
    rows = session.execute(open_work.where(Case.edition == event.data.get("was"))).all()
    hers = {one for who, grid in rows for one in _one(who) or staff.of_grid(grid)}
    return hers | staff.directors_of(area.path)


def covered(event: Event, staff: Staff) -> Ids:
    """Who works where a situation is: the workers whose buildings it covers, and directors."""
    area = session.get(Area, event.community_id or 0)
    if area is None:
        return set()
    grids = [area] if area.level == "grid" else area.under("grid")
    workers = {user.id for _grid, user in workers_of([grid.id for grid in grids], staff.day)}
    return workers | staff.directors_of(area.path)


def _one(user_id: int | None) -> Ids:
    return {user_id} if user_id else set()
