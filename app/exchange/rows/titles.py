"""What stands above the header of a sheet: the words that say of everybody in it what it is.

A sheet for each building says the building only there: 水利厅宿舍1号楼住户登记表.
"""

import re

from app.exchange.columns import Header
from app.exchange.sheet import Row, Sheet, is_blank
from app.lib.rooms import NAME

LEAST_COLUMNS = 3  # fewer filled cells are a title and no header
LONGEST = 200
# Not the end of 1-3号楼 or 1、2号楼, which are several.
BUILDING = re.compile(
    rf"(?<![0-9A-Z\-~～—、,，和至到与及])({NAME}(?:号楼|#楼?|栋|幢))(?![0-9\-~～—])"
)


def is_title(row: Row) -> bool:
    return sum(not is_blank(cell) for cell in row.cells) < LEAST_COLUMNS


def about(sheet: Sheet, header: Header, name: str) -> str:
    """What the file, the sheet and its title say of everybody in it: 独居老人花名册."""
    return " ".join([name, *titles(sheet, header)])[:LONGEST]


def titles(sheet: Sheet, header: Header) -> tuple[str, ...]:
    """What the sheet is called, and what stands above its header."""
    above = (row for row in sheet.rows if row.number < header.last_row)
    told = (str(cell) for row in above if is_title(row) for cell in row.cells if cell)
    return (sheet.title, *told)


def one_building(titles: tuple[str, ...]) -> str:
    """The building that they name, all the same one; nothing where they name none or several."""
    found = {name for title in titles for name in BUILDING.findall(title.upper())}
    return found.pop() if len(found) == 1 else ""
