"""What is left of a name, a number or a phone when it is shown to somebody who need not know it.

Classes follow docs/trust: enough to recognise the person at the door, too
little to find or impersonate them.
"""

import re

COMPOUND_SURNAMES = frozenset(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 "
    "司徒 夏侯 端木 南宫 百里 呼延 长孙 宇文".split()
)


def mask_name(name: str) -> str:
    """``王建国`` → ``王**``; ``阿依古丽·买买提`` → ``阿**``."""
    return surname(name) + "**"


def address_elder(name: str, sex: str) -> str:
    """How one speaks of an elder without naming her: ``刘大爷``, ``王大娘``."""
    return surname(name) + {"1": "大爷", "2": "大娘"}.get(sex, "老人")


def surname(name: str) -> str:
    if "·" in name or not re.match(r"[\u3400-\u9fff\U00020000-\U0003ffff]", name):
        return name[:1]
    return name[:2] if name[:2] in COMPOUND_SURNAMES else name[:1]


def mask_id_number(number: str) -> str:
    """``140106199001011234`` → ``140***********1234``."""
    return number[:3] + "*" * (len(number) - 7) + number[-4:] if len(number) > 8 else "****"


def mask_phone(phone: str) -> str:
    """``13800000000`` → ``138****0000``."""
    return phone[:3] + "****" + phone[-4:] if len(phone) >= 10 else "****" + phone[-2:]
