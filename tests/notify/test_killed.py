"""The post room is killed at each step, and two work at once: nothing lost, nothing twice."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from app.domain import tasks
from app.domain.messages import Delivery, Message
from app.lib import clock
from app.lib.db import db, session
from app.notify.post_room import LEASE
from tests.cast import MORNING
from tests.house.sources import ROOT
from tests.notify.mortal import File
from tests.notify.street import a_round, read_everything, tell


@pytest.fixture
def waiting(app, cast) -> None:
    """Three tasks for each of two workers are told and have not gone out."""
    read_everything()
    end = clock.end_of(clock.today())
    for grid in (cast.grid1, cast.grid2) * 3:
        about = {"community_id": cast.home.id, "grid_id": grid.id}
        tasks.give("visit", "", by=cast.director, at=MORNING, due_at=end, **about)
    session.commit()
    tell()
    session.remove()


@pytest.fixture
def post_room(app, database, tmp_path):
    """Start a post room of its own that dies at a step; `out` is what it carried."""
    out = tmp_path / "carried"

    def start(step: str) -> subprocess.Popen:
        words = [database.url, app.config["DATA_DIR"], step, out]
        command = [sys.executable, "-m", "tests.notify.mortal", *map(str, words)]
        return subprocess.Popen(command, cwd=ROOT)

    start.out = out
    yield start
    session.execute(delete(Delivery))  # no other process sees to it that the next test begins anew
    session.commit()


def carried(out: Path) -> list[str]:
    return sorted(out.read_text().splitlines()) if out.exists() else []


def after_the_lease(out: Path) -> int:
    with clock.stopped_at(MORNING + LEASE + timedelta(seconds=1)):
        return a_round({"push": File(str(out))})


@pytest.mark.parametrize(
    ("step", "became"),
    [("take", (1, 0)), ("lease", (1, 1)), ("send", (2, 1)), ("mark", (2, 1))],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_killed_at_a_step_everything_arrives_and_at_most_twice(
    waiting, post_room, cast, step, became
):
    times, lost = became
    db.engine.dispose()
    assert post_room(step).wait(60) == 9
    assert after_the_lease(post_room.out) == 6
    phones = [f"phone:{one.id} 3" for one in (cast.worker, cast.colleague)]
    assert carried(post_room.out) == sorted(phones * times)
    found = session.scalars(select(Message).where(Message.state == "open")).all()
    assert [[way.state for way in one.deliveries] for one in found] == [["sent"]] * 6
    assert {way.lost for one in found for way in one.deliveries} == {lost}
    assert after_the_lease(post_room.out) == 0


def test_two_at_work_at_once_never_send_the_same_twice(waiting, post_room, cast):
    db.engine.dispose()
    both = [post_room("never") for _room in range(2)]
    assert [room.wait(60) for room in both] == [0, 0]
    phones = sorted(f"phone:{one.id} 3" for one in (cast.worker, cast.colleague))
    assert carried(post_room.out) == phones
