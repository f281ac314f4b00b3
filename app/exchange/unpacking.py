"""What is looked at in a workbook before a reader gets it: how much it is, and what it hides.

A workbook is a zip of XML files. A reader gives every cell between the first and the
last one a place in memory, so a single cell in row 1,048,576 would fill it: where the
cells stand is read from the XML itself, whatever a sheet says of its own size.
"""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.exchange.sheet import unusable
from app.lib.words import N_, Say, say

MOST_UNPACKED = 20 * 1024 * 1024
MOST_PARTS = 500
# So many places a sheet may take up, those between its cells counted, too.
MOST_PLACES = 6_000_000
FURTHEST_ROW = 1_048_576
TOO_LARGE = N_("这个工作簿解开后太大（超过 20 MB），请删去图片和不用的工作表，或分成几个文件。")
TOO_LONG = N_("这个工作簿的空白行或空白列太多，请删去数据以外的空白行列再试。")
BROKEN = N_("这个文件打不开，可能已损坏。请在表格软件里打开后另存为 .xlsx 再试。")
NO_TABLE = N_("这不是表格文件，请交 .xlsx、.xls、.et 或 .csv。")
LOCKED = N_("这个文件加了密码，请在表格软件里去掉密码再试。")
NOT_CALCULATED = N_(
    "有 %(n)s 个格子是公式，文件里没有算好的结果，按空白读了。请在表格软件里打开，存一次再交。"
)
MACROS = N_("文件里有宏，没有运行，只读了格子里的内容。")
LINKED = N_("文件引用了别的文件，按上次存下的内容读。")
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
# A cell that is not empty, by its column and row; one that does not say where it stands; a row.
CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=[\"']([A-Za-z]+)(\d+)[\"'][^>]*(?<!/)>")
NAMELESS = re.compile(rb"<(?:\w+:)?c(?:\s(?![^>]*\br=)[^>]*)?(?<!/)>")
ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^>]*?\s)?r=[\"'](\d+)[\"']")
EMPTY_FORMULA = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?"
    rb"\s*</(?:\w+:)?c>"
)
FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
END = re.compile(rb"(?:</(?:\w+:)?worksheet>|<(?:\w+:)?worksheet[^>]*/>)\s*$")


def look_over(content: bytes) -> list[Say]:
    """What should be known of how the workbook is read; Refused for one that is not read at all."""
    parts = refuse_bombs(content)
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise unusable(say(NO_TABLE))
    remarks = [say(MACROS)] if "xl/vbaProject.bin" in names else []
    if any(name.startswith("xl/externalLinks/") for name in names):
        remarks.append(say(LINKED))
    try:
        formulas = _look_into(content, parts)
    except (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as broken:
        raise unusable(say(BROKEN)) from broken
    return [*remarks, say(NOT_CALCULATED, n=formulas)] if formulas else remarks


def refuse_bombs(content: bytes) -> list[ZipInfo]:
    """Look only at the table of contents: a part cannot give more than it says there."""
    try:
        parts = ZipFile(BytesIO(content)).infolist()
    except (BadZipFile, NotImplementedError, ValueError) as broken:
        raise unusable(say(BROKEN)) from broken
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise unusable(say(TOO_LARGE))
    return parts


def _look_into(content: bytes, parts: list[ZipInfo]) -> int:
    """How many formulas have no result; Refused where XML is forged or cells lie far apart."""
    formulas = 0
    with ZipFile(BytesIO(content)) as book:
        for part in parts:
            if not part.filename.lower().endswith((".xml", ".rels")):
                continue
            xml = book.read(part)
            if FORBIDDEN.search(xml):
                raise unusable(say(BROKEN))
            if SHEET.fullmatch(part.filename):
                formulas += _look_at_sheet(xml)
    return formulas


def _look_at_sheet(xml: bytes) -> int:
    if not END.search(xml[-200:]):
        raise unusable(say(BROKEN))
    rows, columns = [0], [0]
    for column, row in set(CELL.findall(xml)):
        rows.append(int(row))
        columns.append(_number_of(column))
    if NAMELESS.search(xml):
        rows += [int(row) for row in ROW.findall(xml)]
    if max(rows) > FURTHEST_ROW or max(rows) * max(max(columns), 1) > MOST_PLACES:
        raise unusable(say(TOO_LONG))
    return len(EMPTY_FORMULA.findall(xml))


def _number_of(letters: bytes) -> int:
    """``A`` → 1, ``AB`` → 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
