"""Nothing is answered before it is on the disk: the kernel's own word for it, by strace."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offline.caller import Caller, incident, photo
from tests.offline.server import Server, until

WRITES, SYNCS = ("pwrite64", "write"), ("fsync", "fdatasync")
CALLS = "trace=" + ",".join((*WRITES, *SYNCS, "sendto", "sendmsg"))
ANSWERS = 12
MUST_BE_SYNCED = re.compile(r"-wal$|/photos/../")
# 71 pwrite64(9</tmp/data/shouwang.db-wal>, … and 71 sendto(12<TCP:[…]>, "HTTP/1.1 200 OK…
CALL = re.compile(r'^\d+ +(?P<name>\w+)\(\d+<(?P<file>[^>]*)>(?:, "(?P<said>[^"]*)")?')


@pytest.fixture
def watched(folder) -> Iterator[Server]:
    """A server whose every write, sync and answer is noted by strace."""
    watcher = shutil.which("strace")
    assert watcher, "bin/test installs strace"
    running = Server(folder)
    options = ["-f", "-y", "-s", "24", "--seccomp-bpf", "-e", CALLS, "-o", str(folder / "calls")]
    running.wrapped_in = [watcher, *options]
    with running:
        yield running


def test_the_database_s_log_and_every_photo_are_synced_before_the_answer(watched, token):
    phone = Caller(watched.port, token)
    for number in range(ANSWERS):
        phone.puts(photo(number))
        phone.post([incident(number)])
    calls = watched.folder / "calls"
    until(lambda: len(answers_with_their_sync(calls)) == 2 * ANSWERS)
    assert all(answers_with_their_sync(calls))


def test_the_watcher_sees_an_answer_without_a_sync(folder):
    """The control: a server that writes its log and answers, and never syncs."""
    calls = folder / "calls"
    script = (
        "import os, socket\n"
        f"log = os.open('{folder}/shouwang.db-wal', os.O_RDWR | os.O_CREAT)\n"
        "os.pwrite(log, b'a page', 0)\n"
        "ours, theirs = socket.socketpair()\n"
        "ours.sendall(b'HTTP/1.1 200 OK')\n"
    )
    subprocess.run(
        ["strace", "-f", "-y", "-e", CALLS, "-o", calls, "python3", "-c", script], check=True
    )
    assert answers_with_their_sync(calls) == [False]


def answers_with_their_sync(calls: Path) -> list[bool]:
    """For each 2xx that followed a write: whether all that was written was synced before it."""
    answers, unsynced, wrote = [], set(), False
    for line in calls.read_text(errors="replace").splitlines():
        if not (call := CALL.match(line)):
            continue
        name, file, said = call.groups()
        if MUST_BE_SYNCED.search(file) and name in WRITES:
            unsynced.add(file)
            wrote = True
        elif name in SYNCS:
            unsynced.discard(file)
        elif wrote and (said or "").startswith("HTTP/1.1 2"):
            answers.append(not unsynced)
            wrote = False
    return answers
