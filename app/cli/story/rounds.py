"""A worker's round: her list along the stairs, answered one by one, some of it not today."""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from sqlalchemy import or_

from app.cli.story.days import Calendar
from app.cli.story.deeds import Hand
from app.domain.people import User
from app.domain.places import Household
from app.domain.scope import Scope
from app.domain.tasks import Task
from app.intake import KINDS
from app.lib import clock
from app.lib.db import session

# How likely a task of a kind is done on the day it is looked at.
WORK = {"verify": 0.97, "arrival": 0.97, "test": 0.96, "result": 1.0, "monitor": 0.95}
WORK |= {"visit": 0.95, "release": 0.9}
TODAY_DONE = 0.55


@dataclass(frozen=True, slots=True)
class Rounds:
    """The rounds of all workers of the story."""

    hand: Hand
    calendar: Calendar
    dice: Random

    def go(self, worker: User, day: date, *, until: float) -> None:
        """Go through her list along the stairs, some of it not today."""
        setting_out = self.calendar.at(day, 8.2)
        with clock.stopped_at(setting_out):
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

    def _list_of(self, worker: User, day: date) -> list[Task]:
        ripe = or_(Task.due_day <= day, Task.kind != "visit")
        hers = Scope(worker, day).tasks.where(Task.state == "open", ripe)
        walk = hers.join(Household, Household.id == Task.household_id)
        return list(session.scalars(walk.order_by(Household.walk, Task.due_at, Task.id)))


def _nothing_wrong(kind: str) -> tuple[str, dict]:
    """The kind with the fields of its one-tap answer."""
    return kind, dict(KINDS[kind].one_tap)
