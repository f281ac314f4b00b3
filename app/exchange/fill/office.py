"""What a form asks about itself, above its table or below: who reports, of where, on which day.

Only what stands as a label with nothing behind it is filled, in the same cell, as one
would type it: 填报单位： → 填报单位：南内环街二社区. What a hand signs stays empty.
"""

import re

from openpyxl.worksheet.worksheet import Worksheet

from app.domain.places import Area
from app.exchange.fill.layout import Layout
from app.exchange.marking import Mark
from app.lib import clock

_REPORTS = r"(填报|填表|报送|上报|制表)"
_BLANK = r"[\s_＿]*"
ASKED = {
    "community": rf"({_REPORTS}?(单位|部门)|所属社区|社区)(名称)?",
    "street": r"(所属)?街道(（乡镇）|\(乡镇\))?(名称)?",
    "today": rf"({_REPORTS}?(日期|时间))",
    "who": r"(填报|填表|制表)人",
}
_LABELS = {
    key: re.compile(rf"\s*({label})(（[^（）]*章[^（）]*）)?\s*[:：]{_BLANK}")
    for key, label in ASKED.items()
}
_DAY_LEFT_OPEN = re.compile(r"[\s_＿]*(年[\s_＿]*月[\s_＿]*日)?[\s_＿]*$")


def sign(sheet: Worksheet, layout: Layout, community: Area, mark: Mark) -> None:
    """Fill what is asked so, except where it heads a column or a blank of the form."""
    street, day = community.up_to("subdistrict"), clock.local(mark.at)
    said = {
        "community": community.name,
        "street": street.name if street else "",
        "today": f"{day.year}年{day.month}月{day.day}日",
        "who": mark.who,
    }
    taken = {column.names[-1] for column in layout.filled}
    for (row, _column), cell in list(sheet._cells.items()):
        is_ours = layout.top <= row <= layout.bottom or not isinstance(cell.value, str)
        key, label = ("", "") if is_ours or cell.value in taken else _asked(cell.value)
        if key:
            cell.value = f"{label}{said[key]}"


def _asked(text: str) -> tuple[str, str]:
    """What a cell asks for, and its label as it stands; nothing where something is said already."""
    bare = _DAY_LEFT_OPEN.sub("", text)
    for key, label in _LABELS.items():
        if label.fullmatch(bare):
            return key, bare.rstrip(" _＿\u3000")
    return "", ""
