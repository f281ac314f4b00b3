"""Tests of group robots that directors have asked for: taken, sent, and what came of them noted.

Three steps, as in the post room: only the first and the last are in a transaction. A test that
is lost between them is asked for again by whoever wants to know.
"""

from collections.abc import Iterable
from datetime import datetime

from app.domain import robots as domain
from app.domain.robots import Plain, Robot
from app.lib.db import session
from app.lib.words import N_
from app.notify.channels import Outcome, Parcel, robots

TITLE = N_("守望：试一条")
BODY = N_("这个机器人能用。")

Asked = list[tuple[int, Plain]]


def asked_for() -> bool:
    """Whether anybody waits for a test."""
    return bool(domain.tests_asked_for())


def take(*, at: datetime) -> Asked:
    """The robots to be tried now, each counted; one that has spoken enough waits."""
    found = []
    for robot in domain.tests_asked_for():
        if robot.take(at=at) == 0:
            robot.asked_at = None
            found.append((robot.id, robot.plain))
    return found


def send(asked: Asked) -> list[tuple[int, Outcome]]:
    parcel = Parcel("trial", TITLE, BODY, "/")
    return [(number, robots.carry(robot, parcel)) for number, robot in asked]


def note(became: Iterable[tuple[int, Outcome]], *, at: datetime) -> int:
    """Write down what their vendors said; how many have spoken."""
    sent = 0
    for number, outcome in became:
        if robot := session.get(Robot, number):
            robot.heard(outcome.why, at=at)
        sent += outcome.is_sent
    return sent
