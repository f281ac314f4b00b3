"""A post room that dies at a step: python -m tests.notify.mortal URL FOLDER STEP OUT.

It carries parcels into the file OUT and is gone at once, without a word, right after boxes
were taken, after what goes out of them was noted, after sending, after the marks are written
but before they are committed, or never.
"""

import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from app import create_app
from app.domain.people import User
from app.lib import clock
from app.lib.db import session
from app.notify import post_room
from app.notify.channels import Outcome
from app.notify.ways import Address
from tests.cast import MORNING
from tests.story import KEY


def nothing() -> None:
    """Nobody dies."""


class File:
    """A way that ends in a file, one line a parcel, on the disk before it says so."""

    def __init__(self, path: str):
        self.path = path

    def addresses(self, people, *, at):
        return {one.id: [Address(f"phone:{one.id}")] for one in people if isinstance(one, User)}

    def wait(self, addresses, *, at) -> int:
        return 0

    def carry(self, envelopes):
        with open(self.path, "a") as file:
            for one in envelopes:
                file.write(f"{one.address.who} {one.parcel.count}\n")
            file.flush()
            os.fsync(file.fileno())
        return [Outcome("sent")] * len(envelopes)

    def hear(self, became) -> None:
        pass


def main(url: str, folder: str, step: str, out: str) -> None:
    settings = {"SQLALCHEMY_DATABASE_URI": url, "DATA_DIR": Path(folder), "MASTER_KEY": KEY}
    with create_app(settings).app_context(), clock.stopped_at(MORNING):
        ways = {"push": File(out)}
        taking = partial(run, committed=partial(die_at, "take", step))
        marking = partial(run, written=partial(die_at, "mark", step))
        while leased := post_room.lease(ways, taking):
            die_at("lease", step)
            became = post_room.send(ways, leased.packed)
            die_at("send", step)
            post_room.mark(leased, became, ways, marking)


def run(step, *, reading=False, written=nothing, committed=nothing) -> Any:
    """A step in a transaction of its own; what happens once it is written, and committed."""
    done = step()
    if not reading:
        written()
    session.commit()
    if not reading:
        committed()
    return done


def die_at(here: str, step: str) -> None:
    if here == step:
        os._exit(9)


if __name__ == "__main__":
    main(*sys.argv[1:])
