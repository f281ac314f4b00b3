"""A day of 600 tasks (fewer unless OFFLINE=full), half of the phones unreachable: nothing is lost.

Every task is read or shown as undelivered, no message goes out twice by one way, none after
its task was done.
"""

from collections import Counter
from datetime import timedelta
from random import Random

from sqlalchemy import select

from app.domain import tasks
from app.domain.events import happened
from app.domain.messages import Delivery, Message
from app.domain.people import User
from app.lib import clock
from app.lib.db import session
from app.notify.channels import Outcome
from tests.cast import MORNING
from tests.notify.street import Street, a_round, read_everything
from tests.offline.sizes import size

WORKERS, TASKS = 20, size(240, 600)
ANYHOW = Random(4)  # noqa: S311


def hire(cast) -> list[User]:
    """Twenty workers; every other phone cannot be reached."""
    people = [
        User(login=f"w{n}", name=f"网格员{n}", role="worker", area=cast.home, active=True)
        for n in range(WORKERS)
    ]
    session.add_all(people)
    session.commit()
    return people


class Day:
    """What happens in a day: tasks are given, some are read, some are done."""

    def __init__(self, cast, people: list[User]):
        self.cast, self.people = cast, people
        self.push = Street({one.id: [f"phone:{one.id}"] for one in people[: WORKERS * 3 // 4]})
        for one in people[: WORKERS // 4]:
            self.push.answers[f"phone:{one.id}"] = ANYHOW.choice(
                [Outcome("gone"), Outcome("later"), Outcome("refused")]
            )
        self.robot = Street({one.id: ["group"] for one in people[::2]})
        self.ways = {"push": self.push, "robot": self.robot}
        self.done: dict[int, object] = {}

    def give(self, n: int) -> None:
        now = clock.now()
        about = {"community_id": self.cast.home.id}
        for _task in range(n):
            who = ANYHOW.choice(self.people)
            end = clock.at(clock.today() + timedelta(days=1), 18)
            tasks.give(
                "visit", "", by=self.cast.director, at=now, due_at=end, assignee=who, **about
            )

    def live(self) -> None:
        """Some read what they have, some do a task."""
        now = clock.now()
        for one in session.scalars(select(Message).where(Message.state == "open")).all():
            reads = one.person_id % 3 == 0 and one.deliveries and ANYHOW.random() < 0.2
            if reads:
                one.open(at=now)
            elif ANYHOW.random() < 0.03:
                task = session.get(tasks.Task, one.task_id)
                task.finish(None, by_id=one.person_id, at=now)
                happened("recorded", by=one.person, at=now, about=task)
                self.done[task.id] = now
        session.commit()


def test_every_task_of_the_day_is_read_or_shown(cast):
    read_everything()
    day = Day(cast, hire(cast))
    now = MORNING
    for _quarter in range(30):
        with clock.stopped_at(now):
            day.give(TASKS // 30)
            session.commit()
            a_round(day.ways)
            day.live()
        now += timedelta(minutes=15)
    for _quarter in range(30):
        with clock.stopped_at(now):
            a_round(day.ways)
        now += timedelta(minutes=60)

    found = session.scalars(select(Message).where(Message.kind == "task_given")).all()
    given = [one for one in found if one.made_at >= MORNING and one.task_id]
    assert len({one.task_id for one in given}) == TASKS
    states = Counter(one.state for one in given)
    assert states["open"] == 0 and min(states[s] for s in ("read", "undelivered")) > TASKS / 12, (
        states
    )
    assert {one.task_id for one in given if one.state == "pointless"} == set(day.done)
    late = [
        (way.message_id, way.channel)
        for way in session.scalars(select(Delivery).where(Delivery.sent_at.is_not(None)))
        if way.message.task_id in day.done and way.sent_at > day.done[way.message.task_id]
    ]
    assert late == []
    assert carried_once(day)


def carried_once(day: Day) -> bool:
    """What the ways took, counted by message, is what the messages say; none is in two parcels."""
    sent = session.scalars(select(Delivery).where(Delivery.state == "sent")).all()
    batches = {(way.channel, way.batch) for way in sent}
    taken = [who for who, _parcel in day.push.carried if who not in day.push.answers]
    return len(batches) == len(taken) + len(day.robot.carried)
