"""Which grid a cell means: 第3网格, 3, 三网格, the code, or the name after the dot."""

import re
import unicodedata

from app.domain.places import Area
from app.exchange.rows.line import Line
from app.lib.words import say

TENS = "零一二三四五六七八九"
NUMBER = re.compile(r"第?([0-9]+|[零一二三四五六七八九十]+)(?:号?网格|号|格)?|网格([0-9]+)")


class Grids:
    """The grids of a community by everything they are called; what two share names neither."""

    def __init__(self, community: Area):
        self.by_name: dict[str, set[Area]] = {}
        for grid in community.under("grid"):
            for name in _names(grid):
                self.by_name.setdefault(name, set()).add(grid)

    def meant(self, written: str) -> Area | None:
        """The one grid that is meant, None where it is none or not clear which."""
        found = self.by_name.get(_fold(written)) or self.by_name.get(_number(written), set())
        return next(iter(found)) if len(found) == 1 else None


def find_grids(lines: list[Line], community: Area) -> None:
    """Note for every line the grid it names; a sheet may be called after its grid."""
    grids = Grids(community)
    for line in lines:
        named = line.told.get("grid", "")
        line.grid = line.named_grid = grids.meant(named or line.told.get("sheet_grid", ""))
        if named and line.grid is None:
            line.warn(say("本社区没有“%(name)s”这个网格，按楼栋归网格。", name=named))


def _names(grid: Area) -> set[str]:
    """``第3网格·二轻小区`` with code …0003 is also 3 and 二轻小区."""
    names = {_fold(part) for part in (grid.code, grid.name, *re.split("[·・（(]", grid.name))}
    number = next(filter(None, map(_number, re.split("[·・（(]", grid.name))), "")
    own = grid.code.removeprefix(grid.parent.code) if grid.parent else ""
    return names | {number or (str(int(own)) if own.isdecimal() else "")} - {""}


def _number(written: str) -> str:
    """``第三网格`` → ``3``; nothing for a name."""
    found = NUMBER.fullmatch(_fold(written))
    digits = next(filter(None, found.groups()), "") if found else ""
    return str(int(digits)) if digits.isascii() and digits.isdecimal() else _counted(digits)


def _counted(words: str) -> str:
    """``十二`` → ``12``; nothing for what is no number."""
    tens, ten, ones = words.rpartition("十")
    if not words or len(tens) > 1 or len(ones) > 1:
        return ""
    many = TENS.index(tens) if tens else int(bool(ten))
    return str(many * 10 + (TENS.index(ones) if ones else 0))


def _fold(written: str) -> str:
    return re.sub(r"[\s)）]", "", unicodedata.normalize("NFKC", written)).upper()
