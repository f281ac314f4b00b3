"""Reading .csv files: UTF-8 or the GBK family, separated by comma, tab or semicolon."""

import csv
import io

from app.exchange.sheet import Sheet, filled, unusable
from app.lib.words import N_, say

ENCODINGS = ("utf-8-sig", "gb18030")
SEPARATORS = ",\t;"
UNREADABLE = N_("认不出这个文件的文字，请在表格软件里另存为 .xlsx 再试。")


def read_comma_file(content: bytes) -> list[Sheet]:
    """One sheet; Refused for what is no text."""
    text = _decoded(content)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    rows = enumerate((tuple(map(_bare, line)) for line in lines), start=1)
    try:
        return [Sheet("", tuple(filled(rows)))]
    except csv.Error as broken:
        raise unusable(say(UNREADABLE)) from broken


def _decoded(content: bytes) -> str:
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise unusable(say(UNREADABLE))


def _encodings(content: bytes) -> tuple[str, ...]:
    return ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS


def _separator(text: str) -> str:
    """The one that stands most often in the first lines."""
    head = text[:4000]
    return max(SEPARATORS, key=head.count)


def _bare(cell: str) -> str:
    """Without the ``="…"`` that keeps a spreadsheet from reading a number."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell
