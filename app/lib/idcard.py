"""The resident ID number (公民身份号码, GB 11643-1999): what it says and whether it can be true.

A wrong check digit or an impossible date is an error. An unknown area is only
worth a warning: areas are renamed, and many an honest number starts with a code
that no table has any more.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from app.lib import gb2260
from app.lib.words import N_, Say, say

EARLIEST_BIRTH = date(1900, 1, 1)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
MALE, FEMALE = "1", "2"  # GB/T 2261.1
DIGITS_A_SPREADSHEET_KEEPS = 15

LOST_DIGITS = N_("号码在表格里已丢位（如 1.40106E+17），请按证件重新填写，并把这一列设为文本。")
OLD_NUMBER = N_("这是15位的旧号码，请按现在的证件填写18位号码。")
MASKED = N_("身份证号打了星号，认不出是谁，请向发送人要完整的号码。")
WRONG_LENGTH = N_("身份证号应为18位，现在是%(count)s位。")
WRONG_CHARACTERS = N_("身份证号只能是数字，最后一位可以是 X。")
WRONG_DATE = N_("身份证号里的出生日期 %(birth)s 不对。")
WRONG_CHECK_DIGIT = N_("身份证号校验不通过，请逐位核对。")


class BadIdNumber(ValueError):
    """The text cannot be anybody's ID number; `why` says so to the person who typed it."""

    def __init__(self, why: Say):
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number that passed, with what it tells of its holder (`sex`: 1 male, 2 female)."""

    number: str
    birth: date
    sex: str
    area_known: bool


def read_id_number(text: str | int | float, *, today: date) -> IdNumber:
    """Read an 18-digit number as typed or as a spreadsheet cell gave it; raise BadIdNumber.

    A cell that was kept as a number has lost its last digits for good: it is
    refused, never repaired.
    """
    number = _fold(text)
    _refuse_lost_digits(text, number)
    _refuse_wrong_shape(number)
    birth = _birth(number, today)
    if check_digit(number[:17]) != number[17]:
        raise BadIdNumber(say(WRONG_CHECK_DIGIT))
    sex = MALE if int(number[16]) % 2 else FEMALE
    return IdNumber(number, birth, sex, gb2260.known(number[:6]))


def check_digit(first_seventeen: str) -> str:
    """The eighteenth character for seventeen digits (ISO 7064, MOD 11-2)."""
    pairs = zip(first_seventeen, WEIGHTS, strict=True)
    return CHECK_DIGITS[sum(int(digit) * weight for digit, weight in pairs) % 11]


def _fold(text: str | int | float) -> str:
    """Half-width, upper case, without spaces, dashes, quotes and invisible characters."""
    plain = unicodedata.normalize("NFKC", str(text)).upper().replace("×", "X")
    return re.sub(r"[\s'’‘`\-‐‑–—\u200b-\u200f\u2060\ufeff]", "", plain)


def _refuse_lost_digits(text: str | int | float, number: str) -> None:
    too_long_a_number = not isinstance(text, str) and len(number) > DIGITS_A_SPREADSHEET_KEEPS
    if too_long_a_number or re.fullmatch(r"\d(\.\d+)?E\+?\d+", number):
        raise BadIdNumber(say(LOST_DIGITS))


def _refuse_wrong_shape(number: str) -> None:
    if re.fullmatch(r"[0-9]{15}", number):
        raise BadIdNumber(say(OLD_NUMBER))
    if re.search(r"\d[*＊]{3}", number):
        raise BadIdNumber(say(MASKED))
    if len(number) != 18:
        raise BadIdNumber(say(WRONG_LENGTH, count=len(number)))
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise BadIdNumber(say(WRONG_CHARACTERS))


def _birth(number: str, today: date) -> date:
    digits = number[6:14]
    written = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    try:
        birth = date.fromisoformat(written)
    except ValueError:
        raise BadIdNumber(say(WRONG_DATE, birth=written)) from None
    if not EARLIEST_BIRTH <= birth <= today:
        raise BadIdNumber(say(WRONG_DATE, birth=written))
    return birth
