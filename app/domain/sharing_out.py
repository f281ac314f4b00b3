"""Sharing out calls by load: from who has most in hand to who has least, household by household.

Only what is done by telephone moves; a door stays with whoever walks there. It can be taken
back in one: the event keeps who had what.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.domain.check import Check
from app.domain.events import Event, happened
from app.domain.people import User, staff_of, workers_of
from app.domain.places import Area
from app.domain.receivers import load_of
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.policy.checks import PHONE


@dataclass(frozen=True, slots=True)
class SharedOut:
    """How many calls went to somebody else, and the event by which that is taken back."""

    moved: int
    to: list[User]
    event: Event | None = None


def share_out(community: Area, *, by: User, at: datetime) -> SharedOut:
    """Level the load of a community's workers by giving calls to whoever has least."""
    day = clock.local_day(at)
    workers = {user.id: user for user in staff_of(community) if user.role == "worker"}
    hers = dict(_first_of_each_grid(community, day))
    load = load_of(workers.values(), day)
    hands: dict[int | None, list[list[Task]]] = defaultdict(list)
    for bundle in _bundles(community):
        hands[bundle[0].assignee_id or hers.get(bundle[0].grid_id)].append(bundle)
    load |= dict.fromkeys(hands.keys() - load.keys(), 0)
    was: dict[int, int | None] = {}
    receivers: dict[int, User] = {}
    for bundle, to in _moves(hands, load, list(workers)):
        receivers[to] = workers[to]
        for task in bundle:
            was.setdefault(task.id, task.assignee_id)
            task.assignee_id = None if hers.get(task.grid_id) == to else to
    if not was:
        return SharedOut(0, [])
    data = {"was": [[task_id, who] for task_id, who in was.items()]}
    event = happened("check_shared_out", by=by, at=at, community_id=community.id, data=data)
    session.flush()
    return SharedOut(len(was), list(receivers.values()), event)


def take_back(event: Event, *, by: User, at: datetime) -> int:
    """Everybody has again what she had, as far as it is not done. How many that are."""
    was = {task_id: who for task_id, who in event.data["was"]}
    rows = select(Task).where(Task.id.in_(was), Task.state == "open")
    rows = rows.where(Task.community_id == event.community_id)
    found = list(session.scalars(rows))
    for task in found:
        task.assignee_id = was[task.id]
    data = {"was": [], "of": event.id}
    happened("check_shared_out", by=by, at=at, community_id=event.community_id, data=data)
    return len(found)


def _moves(
    hands: dict[int | None, list[list[Task]]], load: dict[int | None, int], workers: list[int]
) -> Iterator[tuple[list[Task], int]]:
    """What goes to whom, until nothing makes the load more even."""
    while workers:
        to = min(workers, key=lambda user: (load[user], user))
        givers = [who for who, bundles in hands.items() if bundles and who != to]
        # what nobody has goes first
        giver = max(givers, key=lambda who: (who is None, load[who]), default=to)
        bundle = next(iter(hands.get(giver, ())), []) if giver != to else []
        if not bundle or (giver is not None and load[giver] - load[to] <= len(bundle)):
            return
        hands[giver].remove(bundle)
        hands[to].append(bundle)
        load[giver] -= len(bundle)
        load[to] += len(bundle)
        yield bundle, to


def _bundles(community: Area) -> list[list[Task]]:
    """Open calls, household by household; those not tried yet and due last move first."""
    rows = select(Task).join(Check, Check.id == Task.check_id)
    rows = rows.where(Task.community_id == community.id, Task.kind == "check")
    rows = rows.where(Task.state == "open", Check.next_way == PHONE)
    found: dict[int, list[Task]] = defaultdict(list)
    for task in session.scalars(rows.options(joinedload(Task.check)).order_by(Task.id)):
        found[task.household_id or -task.id].append(task)
    return sorted(found.values(), key=lambda one: (one[0].attempts, -one[0].due_at.timestamp()))


def _first_of_each_grid(community: Area, day) -> Iterator[tuple[int, int]]:
    grids = [grid.id for grid in community.under("grid")]
    for grid_id, user in reversed(workers_of(grids, day)):
        yield grid_id, user.id
