"""The child that reads an old workbook from its standard input and writes JSON (old_book.py).

It imports nothing of ours and is started as a file, so that it is there in a moment.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import (
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MEMORY = 1024 * 1024 * 1024
SECONDS = 20


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        told = read(sys.stdin.buffer.read())
    except PasswordError:
        told = {"why": "locked"}
    except MemoryError:
        told = {"why": "large"}
    except BaseException as broken:  # noqa: B036 - whatever the reader does, we say so
        told = {"why": "locked" if "assword" in str(broken) else "broken"}
    json.dump(told, sys.stdout, ensure_ascii=True)


def read(content: bytes) -> dict[str, Any]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    tables = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    shown = [one.name for one in tables if one.visible == SheetVisibleEnum.Visible]
    hidden = [one.name for one in tables if one.name not in shown]
    return {"hidden": hidden, "sheets": [sheet_of(book, name) for name in shown]}


def sheet_of(book: CalamineWorkbook, name: str) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(name)
    before = [None] * sheet.start[1] if sheet.start else []
    rows = [
        (number, before + [plain(cell) for cell in cells])
        for number, cells in enumerate(sheet.iter_rows() if sheet.start else (), 1)
        if any(cell != "" for cell in cells)
    ]
    merged = [(*begin, *end) for begin, end in sheet.merged_cell_ranges or ()]
    return {"title": name, "rows": rows, "merged": merged}


def plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return ["moment", cell.isoformat()]
    if isinstance(cell, date):
        return ["day", cell.isoformat()]
    if isinstance(cell, time):
        return ["time", cell.isoformat()]
    if isinstance(cell, timedelta):
        return ["span", cell.total_seconds()]
    return None if cell == "" else cell


if __name__ == "__main__":
    main()
