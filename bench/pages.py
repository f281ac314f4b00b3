"""What today's page of a real grid costs, beside a file of its size from the same server.

One worker's page with all that is due, asked for as a phone asks: whole, and its head
every 20 seconds, when something has happened since and when nothing has.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from socket import socket

from sqlalchemy import func, select

from app import create_app
from app.domain import sign_in
from app.domain.people import GridAssignment, User
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from bench.rounds import report, take_turns

ROUNDS = 8
EACH = 15
PATIENCE = 20
HEAD = {"HX-Request": "true", "HX-Target": "fresh"}
NOTHING: Mapping[str, str] = {}


def main() -> None:
    app = create_app()
    with app.app_context():
        worker = _busiest()
        token, _device = sign_in.begin_session(worker, None, "bench", at=clock.now())
        session.commit()
    file = Path(app.config["DATA_DIR"]) / "page.html"
    file.write_text("?")
    with Server() as server:
        _compare(Asker(server.port, token), file)


def _compare(phone: "Asker", file: Path) -> None:
    status, _tag, body = phone.ask("/today")
    if status != 200 or "<h1" not in body.decode():
        raise SystemExit(f"today's page answered {status}")
    file.write_bytes(body)
    head = re.search(r'id="fresh" hx-get="([^"]+)"', body.decode())[1]
    _status, tag, _body = phone.ask(head, HEAD)
    same = HEAD | {"If-None-Match": tag}
    contenders = {
        "a static file of its size": lambda _round: phone.many("/bench/file"),
        "today's page": lambda _round: phone.many("/today"),
        "its head": lambda _round: phone.many(head, HEAD),
        "its head, nothing new (304)": lambda _round: phone.many(head, same, 304),
    }
    title = f"one answer, page of {len(body) / 1024:.0f} KB"
    report(title, take_turns(contenders, ROUNDS), "a static file of its size")


class Asker:
    """One phone with one connection that stays open."""

    def __init__(self, port: int, token: str):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.headers = {"Cookie": f"shouwang={token}"}

    def many(self, path: str, more: Mapping[str, str] = NOTHING, expected: int = 200) -> int:
        for _ in range(EACH):
            status, _tag, _body = self.ask(path, more)
            if status != expected:
                raise SystemExit(f"{path} answered {status}")
        return EACH

    def ask(self, path: str, more: Mapping[str, str] = NOTHING) -> tuple[int, str, bytes]:
        self.connection.request("GET", path, headers=self.headers | more)
        answer = self.connection.getresponse()
        return answer.status, answer.getheader("ETag", ""), answer.read()


class Server:
    """gunicorn as bin/run starts it, on a free port of the loopback, while it is measured."""

    def __enter__(self) -> "Server":
        self.port = _free_port()
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "bench.served:app",
            "--worker-class",
            "gthread",
        ]
        command += ["--workers", "2", "--threads", "4", "--bind", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen([*command, "--log-level", "warning"], env=os.environ)
        self._wait()
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise SystemExit("the server did not start")


def _busiest() -> User:
    """The worker with most to do."""
    due = select(GridAssignment.user_id).join(Task, Task.grid_id == GridAssignment.grid_id)
    due = due.where(Task.state == "open").group_by(GridAssignment.user_id)
    return session.get(User, session.scalars(due.order_by(func.count(Task.id).desc())).first())


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
