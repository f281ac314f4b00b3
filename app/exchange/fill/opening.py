"""Opening a blank form whole, styles and all, without being hurt by it.

A form is written into, so openpyxl must hold all of it: some fifty times its
size. So the XML of a form may be a few megabytes only, and it is gone through
once before: a single merged range may claim every cell there is.
"""

from io import BytesIO
from pathlib import PurePath
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile, ZipInfo

import openpyxl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook import Workbook

from app.exchange.old_book import ENCRYPTED
from app.exchange.sheet import unusable
from app.exchange.tables import A_PAGE, EMPTY, OLE, ZIP
from app.exchange.unpacking import BROKEN, LOCKED, refuse_bombs
from app.exchange.workbook import UNREADABLE
from app.lib.words import N_, say

MOST_BYTES = 1024 * 1024
MOST_XML = 4 * 1024 * 1024
MOST_MERGED = 50_000  # cells
# How pictures begin; whatever does not is counted as XML.
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x01\0\0\0", b"\xd7\xcd\xc6\x9a")
NOT_A_FORM = N_("空白表要交 .xlsx 文件。")
OLD_OR_LOCKED = N_("这是旧版的 .xls，或加了密码。请在表格软件里去掉密码，另存为 .xlsx 再试。")
OLD = N_(
    "旧版的 .xls 和 WPS 的 .et 填了会丢样式、合并格和下拉选项。请在表格软件里另存为 .xlsx 再交。"
)
MACROS = N_("空白表要交 .xlsx 文件：.xlsm 里的宏不能保留，请另存为 .xlsx 再交。")
TOO_LARGE = N_("这张空白表太大，请删去图片、多余的工作表和空白行再试。")


def open_form(name: str, content: bytes) -> Workbook:
    """The workbook to write into; Refused with one sentence for what cannot be a form."""
    _refuse_others(name, content)
    refuse_bombs(content)
    try:
        _refuse_large(content)
        return openpyxl.load_workbook(BytesIO(content), keep_links=False)
    except UNREADABLE as broken:
        raise unusable(say(BROKEN)) from broken


def _refuse_others(name: str, content: bytes) -> None:
    if not content:
        raise unusable(say(EMPTY))
    suffix = PurePath(name).suffix.lower()
    _refuse_old(suffix, content)
    if content.lstrip(b"\xef\xbb\xbf\r\n\t ")[:1] == b"<":
        raise unusable(say(A_PAGE))
    if suffix == ".xlsm":
        raise unusable(say(MACROS))
    if suffix != ".xlsx":
        raise unusable(say(NOT_A_FORM))
    if not content.startswith(ZIP):
        raise unusable(say(BROKEN))
    if len(content) > MOST_BYTES:
        raise unusable(say(TOO_LARGE))


def _refuse_old(suffix: str, content: bytes) -> None:
    """What would lose its look when it is written into, and what is locked."""
    if content.startswith(OLE) and ENCRYPTED in content:
        raise unusable(say(LOCKED))
    if suffix in (".xls", ".et") and content.startswith((OLE, ZIP)):
        raise unusable(say(OLD))
    if content.startswith(OLE):
        raise unusable(say(OLD_OR_LOCKED))


def _refuse_large(content: bytes) -> None:
    """Go through every part that is XML, whatever it is called, and count what is merged."""
    with ZipFile(BytesIO(content)) as parts:
        written = [part for part in parts.infolist() if not _is_picture(parts, part)]
        if sum(part.file_size for part in written) > MOST_XML:
            raise unusable(say(TOO_LARGE))
        merged = sum(_merged_in(parts.read(part)) for part in written)
    if merged > MOST_MERGED:
        raise unusable(say(TOO_LARGE))


def _merged_in(part: bytes) -> int:
    """How many cells the merged ranges of a part cover; none where it is no XML."""
    cells = 0
    try:
        for _event, element in iterparse(BytesIO(part)):
            if element.tag.rpartition("}")[2] == "mergeCell":
                left, top, right, bottom = range_boundaries(element.get("ref", "A1"))
                cells += (right - left + 1) * (bottom - top + 1)
            element.clear()
    except (ParseError, DefusedXmlException):
        return cells
    return cells


def _is_picture(parts: ZipFile, part: ZipInfo) -> bool:
    with parts.open(part) as opened:
        return opened.read(4).startswith(PICTURES)
