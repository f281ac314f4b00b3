"""Reading old workbooks (.xls, and .et as WPS wrote it): in a process of its own, on a short leash.

What such a file makes its reader do cannot be seen before: a few bytes may ask for
half a gigabyte. So a child reads it, with so much memory and time and no more; what
comes back is plain data.
"""

import json
import subprocess  # noqa: S404
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.exchange.merged import spread_downwards
from app.exchange.sheet import Sheet, filled, unusable
from app.exchange.unpacking import BROKEN, LOCKED, TOO_LONG
from app.lib.words import say

READER = Path(__file__).with_name("old_book_reader.py")
PATIENCE = 30  # seconds
# An encrypted workbook of the newer kind hides in an old one, under this name.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
KINDS = {
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "time": time.fromisoformat,
    "span": lambda seconds: timedelta(seconds=seconds),
}
SENTENCES = {"locked": LOCKED, "large": TOO_LONG, "broken": BROKEN}


def read_old_book(content: bytes) -> list[Sheet]:
    """The sheets that are not hidden; Refused for what is encrypted, broken or too large."""
    if ENCRYPTED in content:
        raise unusable(say(LOCKED))
    told = _told(content)
    if why := told.get("why"):
        raise unusable(say(SENTENCES[why]))
    remarks = []
    if told["hidden"]:
        remarks.append(say("隐藏的工作表没有读：%(names)s。", names="、".join(told["hidden"])))
    return [_sheet(one, tuple(remarks)) for one in told["sheets"]]


def _told(content: bytes) -> dict[str, Any]:
    try:
        command = [sys.executable, "-I", str(READER)]
        child = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE)  # noqa: S603
        return json.loads(child.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired) as broken:
        raise unusable(say(BROKEN)) from broken


def _sheet(told: dict[str, Any], remarks: tuple[Any, ...]) -> Sheet:
    numbered = ((number, tuple(map(_value, cells))) for number, cells in told["rows"])
    merged = [tuple(one) for one in told["merged"]]
    groups = tuple((top + 1, left, right) for top, left, _bottom, right in merged if right > left)
    rows = spread_downwards(filled(numbered), merged)
    return Sheet(told["title"], tuple(rows), groups, remarks)


def _value(cell: Any) -> Any:
    """A cell as it was: what JSON has no word for comes as a pair of kind and text."""
    return KINDS[cell[0]](cell[1]) if isinstance(cell, list) else cell
