"""The week before today, lived by the people of the story, and this morning.

Each past day: pushes and returns come in, the workers go through their lists,
in the evening what is ready is applied for, the next morning the city answers,
and the day is closed. Of today only the morning has happened, so that something
is late, something is open and the director has something to do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from sqlalchemy import func, or_, select

from app.cli.story.days import Calendar
from app.cli.story.deeds import Hand
from app.domain import codes, plan, regime
from app.domain.cases import Case
from app.domain.people import User
from app.domain.places import Area, Household
from app.domain.residents import Resident
from app.domain.scope import Scope
from app.domain.tasks import Task
from app.intake import KINDS
from app.lib import clock
from app.lib.db import session

# Reasons as they were pushed, the common ones more often; keys of the rulebook's list.
YELLOW = ("missed_round",) * 5 + ("missed_arrival_test",) * 3 + ("space_time", "drug_purchase")
YELLOW += ("medium_travel",) * 4 + ("unknown",)
ORIGINS = (
    ("green", "370102", "train"),
    ("green", "371302", "car"),
    ("blue1", "141102", "car"),
    ("blue1", "140702", "coach"),
    ("blue2", "110108", "train"),
    ("blue2", "610103", "train"),
    ("yellow", "150102", "car"),
    ("yellow", "150102", "plane"),
    ("yellow", "630104", "plane"),
)
WORK = {"verify": 0.97, "arrival": 0.97, "test": 0.96, "result": 1.0, "monitor": 0.95}
WORK |= {"visit": 0.95, "release": 0.9}
TODAY_DONE = 0.55
SILENT_SINCE = -3  # the third day before today


@dataclass(frozen=True, slots=True)
class Life:
    """How much happens in a community, and how much is open when the story is read."""

    yellow_a_day: int
    returns_a_day: int
    yellow_open: int
    returns_open: int
    elders: int


@dataclass(frozen=True, slots=True)
class Community:
    """One community of the story and its people."""

    area: Area
    director: User
    workers: list[User]
    life: Life


class Week:
    """Lives the days of one community; nothing else happens to those `spared`."""

    def __init__(self, community: Community, calendar: Calendar, dice: Random, spared: set[int]):
        self.place, self.calendar, self.dice = community, calendar, dice
        self.hand = Hand(dice)
        self.untouched = self._others(spared)

    def live(self) -> None:
        """All past days, then this morning."""
        for day in self.calendar.past:
            if day == self.calendar.past[SILENT_SINCE]:
                self._fall_silent(day)
            self.live_day(day)
        self.live_morning()

    def live_day(self, day: date) -> None:
        self._city_answers(day)
        self._push(day, self._about(self.place.life.yellow_a_day))
        self._come_back(day, self._about(self.place.life.returns_a_day))
        for worker in self.place.workers:
            self._work_through(worker, day, until=18.5)
        self._apply(day)

    def live_morning(self) -> None:
        """What had happened by half past ten; the last returns make up what was released."""
        today, life = self.calendar.today, self.place.life
        self._city_answers(today)
        self._push(today, life.yellow_open - self._open("yellow"))
        self._come_back(today, life.returns_open - self._open("returnee"))
        for worker in self.place.workers:
            self._work_through(worker, today, until=10.2)
        self._come_back(today, life.returns_open - self._open("returnee"), since=10.2)

    def _about(self, number: int) -> int:
        spread = max(number // 6, 1)
        return number + self.dice.randint(-spread, spread)

    def _fall_silent(self, day: date) -> None:
        """Silent management begins: from now on every elder is seen each day."""
        at = self.calendar.at(day, 6.5)
        with clock.stopped_at(at):
            regime.declare(self.place.area, "silent", by=self.place.director, at=at)
            plan_again([self.place], at)

    def _push(self, day: date, how_many: int) -> None:
        for n in range(max(how_many, 0)):
            resident = self._somebody(lambda person: 5 < person.age_on(day) < 80)
            at = self.calendar.at(day, 7.2 + 1.1 * n / max(how_many, 1))
            self.hand.write(
                "code_push",
                by=self.place.director,
                at=at,
                subject={"resident_id": resident.id},
                reason=self.dice.choice(YELLOW),
                source="pushed",
                coloured_at=_local_text(at),
            )

    def _come_back(self, day: date, how_many: int, since: float = 7.4) -> None:
        until = 10.4 if day == self.calendar.today else 17
        for n in range(max(how_many, 0)):
            resident = self._somebody(lambda person: 17 < person.age_on(day) < 66)
            reason, origin, transport = self.dice.choice(ORIGINS)
            at = self.calendar.at(day, since + (until - since) * n / how_many)
            self.hand.write(
                "arrival",
                by=self._worker_of(resident),
                at=at,
                subject={"resident_id": resident.id},
                reason=reason,
                origin=origin,
                transport=transport,
                left_on=clock.local_day(at).isoformat(),
                arrived_at=_local_text(at),
            )

    def _work_through(self, worker: User, day: date, *, until: float) -> None:
        """Go through her list along the stairs, some of it not today."""
        noon = self.calendar.at(day, 9)
        with clock.stopped_at(noon):
            tasks = self._list_of(worker, day)
        step = (until - 8.3) / (len(tasks) + 1)
        for place, task in enumerate(tasks, start=1):
            at = self.calendar.at(day, 8.3 + step * place)
            if task.state == "open" and task.opens_at <= at:
                self._do(task, worker, day, at)

    def _do(self, task: Task, worker: User, day: date, at: datetime) -> None:
        likely = WORK.get(task.kind, 0)
        if day == self.calendar.today and task.kind != "result":
            likely *= TODAY_DONE
        if self.dice.random() < likely:
            self._fulfil(task, worker, at)
        elif self.dice.random() < 0.4 and task.kind in ("verify", "visit"):
            subject = {"task_id": task.id}
            self.hand.write("attempt", by=worker, at=at, subject=subject, way="door")

    def _fulfil(self, task: Task, worker: User, at: datetime) -> None:
        kind, fields = self._answer(task)
        subject = {"task_id": task.id}
        write = self.hand.write_if_allowed if kind == "release" else self.hand.write
        write(kind, by=worker, at=at, subject=subject, **fields)

    def _answer(self, task: Task) -> tuple[str, dict]:
        """The record that fulfils a task, mostly with nothing wrong."""
        if task.kind == "verify" and task.case.kind == "yellow":
            return _nothing_wrong("code_check")
        if task.kind == "verify":
            return _nothing_wrong("arrival_check")
        if task.kind == "test":
            return _nothing_wrong("test")
        if task.kind == "result":
            return "test", {"outcome": "negative"}
        if task.kind == "monitor":
            temperature = f"{36 + self.dice.randint(1, 8) / 10:.1f}"
            return "monitor", {"outcome": "normal", "temperature": temperature}
        if task.kind == "release":
            return _nothing_wrong("release")
        return "visit", self._visit()

    def _visit(self) -> dict:
        roll = self.dice.random()
        if roll < 0.88:
            return {"outcome": "well", "way": "door" if roll < 0.7 else "phone"}
        if roll < 0.97:
            needs = self.dice.choice((["medicine"], ["food"], ["medicine", "food"], ["repair"]))
            return {"outcome": "needs", "way": "door", "needs": needs, "note": "已记下，晚些送到。"}
        return {
            "outcome": "unwell",
            "way": "door",
            "needs": ["doctor"],
            "note": "头晕，已联系家人。",
        }

    def _apply(self, day: date) -> None:
        at = self.calendar.at(day, 20.2)
        ready = self._cases("yellow", "ready")
        with clock.stopped_at(at):
            codes.apply_for_decoding(ready, by=self.place.director, at=at)

    def _city_answers(self, day: date) -> None:
        for n, case in enumerate(self._cases("yellow", "applied")):
            at = self.calendar.at(day, 7.1 + 0.01 * n)
            told = {"outcome": "green"}
            if self.dice.random() < 0.06:
                told = {"outcome": "returned", "reason": "缺第二次检测报告"}
            self.hand.write(
                "decode_result",
                by=self.place.director,
                at=at,
                subject={"case_id": case.id},
                **told,
            )

    def _cases(self, kind: str, stage: str) -> list[Case]:
        wanted = select(Case).where(
            Case.community_id == self.place.area.id, Case.kind == kind, Case.stage == stage
        )
        return list(session.scalars(wanted.where(Case.closed_at.is_(None)).order_by(Case.id)))

    def _open(self, kind: str) -> int:
        wanted = select(func.count(Case.id)).where(
            Case.community_id == self.place.area.id, Case.kind == kind, Case.closed_at.is_(None)
        )
        return session.scalar(wanted) or 0

    def _list_of(self, worker: User, day: date) -> list[Task]:
        ripe = or_(Task.due_day <= day, Task.kind != "visit")
        hers = Scope(worker, day).tasks.where(Task.state == "open", ripe)
        walk = hers.join(Household, Household.id == Task.household_id)
        return list(session.scalars(walk.order_by(Household.walk, Task.due_at, Task.id)))

    def _worker_of(self, resident: Resident) -> User:
        for worker in self.place.workers:
            if resident.grid_id in Scope(worker, self.calendar.today).grid_ids:
                return worker
        return self.place.director

    def _others(self, spared: set[int]) -> list[Resident]:
        wanted = select(Resident).where(Resident.community_id == self.place.area.id)
        everybody = session.scalars(wanted.order_by(Resident.id))
        people = [person for person in everybody if person.id not in spared]
        self.dice.shuffle(people)
        return people

    def _somebody(self, fits) -> Resident:
        """A resident to whom nothing has happened yet in this story."""
        for index, person in enumerate(self.untouched):
            if fits(person):
                return self.untouched.pop(index)
        raise LookupError("the story has run out of people")


def plan_again(communities: Iterable[Community], at: datetime) -> None:
    """Let every open case know what time it is."""
    for community in communities:
        wanted = select(Case).where(
            Case.community_id == community.area.id, Case.closed_at.is_(None)
        )
        with clock.stopped_at(at):
            for case in session.scalars(wanted):
                plan.revise(case, by=None, at=at)


def _nothing_wrong(kind: str) -> tuple[str, dict]:
    """The kind with the fields of its one-tap answer."""
    return kind, dict(KINDS[kind].one_tap)


def _local_text(at: datetime) -> str:
    return f"{clock.local(at):%Y-%m-%dT%H:%M}"
