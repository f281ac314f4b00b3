"""The tree of places from a CSV: code, name, level, parent, from, to. All of it or nothing.

太原市 with its ten districts and counties is shipped; any city's list is loaded
the same way. A place that is there already is renamed or dated, never moved.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.domain import places
from app.domain.places import LEVELS, Area, area_by_code
from app.domain.territory import CODE_LENGTH
from app.exchange.comma_file import read_comma_file
from app.exchange.sheet import UNSEEN, Row
from app.lib.words import Say, say

SHIPPED = Path(places.__file__).with_name("areas.csv")
COLUMNS = ("code", "name", "level", "parent", "from", "to")
LONGEST_NAME = Area.name.type.length
GRID_CODE = range(13, 25)  # a community's twelve digits and more (app/domain/territory.py)
# What a place may lie in; the districts of 北京 and its like have no city above them.
ABOVE = {
    "province": ("",),
    "city": ("province", ""),
    "district": ("city", "province"),
    "subdistrict": ("district",),
    "community": ("subdistrict",),
    "grid": ("community",),
}


@dataclass
class AreaReport:
    """What a list did; `errors` holds (line number, sentence)."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: list[tuple[int, Say]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """One line as it was written; `first_line` is where its code stood first."""

    line: int
    first_line: int
    told: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.told[column]


def read_areas(content: bytes) -> AreaReport:
    """Bring the rows of a list into the tree; on any error the caller must not commit.

    Refused for a file that is no text.
    """
    head, rows = _table(content)
    report = AreaReport()
    if missing := [column for column in COLUMNS if column not in head]:
        report.errors.append((1, say("缺少列：%(names)s", names="、".join(missing))))
        return report
    for place in _places(head, rows):
        _read(place, report)
    return report


def _table(content: bytes) -> tuple[list[str], tuple[Row, ...]]:
    """The names of the columns, and the rows below them."""
    head, *rows = read_comma_file(content)[0].rows or [Row(1, ())]
    return [str(cell).strip(UNSEEN) for cell in head.cells], tuple(rows)


def _places(head: list[str], rows: Iterable[Row]) -> Iterable[Place]:
    seen: dict[str, int] = {}
    for row in rows:
        told = {name: str(row.cell(head.index(name)) or "").strip(UNSEEN) for name in COLUMNS}
        yield Place(row.number, seen.setdefault(told["code"], row.number), told)


def _read(place: Place, report: AreaReport) -> None:
    why = _wrong_itself(place) or _wrong_above(place) or _wrong_place(place)
    if why:
        report.errors.append((place.line, why))
    else:
        _take(place, report)


def _wrong_itself(place: Place) -> Say | None:
    """What is wrong with a line whatever else there is."""
    if place["level"] not in LEVELS:
        return say("不认识的级别：%(level)s", level=place["level"])
    return _wrong_code(place) or _wrong_name(place["name"]) or _wrong_days(place)


def _wrong_code(place: Place) -> Say | None:
    code, length = place["code"], CODE_LENGTH.get(place["level"])
    if not (code.isascii() and code.isdecimal()):
        return say("代码应全是数字：%(code)s", code=code)
    if len(code) not in ((length,) if length else GRID_CODE):
        return say("代码应是 %(length)s 位数字。", length=length or "13–24")
    if place.first_line != place.line:
        return say("代码 %(code)s 在第 %(line)s 行已有。", code=code, line=place.first_line)
    return None


def _wrong_name(name: str) -> Say | None:
    if not name:
        return say("名称不能空着。")
    if len(name) > LONGEST_NAME:
        return say("名称最多写 %(most)s 个字。", most=LONGEST_NAME)
    return None


def _wrong_days(place: Place) -> Say | None:
    try:
        begins, ends = _day(place["from"]), _day(place["to"])
    except ValueError:
        return say("日期写法不对，例如 2022-10-06。")
    if begins and ends and begins > ends:
        return say("开始日期比结束日期晚，请核对 from 和 to。")
    return None


def _wrong_above(place: Place) -> Say | None:
    code, level = place["parent"], place["level"]
    parent = area_by_code(code) if code else None
    if code and parent is None:
        return say("上级 %(code)s 还不在表里，请把上级排在前面。", code=code)
    if (parent.level if parent else "") in ABOVE[level]:
        return None
    if parent is None:
        return say("级别是 %(level)s 的要写上级。", level=level)
    return say(
        "级别是 %(level)s 的不能放在级别是 %(above)s 的下面。", level=level, above=parent.level
    )


def _wrong_place(place: Place) -> Say | None:
    """A code that is there already stays at its level and below its parent."""
    area = area_by_code(place["code"])
    if area is None:
        return None
    if area.level != place["level"]:
        return say("表里已有这个代码，级别是 %(level)s，不能改。", level=area.level)
    above = area.parent.code if area.parent else ""
    if above == place["parent"]:
        return None
    if above:
        return say("表里已有这个代码，上级是 %(code)s，不能改。", code=above)
    return say("表里已有这个代码，没有上级，不能改。")


def _take(place: Place, report: AreaReport) -> None:
    area = area_by_code(place["code"])
    wanted = (place["name"], _day(place["from"]), _day(place["to"]))
    if area is None:
        parent = area_by_code(place["parent"]) if place["parent"] else None
        area = Area.add(code=place["code"], name=place["name"], level=place["level"], parent=parent)
        report.added += 1
    elif (area.name, area.begins, area.ends) == wanted:
        report.unchanged += 1
    else:
        report.changed += 1
    area.name, area.begins, area.ends = wanted


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
