"""Reading a table that somebody handed in: what it is called and what is in it must agree."""

from pathlib import PurePath

from app.exchange.comma_file import read_comma_file
from app.exchange.sheet import Sheet, unusable
from app.exchange.workbook import read_workbook
from app.lib.words import N_, say

WRONG_KIND = N_("请交 .xlsx 或 .csv 文件。")
OLD_OR_LOCKED = N_("这是旧版的 .xls，或加了密码。请在表格软件里去掉密码，另存为 .xlsx 再试。")
# How a zip (all newer workbooks) and an OLE file (old or encrypted ones) begin.
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_tables(name: str, content: bytes) -> list[Sheet]:
    """The sheets of a file; Refused with a sentence for the one who handed it in."""
    suffix = PurePath(name).suffix.lower()
    if content.startswith(OLE):
        raise unusable(say(OLD_OR_LOCKED))
    if suffix == ".xlsx":
        return read_workbook(content)
    if suffix == ".csv" and not content.startswith(ZIP):
        return read_comma_file(content)
    raise unusable(say(WRONG_KIND))
