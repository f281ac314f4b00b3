"""Finding the header of a roll, and which column means what.

Every community names its columns in its own way (姓 名, 公民身份号码, 楼栋, 现住址 …), often
below a title, sometimes in two rows. A name that is not known here is left
alone: 户主姓名 or 网格员电话 must never be taken for the person's own.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.exchange.sheet import Row, Sheet
from app.lib.words import N_

# field → (what it is called on the page, the names it goes by in sheets)
FIELDS = {
    "name": (
        N_("姓名"),
        r"(居民|人员|住户|本人|成员|家庭成员|户籍人口|常住人口|返.人员|来返人员|黄码人员|老人|老年人)?(姓名|名字|人名)"
        r"|被管控人|(探访|核查|管控)对象(姓名)?|USERNAME|FULLNAME|NAME|XM",
    ),
    "id_number": (
        N_("身份证号"),
        r"(居民|公民|本人|人员)?(身份证|身份证件|公民身份证?|公民身份|居民身份证|证件|有效证件)(号|号码|编号)"
        r"|(居民|公民)?身份(证|号码)|(身份证号?|证件号?)(码)?[或及/](护照|其他证件)(号|号码)?"
        r"|SFZ(H|HM)?|ZJHM?|IDENTITY(NUM|NUMBER|CARD)?|ID(CARD)?(NO|NUM|NUMBER)?",
    ),
    "paper": (N_("证件类型"), r"(有效)?(证件|证照)(类型|类别|种类|名称)"),
    "phone": (
        N_("电话"),
        r"(本人|居民|个人|人员|常用)?(联系|移动|固定|手机)?(电话|手机|手机号|手机号码|电话号码|电话号|联系号码|联系方式)"
        r"([0-9一二三]|(/|或)(手机|电话))?|座机|SJ(H|HM)?|(LX)?DH|LXFS"
        r"|(MOBILE|CELL|TELE)?PHONE(NO|NUM|NUMBER)?|MOBILE|TEL",
    ),
    "compound": (
        N_("小区"),
        r"(所在|所属|居住|现居住?)?(小区|小区院落|院落|楼院|片区)(名|名称)?|XQ(MC)?|COMPOUND",
    ),
    "building": (
        N_("楼号"),
        r"(所在|所属|居住)?(楼号|楼栋号?|楼幢号?|栋号?|幢号?|座号?|楼宇|楼座|楼)|LH|LDH|BUILDING(NO)?",
    ),
    "unit": (N_("单元"), r"(所在|居住)?(单元|单元号)|DYH?|UNIT(NO)?"),
    "room": (
        N_("房号"),
        r"(所在|居住)?(房号|房间号|房间|房屋号|室号|室|门牌|门牌号|门号|房门号|门牌号码|楼门号)|FH|FJH|ROOM(NO|NUMBER)?",
    ),
    "address": (
        N_("住址"),
        r"(现|现在|目前|本人|居民|家庭|常|常住|实际|居住|现居|详细|房屋|住房)*"
        r"(地址|住址|住所|居住地|住地|住地址)((详细)?地址)?"
        r"|(小区)?(楼|楼号|楼栋|栋|栋号)单元(号)?(室|房号|室号|门牌|门牌号|户)"
        r"|X?ZZ|(X?J?Z)?DZ|(HOME)?ADDRESS",
    ),
    "grid": (N_("网格"), r"(所属|所在|归属)?网格(名称|名|号|编号|编码|代码|序号)?|WG|GRID"),
    "relation": (
        N_("与户主关系"),
        r"(与|和|同)?(本户)?(户主)(的|之)?关系|关系|家庭关系|YHZGX|RELATION",
    ),
    "category": (
        N_("人员类别"),
        r"(人员|居民|人口|人群|对象|老人|老年人|特殊人群|重点人群|特殊人员|特殊)(类别|类型|分类|种类|性质|属性|标签|标识)"
        r"|类别|特殊人群|重点人群|特殊群体|重点人员",
    ),
    "sex": (N_("性别"), r"性别|XB|SEX|GENDER"),
    "born": (N_("出生日期"), r"出生(日期|年月日?|时间)|生日|CSRQ|BIRTH(DAY|DATE)?|DATEOFBIRTH"),
    "note": (N_("备注"), r"(其他|其它)?备注(信息|说明)?|说明|其他说明|BZ|REMARKS?|NOTES?"),
}
PATTERNS = {field: re.compile(names) for field, (_words, names) in FIELDS.items()}
# The header stands somewhere in the first rows, below a title and perhaps a remark.
SEARCHED = 30
FEWEST = 2  # a name and one thing more
LONGEST = 24  # characters in the name of a column


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet: where it ends, its texts, and the columns of each field."""

    last_row: int
    names: tuple[str, ...]
    columns: dict[str, tuple[int, ...]]

    @property
    def unused(self) -> list[str]:
        """The columns that nothing is read from, by name."""
        used = {column for columns in self.columns.values() for column in columns}
        return [name for column, name in enumerate(self.names) if name and column not in used]

    def cells(self, row: Row, field: str) -> list[Any]:
        """What a row says of a field, column by column."""
        return [row.cell(column) for column in self.columns.get(field, ())]

    def repeats_in(self, row: Row) -> bool:
        """Whether a row is a header again, as on every printed page."""
        name = row.cell(self.columns["name"][0])
        return field_of(name) == "name" or (not fold(name) and any(map(field_of, row.cells)))


def find_header(sheet: Sheet) -> Header | None:
    """The row (or two) that names most fields, a name among them; None where there is none."""
    rows = sheet.rows[:SEARCHED]
    found = [_header([row]) for row in rows]
    found += [_header(pair) for pair in zip(rows, rows[1:], strict=False)]
    fitting = [header for header in found if header is not None]
    return max(fitting, key=lambda header: len(header.columns), default=None)


def field_of(name: Any) -> str | None:
    """Which field a column of this name holds."""
    folded = fold(name)
    if not 0 < len(folded) <= LONGEST:
        return None
    return next((field for field, names in PATTERNS.items() if names.fullmatch(folded)), None)


def fold(name: Any) -> str:
    """A column's name without spaces, stars, colons and what stands in brackets."""
    plain = unicodedata.normalize("NFKC", "" if name is None else str(name)).upper()
    return re.sub(r"\([^()]*\)|[\s*＊:：_\-.、\"'“”\u200b\ufeff]|必填|选填", "", plain)


def _header(rows: Sequence[Row]) -> Header | None:
    """The header that stands in these rows, the lower cell counting before the upper one."""
    width = max(len(row.cells) for row in rows)
    names = [_lowest([row.cell(column) for row in rows]) for column in range(width)]
    columns: dict[str, tuple[int, ...]] = {}
    for column, name in enumerate(names):
        if field := field_of(name):
            columns[field] = (*columns.get(field, ()), column)
    if len(columns) < FEWEST or "name" not in columns or not _is_whole(rows, columns["name"][0]):
        return None
    return Header(rows[-1].number, tuple(names), columns)


def _is_whole(rows: Sequence[Row], name: int) -> bool:
    """Whether two rows are one header: below the cell 姓名 stands nothing, beside it more names."""
    if len(rows) == 1:
        return True
    upper, lower = rows
    below = fold(lower.cell(name))
    return field_of(upper.cell(name)) == "name" and not below and any(map(field_of, lower.cells))


def _lowest(cells: Sequence[Any]) -> str:
    return next((" ".join(str(cell).split()) for cell in reversed(cells) if fold(cell)), "")
