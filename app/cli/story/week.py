"""The week before today, lived by the people of the story, and this morning.

Each past day: pushes and returns come in, the workers go through their lists,
in the evening what is ready is applied for, the next morning the city answers,
and the day is closed. Of today only the morning has happened, so that something
is late, something is open and the director has something to do.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from sqlalchemy import func, select

from app.cli.story.days import Calendar
from app.cli.story.deeds import Hand
from app.cli.story.rounds import Rounds
from app.domain import codes, days, plan, regime, uploads
from app.domain.cases import Case
from app.domain.people import User
from app.domain.places import Area
from app.domain.residents import Resident
from app.domain.scope import Scope
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from app.reports.day_review import day_review

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
        self.hand, self.spared = Hand(dice), spared
        self.rounds = Rounds(self.hand, calendar, dice)
        self.untouched = self._others()

    def live(self) -> Iterator[date]:
        """All past days, then this morning; before a day is closed it is given to the caller."""
        for day in self.calendar.past:
            if day == self.calendar.past[SILENT_SINCE]:
                self._fall_silent(day)
            self.live_day(day)
            yield day
            self._close(day)
        self.live_morning()

    def live_day(self, day: date) -> None:
        self._city_answers(day)
        self._push(day, self._about(self.place.life.yellow_a_day))
        self._come_back(day, self._about(self.place.life.returns_a_day))
        for worker in self.place.workers:
            self.rounds.go(worker, day, until=18.5)
        self._apply(day)
        self._upload(day)

    def live_morning(self) -> None:
        """What had happened by half past ten; the last returns make up what was released."""
        today, life = self.calendar.today, self.place.life
        self._upload_late()
        self._city_answers(today)
        self._push(today, life.yellow_open - self._open("yellow"))
        self._come_back(today, life.returns_open - self._open("returnee"))
        for worker in self.place.workers:
            self.rounds.go(worker, today, until=10.2)
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

    def _apply(self, day: date) -> None:
        at = self.calendar.at(day, 20.2)
        ready = self._cases("yellow", "ready")
        with clock.stopped_at(at):
            codes.apply_for_decoding(ready, by=self.place.director, at=at)

    def _upload(self, day: date) -> None:
        """In the evening what was verified goes to the city's platform, which takes all of it."""
        at, by = self.calendar.at(day, 20.6), self.place.director
        with clock.stopped_at(at), suppress(Refused):
            session.flush()
            batch = uploads.draw(self.place.area, by=by, at=at)
            batch.send(by=by, at=at)
            taken = {item.number: ("accepted", "") for item in batch.items}
            batch.take_answers(taken, by=by, at=at)

    def _close(self, day: date) -> None:
        at = self.calendar.at(day, 21.6)
        with clock.stopped_at(at):
            session.flush()
            seen = day_review(self.place.area, day, {})
            told = {"sums": seen.sums, "report": seen.report, "carry": seen.carry}
            days.close_day(self.place.area.id, day, **told, by=self.place.director, at=at)

    def _upload_late(self) -> None:
        """A visit of last evening reaches us only now, after its day was closed."""
        evening = self.calendar.at(self.calendar.past[-1], 19.8)
        missed = select(Task).where(
            Task.community_id == self.place.area.id,
            Task.kind == "visit",
            Task.state == "open",
            Task.due_day == self.calendar.past[-1],
        )
        if task := session.scalar(missed.order_by(Task.id)):
            worker = self._worker_of(task.resident)
            now = self.calendar.at(self.calendar.today, 7.0)
            subject = {"task_id": task.id}
            fields = {"outcome": "well", "way": "phone"}
            self.hand.write("visit", by=worker, at=evening, reached=now, subject=subject, **fields)

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

    def _worker_of(self, resident: Resident) -> User:
        for worker in self.place.workers:
            if resident.grid_id in Scope(worker, self.calendar.today).grid_ids:
                return worker
        return self.place.director

    def _others(self) -> list[Resident]:
        wanted = select(Resident).where(Resident.community_id == self.place.area.id)
        everybody = session.scalars(wanted.order_by(Resident.id))
        people = [person for person in everybody if person.id not in self.spared]
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


def _local_text(at: datetime) -> str:
    return f"{clock.local(at):%Y-%m-%dT%H:%M}"
