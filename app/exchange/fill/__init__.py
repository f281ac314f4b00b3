"""Any form out: somebody else's blank Excel form, filled from what is known.

1. The form is opened whole (opening), its header found by its names (header,
headings), its free rows between examples and sums (region); or it is a card of one
person, label by blank (card, board). 2. Each column is matched to something known
(known) and its way of writing learned from the form itself (formats, choices); a
person may correct that (layout). 3. The rows of a ledger are told (told, facts) and
written (writing, room, formulas; by_grid, card_sheets): the form keeps its look, its
lists and its sums. What is not known stays empty and is counted.
"""

from io import BytesIO

from app.exchange.fill.layout import Layout
from app.exchange.fill.office import sign
from app.exchange.fill.opening import open_form
from app.exchange.fill.recognising import recognise
from app.exchange.fill.told import Told, tell
from app.exchange.fill.writing import write_rows
from app.exchange.marking import Mark, mark_book

__all__ = ["Layout", "Told", "fill", "look_over", "tell"]


def look_over(name: str, content: bytes, ledger: str) -> Layout:
    """What is recognised of a blank form; Refused for what cannot be one."""
    return recognise(open_form(name, content), ledger)


def fill(name: str, content: bytes, told: Told, mark: Mark) -> bytes:
    """The filled form's bytes, marked at the foot of its pages; Refused for too many cards."""
    told.refuse_too_many()
    book = open_form(name, content)
    layout = told.layout
    for title in (layout.sheets or (layout.sheet,)) if told.community else ():
        sign(book[title], layout, told.community, mark)
    write_rows(book, layout, told.facts)
    mark_book(book, mark)
    filled = BytesIO()
    book.save(filled)
    return filled.getvalue()
