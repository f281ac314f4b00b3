"""A list of 10,000 rows comes in while workers save: how long it takes, how long a save waits.

    python -m bench.lists [ROWS] [KIND …]

In a folder of its own on SQLite, and on PostgreSQL where TEST_POSTGRES_URL names a server.
A second process saves visits through the inbox all the while, as phones do. The seconds of
processor are those of the import alone, and say the same on a machine that others use, too.
"""

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from flask import Flask
from sqlalchemy import create_engine, make_url, text

from app.domain.people import user_by_handle
from app.domain.places import area_by_code
from app.exchange.batches import only_reading
from app.exchange.lists.going_on import go_on
from app.exchange.lists.receiving import Came, read_list, receive
from app.exchange.lists.report import counts_of
from app.lib import clock
from bench import long_list
from bench.saver import settled, somebody_saves
from tests import cast as the_cast
from tests.exchange.sheets import workbook

HOME = "140106001002"
ROWS, MOST_SECONDS, LONGEST_WAIT = 10_000, 20.0, 0.5


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    slow = [
        f"{kind} on {name}"
        for kind in sys.argv[2:] or long_list.KINDS
        for name in ("SQLite", "PostgreSQL")
        if _is_slow(name, kind, count)
    ]
    if slow:
        print(f"more than {MOST_SECONDS} s, or a save waited over {LONGEST_WAIT} s: {slow}")


def _is_slow(name: str, kind: str, count: int) -> bool:
    server = os.environ.get("TEST_POSTGRES_URL")
    if name == "PostgreSQL" and not server:
        return False
    with tempfile.TemporaryDirectory(prefix="shouwang-lists-") as folder:
        url = f"sqlite:///{folder}/shouwang.db" if name == "SQLite" else _new_database(server)
        app, content = settled(Path(folder), url), workbook(list(long_list.rows(kind, count)))
        _move_in(app, count)
        with somebody_saves(Path(folder), url) as waits:
            began, busy = perf_counter(), process_time()
            became = _import(app, kind, content)
            took, busy = perf_counter() - began, process_time() - busy
    print(f"{name}: {count} rows of kind {kind} in {took:.1f} s, {busy:.1f} s of processor", end="")
    print(f"; {len(waits)} saves meanwhile, longest wait {max(waits):.3f} s, {became}")
    return took > MOST_SECONDS or max(waits) > LONGEST_WAIT


def _move_in(app: Flask, count: int) -> None:
    with app.app_context(), clock.stopped_at(the_cast.MORNING):
        community = area_by_code(HOME)
        long_list.settle(community, community.under("grid")[0], count)


def _import(app: Flask, kind: str, content: bytes) -> dict[str, int]:
    with app.app_context(), clock.stopped_at(the_cast.MORNING):
        came = Came("名单.xlsx", content, kind, "区防控办")
        community, director, at = area_by_code(HOME), user_by_handle("zhangmin"), clock.now()
        with only_reading():
            reading = read_list(came.name, came.content, kind)
        list_id = receive(came, reading, community, by=director, at=at).id
        go_on(list_id, by=user_by_handle("zhangmin"), at=at)
        return {state: n for state, n in counts_of(list_id).items() if n}


def _new_database(server: str) -> str:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS shouwang_lists WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE shouwang_lists"))
    return make_url(server).set(database="shouwang_lists").render_as_string(hide_password=False)


if __name__ == "__main__":
    main()
