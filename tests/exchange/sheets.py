"""Rolls as communities keep them, made for tests: everybody in them is invented."""

from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from app.domain.residents import Resident
from app.exchange.roll import import_roll, preview
from app.exchange.roll.report import RollReport
from app.lib import clock
from app.lib.db import session
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


def take(content: bytes, cast: Any, *, name: str = "名册.xlsx", dry: bool = False) -> RollReport:
    """Import as the director of the cast (or only look)."""
    do = preview if dry else import_roll
    return do(name, content, cast.home, by=cast.director, at=clock.now())


def states(report: RollReport) -> list[str]:
    return [line.state for line in report.lines]


def whys(report: RollReport) -> list[str]:
    return [" ".join(map(str, [*line.why, *line.warnings])) for line in report.lines]


def named(name: str) -> Resident | None:
    """The one resident of that name."""
    session.expire_all()
    return session.scalars(select(Resident).where(Resident.name == name)).one_or_none()


def cells_of(content: bytes) -> Iterator[list[Any]]:
    """The rows of the first sheet of a workbook, read back."""
    for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows():
        yield list(row)
