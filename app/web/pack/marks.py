"""Stand-ins for values, put through a template: where they come out are the places of a mould.

A mould is a page of the ordinary templates with numbered places (⟦3⟧) instead of what
differs from one person to the next. The phone puts the values in; it knows no other
language of templates (docs/adr/0007).
"""

import re
from collections.abc import Sequence
from typing import Any

# Characters for private use, and numbers that nothing has: neither is changed on its way.
TEXT = "\ue000{}\ue001"
NUMBER = 77_0077_0077_0000
FIRST, LAST = "⟦", "⟧"
# Places that the phone fills whatever the row, beside ⟦here⟧: when the pack came, whence she did.
AT, WHEN, BACK = "⟦at⟧", "⟦when⟧", "⟦back⟧"


def mark(place: int) -> str:
    """A text that stands for the value of a place."""
    return TEXT.format(place)


def number(place: int) -> int:
    """A number that does."""
    return NUMBER + place


class Several(list):
    """A list of one, which says of itself that it is as many as a place will tell."""

    def __init__(self, one: Any, place: int, more: int = 0):
        super().__init__([one])
        self.said = number(place) + more

    def __len__(self) -> int:
        return self.said


def with_places(html: str) -> str:
    """The mould of a page that was made of stand-ins."""
    html = re.sub("\ue000([^\ue001]+)\ue001", rf"{FIRST}\1{LAST}", html)
    return re.sub(rf"{NUMBER // 10_000}(\d{{4}})", _place, html)


def place_of_all(name: str, between: str = "") -> str:
    """The place where the phone puts the others of a door, each in the mould `name`."""
    return TEXT.format(f"*{name}|{between}" if between else f"*{name}")


def place_of_mould(name: str) -> str:
    """The place where the phone puts another mould, with the same values."""
    return TEXT.format(f"@{name}")


def moulds_in(mould: str) -> list[str]:
    """The moulds that have a place in this one."""
    return re.findall(f"{FIRST}@(.+?){LAST}", mould)


def split(mould: str) -> tuple[list[str], list[int]]:
    """The fixed parts of a mould, and the numbers of the places between them."""
    parts = re.split(f"{FIRST}(\\d+){LAST}", mould)
    return parts[::2], [int(part) for part in parts[1::2]]


def taken_apart(html: str, mould: str) -> list[str] | None:
    """What stands in the places of `mould` on this page; None where it is no page of it."""
    fixed, places = split(mould)
    values, at = [""] * (max(places) + 1), len(fixed[0])
    if not html.startswith(fixed[0]):
        return None
    for place, literal in zip(places, fixed[1:], strict=True):
        end = html.find(literal, at) if literal else at
        if end < 0:
            return None
        values[place], at = html[at:end], end + len(literal)
    return values if at == len(html) else None


def filled(mould: str, values: Sequence[str]) -> str:
    """A mould with values, as the phone does it (js/pack.js)."""
    fixed, places = split(mould)
    return fixed[0] + "".join(values[n] + part for n, part in zip(places, fixed[1:], strict=True))


def _place(found: re.Match) -> str:
    return f"{FIRST}{int(found.group(1))}{LAST}"
