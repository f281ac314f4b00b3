"""A real Chromium against a real server on a free loopback port, with the cast in its database."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pysqlite3 as sqlite3
import pytest
from flask import Flask
from werkzeug.serving import make_server

from app.domain import sign_in
from app.domain.people import User
from app.lib import clock
from app.lib.db import session
from tests.journeys.phone import Phone

# Seconds, on a machine with other things to do.
SLOWEST_TELLING, SLOWEST_START = 240, 60


@pytest.fixture
def server(app: Flask) -> Iterator[str]:
    """The address of the running application."""
    serving = make_server("127.0.0.1", 0, app, threaded=True)
    serving.daemon_threads = False  # whoever still answers is waited for
    thread = threading.Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{serving.server_port}"
    session.rollback()  # what a test left open is what an answer would wait for
    serving.shutdown()
    thread.join()
    serving.server_close()


@pytest.fixture
def service_workers() -> str:
    """Phones have none here, as in some apps' own browsers; a file about them says "allow"."""
    return "block"


@pytest.fixture
def phone_of(server, chromium, service_workers) -> Iterator:
    """A phone (or a screen of another width) on which somebody has signed in."""
    opened = []

    def sign_in_on(user: User, width: int = 360, height: int = 780) -> Phone:
        token, _device = sign_in.begin_session(user, None, "测试手机", at=clock.now())
        session.commit()
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            base_url=server,
            service_workers=service_workers,
        )
        context.add_cookies([{"name": "shouwang", "value": token, "url": server}])
        opened.append(context)
        return Phone(context.new_page())

    yield sign_in_on
    for context in opened:
        context.close()


@dataclass(frozen=True, slots=True)
class Town:
    """The story, served: where, with which password for everybody, from which folder."""

    address: str
    password: str
    folder: Path

    def ask(self, question: str) -> list[tuple]:
        """What somebody knows who lives there: rows of its database, read only."""
        with sqlite3.connect(f"file:{self.folder}/shouwang.db?mode=ro", uri=True) as database:
            return database.execute(question).fetchall()


@pytest.fixture(scope="session")
def told_town(tmp_path_factory, worker_id) -> Path:
    """A folder with the whole story in it: whoever comes first in a run tells it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "town"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "told-on").exists():
            command = [sys.executable, "-m", "tests.journeys.story_server"]
            subprocess.run(command, env=home_in(folder), check=True, timeout=SLOWEST_TELLING)
    return folder


@pytest.fixture(scope="session")
def town(told_town, tmp_path_factory) -> Iterator[Town]:
    """A server process of its own with the whole story, for all journeys of a process."""
    folder = shutil.copytree(told_town, tmp_path_factory.mktemp("town") / "data")
    address_file, said = folder / "address", (folder / "said").open("w")
    serving = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.story_server", str(address_file)],
        env=home_in(folder),
        stdout=said,
        stderr=said,
    )
    try:
        yield Town(served_at(serving, address_file), password_in(folder), folder)
    finally:
        serving.terminate()
        serving.wait()
        said.close()


def home_in(folder: Path) -> dict[str, str]:
    return os.environ | {"DATA_DIR": str(folder), "FLASK_APP": "wsgi"}


def served_at(serving: subprocess.Popen, address_file: Path) -> str:
    """Where the server listens, once it does."""
    for _try in range(SLOWEST_START * 10):
        if address_file.exists() and (address := address_file.read_text("utf-8")):
            return address
        if serving.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail((address_file.parent / "said").read_text("utf-8")[-2000:])


def password_in(folder: Path) -> str:
    logins = (folder / "story-logins.txt").read_text("utf-8")
    return re.search(r"口令都是 (\S+?)）", logins).group(1)
