"""What stands above the header of a sheet: the words that say of everybody in it what it is."""

from app.exchange.columns import Header
from app.exchange.sheet import Row, Sheet, is_blank

LEAST_COLUMNS = 3  # fewer filled cells are a title and no header
LONGEST = 200


def is_title(row: Row) -> bool:
    return sum(not is_blank(cell) for cell in row.cells) < LEAST_COLUMNS


def about(sheet: Sheet, header: Header, name: str) -> str:
    """What the file, the sheet and its title say of everybody in it: 独居老人花名册."""
    above = (row for row in sheet.rows if row.number < header.last_row)
    titles = [str(cell) for row in above if is_title(row) for cell in row.cells if cell]
    return " ".join([name, sheet.title, *titles])[:LONGEST]
