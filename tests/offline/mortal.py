"""The application as gunicorn serves it, able to be killed at a named moment of an answer.

A test writes into DATA_DIR/doom which request is to be the last and when (tests/offline/server.py).
The whole group of processes dies by SIGKILL, master and workers, as a machine does that loses
its power: nothing is said, nothing is tidied up.
"""

import fcntl
import json
import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session

from app import create_app
from app.lib.db import db

DOOM = Path(os.environ["DATA_DIR"]) / "doom"
# fsync and fdatasync by number: x86-64, then arm64.
SYNCING = {"74", "75", "82", "83"}
LONGEST_COMMIT = 2  # seconds
ON_ITS_WAY = 0.05  # seconds that half an answer needs to the other side of the loopback

doomed = threading.local()


def die() -> None:
    os.killpg(os.getpgrp(), signal.SIGKILL)
    time.sleep(60)


def is_moment(name: str) -> bool:
    return getattr(doomed, "moment", None) == name


def die_while_syncing(thread: int) -> None:
    """Die as soon as the thread waits for the disk, or when the commit is long over."""
    until = time.monotonic() + LONGEST_COMMIT
    state = Path(f"/proc/self/task/{thread}/syscall")
    while time.monotonic() < until and state.read_text().split()[0] not in SYNCING:
        pass
    die()


def committing(_connection: object) -> None:
    if is_moment("before the commit"):
        die()
    if is_moment("in the commit"):
        threading.Thread(target=die_while_syncing, args=(threading.get_native_id(),)).start()
    doomed.committed = True


def committed(_session: object) -> None:
    # a savepoint ends with this event as well, without a commit
    if is_moment("after the commit") and getattr(doomed, "committed", False):
        die()


def halves(body: Iterable[bytes]) -> Iterator[bytes]:
    """The first half of an answer, and no second one."""
    whole = b"".join(body)
    yield whole[: len(whole) // 2]
    time.sleep(ON_ITS_WAY)
    die()


class LastAnswer:
    """An answer that went out whole, and then nothing more."""

    def __init__(self, body: Iterable[bytes]):
        self.body = body

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.body)

    def close(self) -> None:
        time.sleep(ON_ITS_WAY)
        die()


class Mortal:
    """The WSGI application around the application."""

    def __init__(self, wsgi):
        self.wsgi = wsgi

    def __call__(self, environ, start_response) -> Iterable[bytes]:
        doomed.moment, doomed.committed = moment_for(environ), False
        body = self.wsgi(environ, start_response)
        if is_moment("before the reply"):
            die()
        if is_moment("in the reply"):
            return halves(body)
        return LastAnswer(body) if is_moment("after the reply") else body


def moment_for(environ: dict) -> str | None:
    """When this request's server dies, if it is the one; it is so once."""
    try:
        with DOOM.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            return taken(file, f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
    except FileNotFoundError:
        return None


def taken(file, request: str) -> str | None:
    fate = json.loads(file.read() or "null")
    if not fate or not request.startswith(fate["on"]):
        return None
    file.seek(0)
    file.truncate()
    fate["spare"] -= 1
    if fate["spare"] < 0:
        return fate["moment"]
    json.dump(fate, file)
    return None


def set_care(connection: object, _record: object) -> None:
    """The control of bench/power_cut.py: how a database behaves that is not careful."""
    connection.execute(f"PRAGMA synchronous={os.environ['SYNCHRONOUS']}")


app = create_app()
with app.app_context():
    event.listen(db.engine, "commit", committing)
    if os.environ.get("SYNCHRONOUS"):
        event.listen(db.engine, "connect", set_care)
event.listen(Session, "after_commit", committed)
app.wsgi_app = Mortal(app.wsgi_app)
