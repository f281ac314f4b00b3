"""Rolls as communities keep them, made for tests: everybody in them is invented."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from app.domain.pushed import ListRow
from app.domain.residents import Resident
from app.exchange.lists.going_on import go_on
from app.exchange.lists.receiving import Came, Reading, read_list, receive
from app.exchange.lists.report import rehearse, why_of
from app.exchange.rows.line import Line
from app.lib import clock
from app.lib.db import session
from app.lib.words import Say
from tests.cast import id_number

HEADS = "序号 姓名 身份证号 电话 小区 楼号 单元 房号 网格 与户主关系 人员类别".split()
BORN = date(1971, 3, 4)


def number(sequence: int, born: date = BORN) -> str:
    """A right ID number that nobody of the cast has."""
    return id_number("140106", born, 500 + sequence)


def workbook(*sheets: Iterable[Iterable[Any]], titles: Iterable[str] = ()) -> bytes:
    """The bytes of an .xlsx with these sheets of rows."""
    book = Workbook()
    book.remove(book.active)
    names = [*titles, *(f"Sheet{n}" for n in range(1, len(sheets) + 1))]
    for name, rows in zip(names, sheets, strict=False):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def roll(*rows: Iterable[Any], heads: Iterable[str] = HEADS) -> bytes:
    return workbook([heads, *rows])


def person(sequence: int, name: str = "", **cells: Any) -> list[Any]:
    """A row below HEADS: 二轻小区 2号楼 1单元, a door of his own on the sixth floor."""
    told = {
        "序号": sequence,
        "姓名": name or f"张{'甲乙丙丁戊己庚辛壬癸'[sequence % 10]}",
        "身份证号": number(sequence),
        "电话": f"1390351{sequence:04d}",
        "小区": "二轻小区",
        "楼号": "2号楼",
        "单元": "1",
        "房号": f"6{sequence:02d}",
        "网格": "第1网格",
    } | cells
    return [told.get(head) for head in HEADS]


@dataclass
class Taken:
    """A roll on the workbench: the file as it was read, and what became of its rows."""

    reading: Reading
    rows: list[ListRow]

    @property
    def counts(self) -> Counter:
        return Counter(states(self))

    @property
    def elders(self) -> int:
        return sum(row.case_id is not None for row in self.rows)


def take(
    content: bytes, cast: Any, *, name: str = "名册.xlsx", dry: bool = False, into: Any = None
) -> Taken:
    """Import as the director of the cast, or only look; the same content again is saved anew."""
    into = into or cast.home
    came = Came(name, content + uuid4().bytes, "resident", "社区")
    reading, who = read_list(name, content, "resident"), {"by": cast.director, "at": clock.now()}
    if dry:
        return Taken(reading, rehearse(came, reading, into, **who))
    list_id = receive(came, reading, into, **who).id
    go_on(list_id, **who)
    rows = select(ListRow).where(ListRow.list_id == list_id).order_by(ListRow.id)
    return Taken(reading, list(session.scalars(rows)))


def states(taken: Taken) -> list[str]:
    """Line by line: what became of it, or that it was skipped."""
    found = {(row.sheet, row.number): row.state for row in taken.rows}
    return [found.get((line.sheet, line.number), line.state) for line in taken.reading.lines]


def whys(taken: Taken) -> list[str]:
    """Line by line why, and what is to be said beside it."""
    found = {(row.sheet, row.number): row for row in taken.rows}
    return [_why(line, found.get((line.sheet, line.number))) for line in taken.reading.lines]


def _why(line: Line, row: ListRow | None) -> str:
    if row is None:
        return " ".join(map(str, line.why))
    remarks = [str(Say.from_json(one)) for one in row.understood.get("remarks", ())]
    return " ".join([why_of(row), *remarks])


def named(name: str) -> Resident | None:
    """The one resident of that name."""
    session.expire_all()
    return session.scalars(select(Resident).where(Resident.name == name)).one_or_none()


def cells_of(content: bytes) -> Iterator[list[Any]]:
    """The rows of the first sheet of a workbook, read back."""
    for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows():
        yield list(row)
