"""The two sides of a doubtful pair: what agrees and what does not, and neither in full."""

from collections.abc import Mapping
from typing import Any

from app.domain.residents import Resident
from app.exchange.lists.people import phones_of
from app.exchange.values.names import like_name, same_name
from app.lib.words import N_, Say, say

SAME, OTHER, LIKE = N_("相同"), N_("不同"), N_("只差一点")
FIELDS = {"name": N_("姓名"), "phone": N_("电话"), "id_number": N_("身份证号")}


def compared(told: Mapping[str, Any], resident: Resident) -> list[Say]:
    """Name, phone, ID number: the same, another, or a little different; nothing where one lacks."""
    found = {
        "name": _names(told.get("name"), resident.name),
        "phone": _equal(phones_of(told), resident.phone),
        "id_number": _equal([told.get("id_number")], resident.id_number),
    }
    return [
        say("%(field)s%(how)s", field=say(FIELDS[field]), how=say(how))
        for field, how in found.items()
        if how
    ]


def _names(one: str | None, other: str) -> str:
    if not one:
        return ""
    return SAME if same_name(one, other) else LIKE if like_name(one, other) else OTHER


def _equal(ones: list[Any], other: str | None) -> str:
    told = [one for one in ones if one]
    if not told or not other:
        return ""
    return SAME if other in told else OTHER
