"""The tree of places as an admin keeps it: districts by their official code, then what lies below.

Codes follow GB/T 2260 and GB/T 10114: six digits for a district, nine for a
subdistrict, twelve for a community; a grid's code is its community's and four
digits more, unless the city gives it another. A code is never changed.
"""

from datetime import datetime

from sqlalchemy import func, select

from app.domain import audit
from app.domain.events import happened
from app.domain.people import User
from app.domain.places import LEVELS, Area, area_by_code
from app.lib import gb2260
from app.lib.db import session
from app.lib.refusal import Refused
from app.lib.words import Say, say

CODE_LENGTH = {"province": 6, "city": 6, "district": 6, "subdistrict": 9, "community": 12}
MOST_GRIDS = 60


def level_below(area: Area) -> str | None:
    """The level of what lies in a place; None below a grid."""
    order = list(LEVELS)
    return order[order.index(area.level) + 1] if area.level != order[-1] else None


def add_districts(code: str, *, by: User, at: datetime) -> list[Area]:
    """Put a district or county, or a city with all of its own (GB/T 2260), into the tree.

    The city and the province above come along. Refused for any other code.
    """
    codes = [code] if not code.endswith("00") else _districts_of(code)
    if gb2260.name_of(code) is None or not codes:
        unknown = say("请选一个市，或一个区县。")
        raise Refused(unknown, {"code": [unknown]})
    return [_add_district(one, by=by, at=at) for one in codes]


def add_place(parent: Area, *, code: str, name: str, by: User, at: datetime) -> Area:
    """Put a subdistrict, a community or a grid below `parent`; Refused for a wrong code."""
    level = level_below(parent)
    why = _wrong_code(parent, level, code)
    if why:
        raise Refused(why, {"code": [why]})
    return _add(parent, level, code, name, by=by, at=at)


def add_grids(community: Area, count: int, *, by: User, at: datetime) -> list[Area]:
    """So many more grids, numbered on from the last one."""
    if community.level != "community" or not 1 <= count <= MOST_GRIDS:
        wrong = say("一次最多加 %(most)s 个网格。", most=MOST_GRIDS)
        raise Refused(wrong, {"count": [wrong]})
    wanted = select(func.count(Area.id)).where(Area.parent_id == community.id, Area.level == "grid")
    number = session.scalar(wanted)
    added: list[Area] = []
    while len(added) < count:
        number += 1
        code = f"{community.code}{number:04d}"
        if area_by_code(code) is None:
            added.append(_add(community, "grid", code, f"第{number}网格", by=by, at=at))
    return added


def rename_place(area: Area, name: str, *, by: User, at: datetime) -> None:
    area.name = name
    _note(area, "renamed", by=by, at=at)


def _districts_of(code: str) -> list[str]:
    """The codes of a city's districts and counties; none for a province."""
    if code.endswith("0000"):
        return []
    found = gb2260.search(code[:4], limit=1000)
    return sorted(one for one, _name in found if one.startswith(code[:4]) and one != code)


def _add_district(code: str, *, by: User, at: datetime) -> Area:
    area = None
    for level, own in zip(LEVELS, (code[:2] + "0000", code[:4] + "00", code), strict=False):
        if gb2260.name_of(own) is not None:  # some have no city above them
            area = _known_or_new(own, level, area, by=by, at=at)
    return area


def _known_or_new(code: str, level: str, parent: Area | None, *, by: User, at: datetime) -> Area:
    known = area_by_code(code)
    if known is not None:
        return known
    above = gb2260.name_of(parent.code) if parent else ""
    return _add(parent, level, code, gb2260.name_of(code).removeprefix(above), by=by, at=at)


def _wrong_code(parent: Area, level: str | None, code: str) -> Say | None:
    length = CODE_LENGTH.get(level or "")
    begins = parent.code.rstrip("0") if level == "city" else parent.code
    if level in (None, "city", "district"):
        return say("区县请从国家代码表里选。")
    if not code.isascii() or not code.isdecimal() or (length and len(code) != length):
        return say("代码应是 %(length)s 位数字。", length=length or "13–24")
    if not code.startswith(begins) or len(code) <= len(parent.code) or len(code) > 24:
        return say("代码应以上级的代码 %(code)s 开头。", code=parent.code)
    return say("这个代码已经有了。") if area_by_code(code) else None


def _add(parent: Area | None, level: str, code: str, name: str, *, by: User, at: datetime) -> Area:
    area = Area.add(code=code, name=name, level=level, parent=parent)
    _note(area, f"new {level}", by=by, at=at)
    return area


def _note(area: Area, what: str, *, by: User, at: datetime) -> None:
    audit.note("area_changed", by=by, at=at, target=f"area:{area.id}", reason=f"{what} {area.code}")
    happened("places_changed", by=by, at=at, community_id=area.id)
