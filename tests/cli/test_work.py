"""`flask work`, two of them: one does the timetable, and when it is killed the other goes on."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pysqlite3
import pytest

from app import create_app
from app.lib.db import db
from tests.house.sources import ROOT
from tests.story import KEY

PATIENCE = 90  # seconds, for a busy machine
ON_DUTY = "on duty for the timetable"


@pytest.fixture
def folder(tmp_path) -> Path:
    """The data folder of an installation with nobody in it."""
    settings = {
        "DATA_DIR": tmp_path,
        "MASTER_KEY": KEY,
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'shouwang.db'}",
    }
    with create_app(settings).app_context():
        db.create_all()
        db.engine.dispose()
    return tmp_path


@pytest.fixture
def at_work(folder):
    """Start `flask work`; whatever still runs at the end is killed."""
    started = []
    env = {**os.environ, "DATA_DIR": str(folder), "FLASK_APP": "wsgi"}
    for name in ("DATABASE_URL", "TEST_DATABASE"):
        env.pop(name, None)

    def start(name: str) -> subprocess.Popen:
        flask = Path(sys.executable).with_name("flask")
        with (folder / name).open("w") as said:
            process = subprocess.Popen([flask, "work"], cwd=ROOT, env=env, stdout=said, stderr=said)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_until(true) -> None:
    give_up = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < give_up
        time.sleep(0.2)


def rows(folder: Path, wanted: str) -> list[tuple]:
    with closing(pysqlite3.connect(folder / "shouwang.db", timeout=30)) as database:
        return database.execute(wanted).fetchall()


def runs(folder: Path) -> dict[tuple, str]:
    """When each line of the timetable was done for each of its times."""
    found = rows(folder, "SELECT job, due_at, done_at FROM job_runs")
    return {(job, due_at): done_at for job, due_at, done_at in found}


def test_one_is_on_duty_and_when_it_is_killed_the_other_goes_on(folder, at_work):
    def said(name: str) -> bool:
        return ON_DUTY in (folder / name).read_text()

    first = at_work("first")
    wait_until(lambda: said("first"))
    second = at_work("second")
    wait_until(lambda: len(runs(folder)) >= 8)
    done = runs(folder)
    assert not said("second")

    first.send_signal(signal.SIGKILL)
    first.wait()
    killed = datetime.now()
    wait_until(lambda: said("second"))
    assert datetime.now() - killed < timedelta(seconds=60)
    time.sleep(3)  # it looks at the timetable every second
    since = runs(folder)
    assert {line: since[line] for line in done if line in since}.items() <= done.items()
    assert {job for job, _due in since} >= {job for job, _due in done}

    second.send_signal(signal.SIGTERM)
    assert second.wait(PATIENCE) == 0
    assert rows(folder, "SELECT holder FROM shifts") == []
    assert "Traceback" not in (folder / "second").read_text()
