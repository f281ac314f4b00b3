"""A form with a sheet for each grid: whose rows go where.

A sheet is called after its grid as lists are (app/exchange/rows/grids.py): 第一网格, 3网格,
the name of its compound. Rows whose grid has no sheet go nowhere, and are counted.
"""

import re
from collections.abc import Iterable, Sequence

from app.domain.places import Area
from app.exchange.fill.facts import Facts
from app.exchange.rows.grids import Grids

SHEET = "sheet"
_OF_A_GRID = re.compile(r".*网格.*|第?\d{1,2}格?")
_CALLED = re.compile(r"(.*?网格)")


def is_of_a_grid(title: str) -> bool:
    return bool(_OF_A_GRID.fullmatch(title.strip()))


def with_sheets(facts: Iterable[Facts], titles: Sequence[str], community: Area) -> list[Facts]:
    """The same rows, each with the title of its sheet."""
    known = Grids(community)
    sheets = {grid.code: title for title in titles if (grid := _meant(known, title))}
    return [told | {SHEET: sheets.get(told.get("grid_code", ""))} for told in facts]


def _meant(known: Grids, title: str) -> Area | None:
    """第一网格黄码 is 第一网格, too."""
    begins = _CALLED.match(title)
    return known.meant(title) or (known.meant(begins.group(1)) if begins else None)
