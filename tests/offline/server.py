"""守望 as an installation runs it, on the loopback, for tests that kill it and start it again."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from socket import socket

import pysqlite3

from tests.story import KEY

PATIENCE = 30  # seconds
MOMENTS = (
    "before the commit",
    "in the commit",
    "after the commit",
    "before the reply",
    "in the reply",
    "after the reply",
)


class Server:
    """gunicorn with two workers on a folder with a database in it, always at the same address."""

    def __init__(self, folder: Path, port: int = 0):
        self.folder, self.port = folder, port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None
        self.command = [sys.executable, "-m", "gunicorn", "tests.offline.mortal:app"]
        self.wrapped_in: list[str] = []
        self.settings: dict[str, str] = {}

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def start(self) -> "Server":
        """Start, and come back when it answers."""
        options = ["--worker-class=gthread", "--workers=2", "--threads=4", "--log-level=warning"]
        options += [f"--bind=127.0.0.1:{self.port}", "--no-control-socket", "--preload"]
        said = (self.folder / "said").open("a")
        env = {"DATA_DIR": str(self.folder), "SHOUWANG_KEY": KEY.decode()} | self.settings
        self.process = subprocess.Popen(
            [*self.wrapped_in, *self.command, *options],
            env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | env,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        said.close()
        self._wait()
        return self

    def kill(self) -> None:
        """SIGKILL to all of it, at whatever moment this is."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
            until(lambda: not self._listens())  # its workers may outlive it by a moment

    def doom(self, moment: str, on: str = "POST /sync", spare: int = 0) -> None:
        """Kill it at a moment of the answer to a request that begins with `on`, after `spare`."""
        if moment not in MOMENTS:
            raise ValueError(moment)
        fate = {"moment": moment, "on": on, "spare": spare}
        written = self.folder / "doom.new"
        written.write_text(json.dumps(fate))
        written.replace(self.folder / "doom")

    def is_dead(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def waits_for_death(self, patience: float = PATIENCE) -> bool:
        """Whether it died of its doom in time; then nothing of it is left."""
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            return False
        self.kill()
        return True

    def ask(self, question: str, *values: object) -> list[tuple]:
        """Rows of its database, read only."""
        path = f"file:{self.folder / 'shouwang.db'}?mode=ro"
        database = pysqlite3.connect(path, uri=True)
        try:
            return database.execute(question, values).fetchall()
        finally:
            database.close()

    def _wait(self) -> None:
        until(lambda: self._listens() or self.process.poll() is not None)
        if self.process.poll() is not None:
            raise RuntimeError((self.folder / "said").read_text()[-2000:])

    def _listens(self) -> bool:
        with socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(true: Callable[[], object], patience: float = PATIENCE) -> None:
    """Come back when it is true; TimeoutError where it does not come true in time."""
    give_up = time.monotonic() + patience
    while not true():
        if time.monotonic() > give_up:
            raise TimeoutError
        time.sleep(0.05)
