"""Reading .csv files: UTF-8, the GBK family or Big5, separated by comma, tab or semicolon.

Nearly every Big5 text can be read as GBK, too, and is nonsense then: what of the two
it is, the usual words of a header tell.
"""

import csv
import io

from app.exchange.sheet import Sheet, filled, unusable
from app.lib.words import N_, say

UTF_8, CHINESE = "utf-8-sig", ("gb18030", "big5")
SEPARATORS = ",\t;，"
UNWRITTEN = "\x1f"  # stands in no text
HEAD = 4000  # characters that are looked at
OF_A_HEADER = frozenset("姓名身份分證证號号码碼电電话話地址手机機日期小区區楼樓性别別年龄齡住")
UNREADABLE = N_("认不出这个文件的文字，请在表格软件里另存为 .xlsx 再试。")


def read_comma_file(content: bytes) -> list[Sheet]:
    """One sheet; Refused for what is no text."""
    text = decoded(content)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    rows = enumerate((tuple(map(_bare, line)) for line in lines), start=1)
    try:
        return [Sheet("", tuple(filled(rows)))]
    except csv.Error as broken:
        raise unusable(say(UNREADABLE)) from broken


def decoded(content: bytes) -> str:
    """The text of a file, in whichever of these it was written; Refused for what is none."""
    texts = list(filter(None, (_text(content, one) for one in _encodings(content))))
    if not texts:
        raise unusable(say(UNREADABLE))
    return texts[0] if len(texts) == 1 else max(texts, key=_familiar)


def _encodings(content: bytes) -> tuple[str, ...]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    return (UTF_8,) if _text(content, UTF_8) else CHINESE


def _text(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _familiar(text: str) -> int:
    return sum(sign in OF_A_HEADER for sign in text[:HEAD])


def _separator(text: str) -> str:
    """The one that parts most of the first lines; of what somebody wrote in a chat none does."""
    lines = [line for line in text[:HEAD].splitlines() if line.strip()]
    best = max(SEPARATORS, key=lambda sign: sum(sign in line for line in lines))
    parted = sum(best in line for line in lines)
    return best if parted * 2 > len(lines) else UNWRITTEN


def _bare(cell: str) -> str:
    """Without the ``="…"`` that keeps a spreadsheet from reading a number."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell
