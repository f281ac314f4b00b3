"""A worker's phone that saves a visit every 50 ms, in a process of its own, each save timed.

It goes round among many elders: who was visited hundreds of times today would be dear to look at.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from multiprocessing import Queue, get_context
from pathlib import Path
from time import perf_counter, sleep

from flask import Flask
from sqlalchemy import select

from app import create_app
from app.domain.cases import Case
from app.domain.people import user_by_handle
from app.intake.accept import Entry
from app.lib import clock
from app.lib.db import db, session
from app.lib.ids import new_id
from app.sync.inbox import receive
from tests import cast as the_cast
from tests.offline import street
from tests.story import KEY

PAUSE, PATIENCE = 0.05, 60  # seconds
ELDERS = 100


def settled(folder: Path, url: str) -> Flask:
    """An application whose empty database has the cast moved in."""
    app = application(folder, url)
    with app.app_context(), clock.stopped_at(the_cast.MORNING):
        db.create_all()
        people = the_cast.assemble()
        for number in range(ELDERS):
            street.comes_on_the_roll(people, street.moves_in(people, number))
        session.commit()
        session.remove()
    return app


def application(folder: Path, url: str) -> Flask:
    return create_app(
        {"TESTING": True, "DATA_DIR": folder, "MASTER_KEY": KEY, "SQLALCHEMY_DATABASE_URI": url}
    )


@contextmanager
def somebody_saves(folder: Path, url: str) -> Iterator[list[float]]:
    """All the while; afterwards the list holds how long each save took, in seconds."""
    waits: list[float] = []
    told: Queue = get_context("spawn").Queue()
    saver = get_context("spawn").Process(target=_save_all_the_while, args=(folder, url, told))
    saver.start()
    try:
        assert told.get(timeout=PATIENCE) == "ready"
        yield waits
    finally:
        (folder / "stop").touch()
        waits += told.get(timeout=PATIENCE)
        saver.join()
        (folder / "stop").unlink()


def _save_all_the_while(folder: Path, url: str, told: Queue) -> None:
    app, waits = application(folder, url), []
    with app.app_context(), clock.stopped_at(the_cast.MORNING):
        elders = list(session.scalars(select(Case.resident_id).where(Case.kind == "elder")))
        _timed(elders[-1])  # the first one warms up
        told.put("ready")
        for elder in cycle(elders):
            if (folder / "stop").exists():
                break
            waits.append(_timed(elder))
            sleep(PAUSE)
        told.put(waits)


def _timed(elder: int) -> float:
    begun = perf_counter()
    visit = {"outcome": "well", "way": "door"}
    entry = Entry(new_id(), "visit", clock.now(), {"resident_id": elder}, visit, via="phone")
    receive([entry], by=user_by_handle("lina"))
    session.remove()
    return perf_counter() - begun
