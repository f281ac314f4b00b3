"""A list of 10,000 rows comes in while workers save: how long it takes, how long a save waits.

    python -m bench.lists [KIND] [ROWS]

In a folder of its own on SQLite, and on PostgreSQL where TEST_POSTGRES_URL names a server.
A second process saves visits through the inbox all the while, as phones do.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from sqlalchemy import create_engine, make_url, text

from app.domain.people import user_by_handle
from app.domain.places import area_by_code
from app.exchange.batches import only_reading
from app.exchange.lists.receiving import Came, read_list, receive
from app.exchange.lists.report import counts_of
from app.exchange.lists.working import go_on
from app.lib import clock
from bench.saver import settled, somebody_saves
from tests import cast as the_cast
from tests.cast import id_number
from tests.exchange.sheets import workbook

HOME = "140106001002"
MOST_SECONDS, LONGEST_WAIT = 20.0, 0.5
HEADS = {
    "check": ["序号", "姓名", "身份证号", "联系电话", "现住址", "核查内容"],
    "returnee": ["序号", "姓名", "身份证号", "联系电话", "现住址", "返并时间", "来自", "管控措施"],
    "yellow": ["序号", "姓名", "身份证号", "联系电话", "现住址", "赋码原因", "赋码时间"],
}
REST = {
    "check": ["近期是否离并"],
    "returnee": ["10.5", "吕梁离石", "3天3检"],
    "yellow": ["未按时参加核酸", "10.5"],
}


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else "check"
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    slow = []
    with tempfile.TemporaryDirectory(prefix="shouwang-lists-") as folder:
        urls = {"SQLite": f"sqlite:///{folder}/shouwang.db"}
        if server := os.environ.get("TEST_POSTGRES_URL"):
            urls["PostgreSQL"] = _new_database(server)
        for name, url in urls.items():
            seconds, waits, saved = _measure(Path(folder), url, kind, count)
            longest = max(waits, default=0)
            middle = sorted(waits)[len(waits) // 2]
            print(f"{name}: {count} rows of kind {kind} in {seconds:.1f} s", end="; ")
            print(f"{saved} saves meanwhile, longest wait {longest:.3f} s, middle {middle:.3f} s")
            slow += [name] if seconds > MOST_SECONDS or longest > LONGEST_WAIT else []
    if slow:
        print(f"more than {MOST_SECONDS} s, or a save waited over {LONGEST_WAIT} s: {slow}")


def _measure(folder: Path, url: str, kind: str, count: int) -> tuple[float, list[float], int]:
    app, content = settled(folder, url), workbook(list(_rows(kind, count)))
    with somebody_saves(folder, url) as waits:
        begun = perf_counter()
        with app.app_context(), clock.stopped_at(the_cast.MORNING):
            print(_import(kind, content))
        seconds = perf_counter() - begun
    return seconds, waits, len(waits)


def _import(kind: str, content: bytes) -> dict[str, int]:
    came = Came("名单.xlsx", content, kind, "区防控办")
    community, director = area_by_code(HOME), user_by_handle("zhangmin")
    at = clock.now()
    with only_reading():
        reading = read_list(came.name, came.content, kind)
    list_id = receive(came, reading, community, by=director, at=at).id
    go_on(list_id, by=user_by_handle("zhangmin"), at=at)
    return {state: n for state, n in counts_of(list_id).items() if n}


def _rows(kind: str, count: int) -> Iterator[list]:
    yield HEADS[kind]
    born = the_cast.date(1980, 1, 1)
    for n in range(count):
        day = born.replace(year=1930 + n // 1000 % 70, month=1 + n % 12)
        name = f"张{'一二三四五六七八九十'[n % 10]}{'甲乙丙丁戊己庚辛壬癸'[n // 10 % 10]}"
        door = f"二轻小区2号楼{1 + n % 4}单元{(n // 4) % 30 + 1:02d}{n % 4 + 1:02d}"
        number = id_number("140106", day, n % 1000)
        yield [n + 1, name, number, f"1390{n:07d}", door, *REST[kind]]


def _new_database(server: str) -> str:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS shouwang_lists"))
        connection.execute(text("CREATE DATABASE shouwang_lists"))
    return make_url(server).set(database="shouwang_lists").render_as_string(hide_password=False)


if __name__ == "__main__":
    main()
