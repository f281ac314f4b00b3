"""What `POST /sync` takes in, beside the bare driver doing the same work in the same run.

Messages of 1, 100 and 500 visits go to gunicorn as bin/run starts it, over several
connections, and every message goes once more: a replay must cost half of the first at most.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from itertools import count, islice
from pathlib import Path
from statistics import median

from sqlalchemy import create_engine, func, make_url, select, text

from app.domain.cases import Case
from app.domain.receipts import Receipt
from app.domain.records import Record
from app.lib import clock
from app.lib.db import db, session
from app.lib.ids import new_id
from bench.raw_ingest import RawPostgres, RawSqlite
from bench.rounds import WARM_UP, take_turns
from tests.offline import street
from tests.offline.server import Server

ROUNDS = 5
ELDERS = 600
OPENED = timedelta(days=40)
# entries in a message → messages in a round, over how many connections, and the share of the
# bare driver's speed that is hoped for, on SQLite and on PostgreSQL
SIZES = {1: (40, 4, 0.12, None), 100: (4, 1, 0.35, 0.45), 500: (2, 1, 0.40, 0.45)}
CHEAP_REPLAY = 0.5


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="shouwang-ingest-") as folder:
        dear = _measure("SQLite", Path(folder) / "sqlite", RawSqlite(Path(folder)), "")
        if server := os.environ.get("TEST_POSTGRES_URL"):
            url = _new_database(server)
            raw = RawPostgres(url.replace("+psycopg", ""))
            dear += _measure("PostgreSQL", Path(folder) / "postgres", raw, url)
    if dear:
        sys.exit(f"a replay costs more than {CHEAP_REPLAY} of its first time: {', '.join(dear)}")


def _measure(name: str, folder: Path, raw: RawSqlite | RawPostgres, url: str) -> list[str]:
    """Print the figures of one database; the sizes whose replay is too dear."""
    street.told_in(folder, homes=ELDERS, elders=ELDERS, opened=OPENED, database=url)
    token = street.signed_in(folder, database=url)
    server = Server(folder)
    server.settings = {"DATABASE_URL": url} if url else {}
    with server:
        phones = Phones(server, token, _visits(folder, url))
        found = take_turns(_contenders(raw, phones), ROUNDS)
    _insist_on_counts(folder, url, raw, phones.sent)
    return _print(name, found, postgres=bool(url))


def _contenders(raw: RawSqlite | RawPostgres, phones: "Phones") -> dict:
    def by_hand(size: int, messages: int):
        def write(_round: int) -> int:
            for _ in range(messages):
                raw.write(size)
            return size * messages

        return write

    found = {}
    for size, (messages, *_hopes) in SIZES.items():
        found[f"raw {size}"] = by_hand(size, messages)
        found[f"first {size}"] = lambda _round, size=size: phones.first(size)
        found[f"again {size}"] = lambda _round, size=size: phones.again(size)
    return found


class Phones:
    """Several connections that send prepared messages at once."""

    def __init__(self, server: Server, token: str, visits: Iterator[dict]):
        self.visits, self.sent = visits, 0
        self.headers = {"Cookie": f"shouwang={token}", "Content-Type": "application/json"}
        most = max(lines for _messages, lines, *_hopes in SIZES.values())
        self.lines = [HTTPConnection("127.0.0.1", server.port) for _ in range(most)]
        self.hands = ThreadPoolExecutor(most)
        # one round more: the first one replays before it has sent
        rounds = range(WARM_UP + ROUNDS + 1)
        self.ready = [{size: self._messages(size) for size in SIZES} for _ in rounds]
        self.turns = {size: iter(self.ready) for size in SIZES}
        self.gone: dict[int, list[bytes]] = {}

    def first(self, size: int) -> int:
        self.gone[size] = next(self.turns[size])[size]
        self.sent += size * len(self.gone[size])
        return self._send(self.gone[size], "kept", size)

    def again(self, size: int) -> int:
        if size not in self.gone:
            self.first(size)  # only while warming up
        return self._send(self.gone[size], "already", size)

    def _send(self, messages: list[bytes], state: str, size: int) -> int:
        lines = SIZES[size][1]
        shares = [messages[n::lines] for n in range(lines)]
        list(self.hands.map(self._one_line, self.lines, shares, [state] * lines))
        return size * len(messages)

    def _one_line(self, line: HTTPConnection, messages: list[bytes], state: str) -> None:
        line.close()  # the server hangs up while others have their turn
        for message in messages:
            line.request("POST", "/sync", message, self.headers)
            answer = line.getresponse()
            told = answer.read()
            if answer.status != 200:
                raise SystemExit(f"POST /sync answered {answer.status}: {told[:300]!r}")
            if {one["state"] for one in json.loads(told)["receipts"]} != {state}:
                raise SystemExit(f"not all {state}: {told[:300]!r}")

    def _messages(self, size: int) -> list[bytes]:
        entries = [list(islice(self.visits, size)) for _ in range(SIZES[size][0])]
        return [json.dumps({"entries": some}).encode() for some in entries]


def _visits(folder: Path, url: str) -> Iterator[dict]:
    """Every elder once on the first day, then everybody on the next: no visit is like another."""
    with street.application(folder, url).app_context():
        elders = list(session.scalars(select(Case.resident_id).where(Case.kind == "elder")))
        session.remove()
        db.engine.dispose()
    began = clock.now() - OPENED
    for day in count(1):
        at = (began + timedelta(days=day)).isoformat()
        for resident in elders:
            yield {
                "id": str(new_id()),
                "kind": "visit",
                "recorded_at": at,
                "subject": {"resident_id": resident},
                "fields": {"outcome": "well", "way": "door"},
            }


def _insist_on_counts(folder: Path, url: str, raw: RawSqlite | RawPostgres, sent: int) -> None:
    records, counter = raw.counted()
    with street.application(folder, url).app_context():
        kept = session.scalar(select(func.count()).where(Record.kind == "visit"))
        receipts = session.scalar(select(func.count()).where(Receipt.state == "kept"))
        session.remove()
        db.engine.dispose()
    if not (records == counter and kept == receipts == sent):
        raise SystemExit(f"miscounted: {records}, {counter}; {sent}, {kept}, {receipts}")


def _print(name: str, found: dict[str, list[float]], *, postgres: bool) -> list[str]:
    print(f"\nPOST /sync, {name}: records a second, median (least–most)")
    print(
        f"  {'entries':>8}{'bare driver':>26}{'POST /sync':>26}{'share':>8}{'hoped':>8}{'again':>8}"
    )
    dear = []
    for size, (_messages, _lines, *hopes) in SIZES.items():
        raw, first, again = (found[f"{what} {size}"] for what in ("raw", "first", "again"))
        replay = median(again) / median(first)
        share, hope = median(raw) / median(first), hopes[postgres] or "–"
        print(f"  {size:>8}{_rate(raw):>26}{_rate(first):>26}{share:>8.3f}{hope:>8}{replay:>8.2f}")
        if replay > CHEAP_REPLAY:
            dear.append(f"{name} {size}: {replay:.2f}")
    return dear


def _rate(milliseconds: list[float]) -> str:
    most, least = 1000 / min(milliseconds), 1000 / max(milliseconds)
    return f"{1000 / median(milliseconds):.0f} ({least:.0f}–{most:.0f})"


def _new_database(server: str) -> str:
    with create_engine(server, isolation_level="AUTOCOMMIT").connect() as admin:
        admin.execute(text("DROP DATABASE IF EXISTS ingest"))
        admin.execute(text("CREATE DATABASE ingest"))
    return make_url(server).set(database="ingest").render_as_string(hide_password=False)


if __name__ == "__main__":
    main()
