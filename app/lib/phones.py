"""Telephone numbers as people write them, in one form: ``13800000000``, ``0351-4120000``."""

import re
import unicodedata

from app.lib.words import N_, Say, say

MOBILE = re.compile(r"1[3-9][0-9]{9}")
# Beijing, Shanghai and the like have three digits before the number, everybody else four.
LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})([2-8][0-9]{6,7})")

LOST_DIGITS = N_("电话在表格里已丢位（如 1.38E+10），请重新填写，并把这一列设为文本。")
MASKED = N_("电话打了星号，认不出是谁，请向发送人要完整的号码。")
NOT_A_PHONE = N_("电话应为11位手机号，或带区号的座机号（如 0351-4120000）。")


class BadPhone(ValueError):
    """The text is no telephone number; `why` says so to the person who typed it."""

    def __init__(self, why: Say):
        super().__init__(str(why))
        self.why = why


def read_phone(text: str | int | float) -> str:
    """The number in its one form; raise BadPhone. A whole number from a cell is read too."""
    plain = unicodedata.normalize("NFKC", str(text)).upper()
    if re.search(r"\dE\+?\d", plain):
        raise BadPhone(say(LOST_DIGITS))
    if re.search(r"\d[*＊]{3}", plain):
        raise BadPhone(say(MASKED))
    digits = _without_country(_bare(plain))
    if MOBILE.fullmatch(digits):
        return digits
    if landline := LANDLINE.fullmatch(digits):
        return "-".join(landline.groups())
    raise BadPhone(say(NOT_A_PHONE))


def _bare(plain: str) -> str:
    """Without what people put between digits, nor the ``.0`` of a number cell."""
    return re.sub(r"[\s'’‘()\-‐‑–—\u200b-\u200f\u202a-\u202e\ufeff]|\.0$", "", plain)


def _without_country(digits: str) -> str:
    """``+86``, ``0086`` and a bare ``86`` before a mobile number are dropped."""
    return re.sub(r"^(?:\+86|0086|86(?=1[0-9]{10}$))", "", digits)
