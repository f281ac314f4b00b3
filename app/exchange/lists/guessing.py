"""Which kind of list a file most likely is, by what its columns and the file itself are called."""

from app.exchange.columns import match
from app.exchange.rows.titles import is_title
from app.exchange.sheet import Sheet, is_blank
from app.exchange.tables import read_tables

# What tells the kind of a list: fields that hardly any other has.
# Where nothing tells, it is somebody to be checked.
TELLING = {
    "check": ("what", "when", "where"),
    "returnee": ("arrived", "came_from", "trip", "transport", "left_on"),
    "yellow": ("coloured", "code", "reason"),
    "test": ("result", "sampled", "took_part", "round"),
    "elder": ("lone", "ticked", "category"),
    "shop": ("shop", "credit", "trade"),
    "resident": ("relation", "category", "born"),
}
CALLED = {
    "returnee": ("返", "来晋", "来并", "抵"),
    "yellow": ("黄码", "赋码", "转码", "变码"),
    "test": ("核酸", "检测", "采样", "未检", "漏检", "参检", "应检", "未采", "混管", "阴性"),
    "elder": ("老人", "独居", "空巢", "关爱"),
    "shop": ("门店", "商铺", "商户", "店铺"),
    "check": ("核查", "排查", "协查", "核实", "购药"),
    "resident": ("花名册", "名册", "居民", "住户", "户籍", "人口", "承租", "租户"),
}
# Of columns: whose list it is that has them (老人姓名).
HEADED = {"elder": ("老人", "老年人")}


def guessed_kind(name: str, content: bytes) -> str:
    """The kind that a file most likely is, by what its columns are called and what it is called."""
    sheets = read_tables(name, content)
    return max(TELLING, key=lambda kind: _fits(name, sheets, kind))


def _fits(name: str, sheets: list[Sheet], kind: str) -> float:
    """How much a kind fits: by the fields that tell it, then by all that are known."""
    headers = [header for sheet in sheets if (header := match(sheet, kind))]
    known = {field for header in headers for field in header.columns}
    titles = (row for sheet in sheets for row in sheet.rows[:2] if is_title(row))
    words = "".join([name, *(sheet.title for sheet in sheets)])
    words += "".join(str(cell) for row in titles for cell in row.cells if not is_blank(cell))
    heads = "".join(name for header in headers for name in header.names)
    called = any(word in words for word in CALLED[kind])
    called |= any(word in heads for word in HEADED.get(kind, ()))
    return 3 * len(known & set(TELLING[kind])) + 4 * called + len(known) / 100
