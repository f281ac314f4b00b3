"""A card filled: a sheet for each person, each a whole copy of the blank one.

openpyxl's copy takes cells, widths and merged cells along; lists to choose from,
colours, pictures, protection and how it is printed are taken along here.
"""

import re
from collections.abc import Sequence
from copy import copy, deepcopy
from io import BytesIO
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.drawing.image import Image
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.fill.cells import write_value
from app.exchange.fill.facts import Facts
from app.exchange.fill.grid import is_formula
from app.exchange.fill.layout import Layout

# What a sheet may not be called with, and how long.
FORBIDDEN, LONGEST_TITLE = re.compile(r"[\\*?:/\[\]'\x00-\x1f]"), 31


def write_cards(book: Workbook, layout: Layout, rows: Sequence[Facts]) -> None:
    """The blank card is the first person's; a copy of it everybody else's, in order."""
    blank = book[layout.sheet]
    pages = [blank, *(_copy(book, blank) for _facts in rows[1:])]
    for number, (page, facts) in enumerate(zip(pages, rows, strict=False), start=1):
        _write_card(page, layout, facts)
        if number > 1 or not _is_spoken_of(book, layout.sheet):
            page.title = FORBIDDEN.sub("", f"{number} {facts.get('name') or ''}")[:LONGEST_TITLE]
    _put_behind(book, blank, pages[1:])


def _write_card(page: Worksheet, layout: Layout, facts: Facts) -> None:
    for column in layout.filled:
        cell = page[column.at]
        said = column.said(facts.get(column.field))
        if said is not None and not isinstance(cell, MergedCell) and not is_formula(cell.value):
            write_value(cell, column.kind, said)


def _copy(book: Workbook, blank: Worksheet) -> Worksheet:
    page = book.copy_worksheet(blank)
    page.data_validations = deepcopy(blank.data_validations)
    page.conditional_formatting = deepcopy(blank.conditional_formatting)
    page.protection, page.HeaderFooter = copy(blank.protection), deepcopy(blank.HeaderFooter)
    page.views, page.row_breaks = deepcopy(blank.views), deepcopy(blank.row_breaks)
    page.freeze_panes, page.print_title_rows = blank.freeze_panes, blank.print_title_rows
    if blank.print_area:
        page.print_area = [area.rpartition("!")[2] for area in blank.print_area.split(",")]
    for view in page.views.sheetView:
        view.tabSelected = False
    for picture in blank._images:
        page.add_image(_picture(picture), deepcopy(picture.anchor))
    return page


def _picture(picture: Any) -> Image:
    return Image(BytesIO(picture._data()))


def _is_spoken_of(book: Workbook, title: str) -> bool:
    """Whether a formula or a list anywhere names the sheet: then it keeps its name."""
    for sheet in book.worksheets:
        rules = (rule.formula1 for rule in sheet.data_validations.dataValidation)
        said = (cell.value for cell in sheet._cells.values() if cell.data_type == "f")
        if any(title in str(one) for one in (*rules, *said)):
            return True
    return False


def _put_behind(book: Workbook, blank: Worksheet, pages: Sequence[Worksheet]) -> None:
    """Right behind the first card, before lists of codes and whatever else stands there."""
    others = [sheet for sheet in book._sheets if sheet not in pages]
    at = others.index(blank) + 1
    book._sheets = [*others[:at], *pages, *others[at:]]
