"""What stands in a cell, for a page: names and long numbers masked, wherever they stand in it."""

import re

from app.exchange.values.mixed import take_apart
from app.exchange.values.names import looks_like_a_name, name_without_remark
from app.exchange.values.text import HAN
from app.lib import masking

# From so many digits on a number tells of somebody.
NUMBER = re.compile(r"\d{7,}[\dXx]?")
LONGEST_NAME = 4
# Columns in which a short word may be somebody: also those that nothing is known of.
MAY_NAME = ("name", "mixed", "note", "")


def masked(cell: str, field: str) -> str:
    """The cell of a column of this field without what may stand on no page."""
    plain = re.sub(r"(?<=\d)[ -](?=\d{4}\b)", "", cell)
    told = NUMBER.sub(lambda run: _number(run[0]), plain)
    name = name_without_remark(cell)
    if name and field in MAY_NAME and (looks_like_a_name(name) or _may_be_one(name)):
        return masking.mask_name(name)
    found = take_apart(cell).get("name", "")
    return told.replace(found, masking.mask_name(found)) if len(cell) > len(found) > 0 else told


def _may_be_one(text: str) -> bool:
    """Rare surnames stand in no list: a short word of signs may be a name."""
    return bool(re.fullmatch(rf"[{HAN}]{{2,{LONGEST_NAME}}}", text))


def _number(digits: str) -> str:
    return digits[:3] + "*" * (len(digits) - 5) + digits[-2:]
