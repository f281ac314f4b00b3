"""The tree of places from a CSV: code, name, level, parent, from, to. All of it or nothing.

太原市 with its ten districts and counties is shipped; any city's list is loaded
the same way. A place that is there already is renamed or dated, never moved.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.domain import places
from app.domain.places import LEVELS, Area, area_by_code
from app.lib.words import Say, say

SHIPPED = Path(places.__file__).with_name("areas.csv")
COLUMNS = {"code", "name", "level", "parent", "from", "to"}


@dataclass
class AreaReport:
    """What a list did; `errors` holds (line number, sentence)."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: list[tuple[int, Say]] = field(default_factory=list)


def read_areas(lines: Iterable[str]) -> AreaReport:
    """Bring the rows of a list into the tree; on any error the caller must not commit."""
    rows = csv.DictReader(lines)
    report = AreaReport()
    if missing := COLUMNS - set(rows.fieldnames or ()):
        report.errors.append((1, say("缺少列：%(names)s", names="、".join(sorted(missing)))))
        return report
    for row in rows:
        why = _wrong(row)
        if why:
            report.errors.append((rows.line_num, why))
        else:
            _take(row, report)
    return report


def _wrong(row: dict[str, str]) -> Say | None:
    if not row["code"].isdecimal():
        return say("代码应全是数字：%(code)s", code=row["code"])
    if row["level"] not in LEVELS:
        return say("不认识的级别：%(level)s", level=row["level"])
    if row["parent"] and area_by_code(row["parent"]) is None:
        return say("上级 %(code)s 还不在表里，请把上级排在前面。", code=row["parent"])
    try:
        _day(row["from"]), _day(row["to"])
    except ValueError:
        return say("日期写法不对，例如 2022-10-06。")
    return None


def _take(row: dict[str, str], report: AreaReport) -> None:
    area = area_by_code(row["code"])
    wanted = (row["name"], _day(row["from"]), _day(row["to"]))
    if area is None:
        parent = area_by_code(row["parent"]) if row["parent"] else None
        area = Area.add(code=row["code"], name=row["name"], level=row["level"], parent=parent)
        report.added += 1
    elif (area.name, area.begins, area.ends) == wanted:
        report.unchanged += 1
    else:
        report.changed += 1
    area.name, area.begins, area.ends = wanted


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
