"""An empty roll with the usual columns, for a community that keeps none yet."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font

from app.exchange.columns import FIELDS
from app.exchange.workbook import write_cells

TITLE = "名册"
# In the order in which a form would ask.
BLANK = ("grid", "compound", "building", "unit", "room", "name", "relation", "id_number", "phone",
         "category", "note")  # fmt: skip


def blank_roll() -> bytes:
    """A workbook with nothing but the columns, all of them text."""
    book = Workbook()
    book.active.title = TITLE
    write_cells(book.active, 1, [FIELDS[field][0] for field in BLANK])
    for cell in book.active[1]:
        cell.font = Font(bold=True)
        column = book.active.column_dimensions[cell.column_letter]
        column.number_format, column.width = "@", 14
    book.active.freeze_panes = "A2"
    written = BytesIO()
    book.save(written)
    return written.getvalue()
