"""The mark of a file: who took it along, when, and under which number it stands in the log.

It is printed at the foot of every page and stands in the file's properties, so that a
list that turns up in a chat leads back to whoever took it along. A form's own foot stays.
"""

from dataclasses import dataclass
from datetime import datetime

from openpyxl.workbook import Workbook

from app.domain.people import User
from app.lib import clock

FEET = ("oddFooter", "evenFooter", "firstFooter")


@dataclass(frozen=True, slots=True)
class Mark:
    """`number` is that of the audit entry."""

    who: str
    at: datetime
    number: int

    @classmethod
    def of(cls, user: User, number: int, *, at: datetime) -> "Mark":
        return cls(user.name, at, number)

    def __str__(self) -> str:
        return f"{self.who} {clock.local(self.at):%Y-%m-%d %H:%M} 导出 编号{self.number}"


def mark_book(book: Workbook, mark: Mark) -> None:
    """Put the mark onto every page of every sheet."""
    for sheet in book.worksheets:
        for name in FEET:
            _mark_foot(getattr(sheet, name), str(mark))
    book.properties.creator = book.properties.lastModifiedBy = mark.who
    book.properties.description = str(mark)


def _mark_foot(foot, words: str) -> None:
    """The first part of the foot that is free; where none is, the mark follows what stands left."""
    said = words.replace("&", "&&")
    parts = (foot.center, foot.right, foot.left)
    free = next((part for part in parts if not part.text), None)
    if free is not None:
        free.text = said
    else:
        foot.left.text = f"{foot.left.text} {said}"
