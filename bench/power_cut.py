"""The power fails while phones send; what had been answered is there after it comes back.

`CUTS` times, each on a disk of its own (bench/cut_device.py): the server takes entries from
several phones, the disk is stopped at a chance moment, and what had reached it is mounted anew.
A control runs the same with SQLite's synchronous=OFF and must lose something: it shows that
this rig can see a loss. Needs root, nbdkit, nbdfuse and a loop device; bench/power_cut installs.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import text

from app.domain.photos import Photo
from app.domain.records import Record
from app.lib import album
from app.lib.db import db, session
from tests.offline import street
from tests.offline.caller import Caller, incident, photo
from tests.offline.server import Server, until

CUTS, CONTROLS = 30, 4
PHONES = 4
MOST = 60  # entries in one message
HOMES = 10
SIZE = 64 << 20
LONGEST_WAIT = 1.5  # seconds until the cut
HERE = Path(__file__).parent


def main() -> None:
    chance = random.Random(int(os.environ.get("SEED", "1")))  # noqa: S311
    with tempfile.TemporaryDirectory(prefix="shouwang-cut-") as folder:
        base = street.told_in(Path(folder) / "street", homes=HOMES, elders=HOMES).folder
        token = street.signed_in(base)
        cut = [_cut(Path(folder), base, token, chance, "FULL") for _ in range(CUTS)]
        control = [_cut(Path(folder), base, token, chance, "OFF") for _ in range(CONTROLS)]
    answered, lost = _sums(cut)
    print(f"power cuts: {CUTS}; entries and photos answered as kept: {answered}; missing: {lost}")
    print("control, synchronous=OFF: answered {}, missing {}".format(*_sums(control)))
    if lost or not answered:
        sys.exit("an acknowledged record is missing" if lost else "nothing was answered")
    if not _sums(control)[1]:
        sys.exit("the control lost nothing: this rig sees no loss")


def _sums(cuts: list[tuple[int, int]]) -> list[int]:
    return [sum(numbers) for numbers in zip(*cuts, strict=True)]


def _cut(folder: Path, base: Path, token: str, chance: random.Random, care: str) -> tuple[int, int]:
    """How many entries were answered as kept before a cut, and how many are missing after it."""
    with disk(folder) as (device, mounted):
        data = Path(shutil.copytree(base, mounted / "data"))
        subprocess.run(["sync", "-f", mounted], check=True)
        server = Server(data)
        server.settings = {"SYNCHRONOUS": care}
        with server:
            answered = _send_until_cut(server, token, chance.uniform(0.2, LONGEST_WAIT), device)
            survived = shutil.copy(folder / "disk.img", folder / "after.img")
            device.send_signal(signal.SIGCONT)
    with mounting(survived, folder / "after") as mounted:
        found = _kept(mounted / "data")
    return len(answered), len(answered - found)


def _send_until_cut(
    server: Server, token: str, seconds: float, device: subprocess.Popen
) -> set[str]:
    phones, stop = [Caller(server.port, token) for _ in range(PHONES)], Event()
    hands = [Thread(target=_send, args=(phone, stop), daemon=True) for phone in phones]
    for hand in hands:
        hand.start()
    phones[0].sends([incident(0)])  # the server is warm: from here on the time counts
    time.sleep(seconds)
    device.send_signal(signal.SIGSTOP)
    answered = set().union(*(phone.answered for phone in phones))
    stop.set()
    return answered


def _send(phone: Caller, stop: Event) -> None:
    chance = random.Random()  # noqa: S311
    while not stop.is_set():
        with suppress(OSError, HTTPException, ValueError):
            phone.answered.add(phone.puts(photo(chance.getrandbits(60))))
            phone.post([incident(number) for number in range(chance.randint(1, MOST))])


def _kept(folder: Path) -> set[str]:
    """The entries and photos that are there."""
    with street.application(folder).app_context():
        if session.execute(text("pragma integrity_check")).scalar() != "ok":
            sys.exit("the database is broken after a cut")
        kept = {str(record_id) for (record_id,) in session.query(Record.id)}
        photos = session.query(Photo).all()
        kept |= {photo.sha for photo in photos if album.read(photo.sha, photo.uid)}
        session.remove()
        db.engine.dispose()
    return kept


@contextmanager
def disk(folder: Path):
    """A mounted ext4 on a disk that can be stopped, and the process that is the disk."""
    image, socket, file = folder / "disk.img", folder / "disk.sock", folder / "disk.raw"
    env = os.environ | {"IMAGE": str(image), "IMAGE_SIZE": str(SIZE)}
    for old in (image, socket):
        old.unlink(missing_ok=True)
    file.touch()
    command = ["nbdkit", "--foreground", "--unix", socket, "python", HERE / "cut_device.py"]
    with ExitStack() as later:
        device = later.enter_context(subprocess.Popen(command, env=env))
        later.callback(device.kill)
        until(socket.exists)
        bridge = subprocess.Popen(["nbdfuse", file, f"nbd+unix:///?socket={socket}"])
        later.callback(bridge.wait)
        later.callback(subprocess.run, ["umount", file], check=True)
        until(lambda: file.stat().st_size == SIZE)
        subprocess.run(["mkfs.ext4", "-q", "-F", file], check=True)
        yield device, later.enter_context(mounting(file, folder / "mounted"))


@contextmanager
def mounting(file: Path, place: Path):
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", file, place], check=True)
    try:
        yield place
    finally:
        until(lambda: subprocess.run(["umount", place], capture_output=True).returncode == 0)


if __name__ == "__main__":
    main()
