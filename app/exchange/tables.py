"""Reading a table that somebody handed in, by what is in it and not by what it is called.

Systems export pages and tab-separated text under the name .xls; WPS writes .et,
which is one of the two kinds of workbook inside.
"""

from pathlib import PurePath

from app.exchange.comma_file import read_comma_file
from app.exchange.old_book import read_old_book
from app.exchange.page_file import read_page
from app.exchange.sheet import Sheet, unusable
from app.exchange.unpacking import BROKEN
from app.exchange.workbook import read_workbook
from app.lib.words import N_, say

WRONG_KIND = N_("请交 .xlsx、.xls、.et 或 .csv 文件。")
EMPTY = N_("这个文件是空的，请重新选。")
A_PAGE = N_("这其实是网页，只是名字叫表格。请在表格软件里打开，另存为 .xlsx 再试。")
NOTHING_IN_IT = N_("这个文件里没有文字，只有图片或空白。图片里的内容请先打成表格再交。")
# How a zip (all newer workbooks) and an OLE file (old or encrypted ones) begin.
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
NEWER = (".xlsx", ".xlsm")
TEXTS = (".csv", ".txt", ".tsv", ".xls", ".et", *NEWER)
# Files of other kinds, which no separator makes a table of.
OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")


def read_tables(name: str, content: bytes) -> list[Sheet]:
    """The sheets of a file; Refused with a sentence for the one who handed it in."""
    sheets = _read(PurePath(name).suffix.lower(), content)
    if not any(sheet.rows for sheet in sheets):
        remarks = (remark for sheet in sheets for remark in sheet.remarks)
        raise unusable(next(remarks, say(NOTHING_IN_IT)))
    return sheets


def _read(suffix: str, content: bytes) -> list[Sheet]:
    if not content.strip():
        raise unusable(say(EMPTY))
    if content.startswith(ZIP) and suffix in TEXTS:
        return read_workbook(content)
    if content.startswith(OLE) and suffix in TEXTS:
        return read_old_book(content)
    if suffix not in TEXTS or content.startswith((ZIP, OLE, *OTHERS)):
        raise unusable(say(WRONG_KIND))
    if content.lstrip(b"\xef\xbb\xbf\r\n\t ")[:1] == b"<":
        return _of_a_page(content)
    if suffix in NEWER:
        raise unusable(say(BROKEN))
    return read_comma_file(content)


def _of_a_page(content: bytes) -> list[Sheet]:
    sheets = read_page(content)
    if not sheets:
        raise unusable(say(A_PAGE))
    return sheets
