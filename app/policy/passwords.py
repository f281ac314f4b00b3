"""Which passwords are refused: too short, too common, or made of what everybody here knows.

No rule asks for capitals, digits or signs, and none asks for a change from time
to time; length and rarity count (OWASP ASVS 5.0, 6.2.1–6.2.5, 6.2.9–6.2.11). The list
`passwords.txt` names its sources.
"""

import re
import string
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from app.lib.words import N_, Say, say

SHORTEST, LONGEST = 10, 128
FEWEST_SIGNS = 5
# A common word stays common with so many digits or signs around it: a date, "123!".
ADORNMENT = 8
FEWEST_OWN_LETTERS = 4
_ADORNING = string.digits + string.punctuation + " "

# What a guesser who knows the place and the work tries first.
LOCAL = (
    "守望", "shouwang", "太原", "taiyuan", "山西", "shanxi", "网格", "wangge", "wanggeyuan",
    "社区", "shequ", "街道", "jiedao", "防疫", "fangyi", "健康码", "jiankangma", "黄码", "huangma",
    "管理员", "guanliyuan", "密码", "mima", "password", "admin",
)  # fmt: skip
ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
NUMBERS = re.compile(r"1[3-9][0-9]{9}|[0-9]{17}[0-9x]")

COMMON = N_("这个密码太常见，别人几次就能猜中，请换一个。")
ABOUT_HERE = N_("密码里主要是本地名称、您的名字或账号，容易被猜中，请换一个。")


def why_refused(password: str, about: Iterable[str] = ()) -> Say | None:
    """The sentence that says why a password is not good enough; None for a good one.

    `about` names the person and the place: login, name, phone, community, their pinyin.
    """
    if len(password) < SHORTEST:
        return say("密码至少 %(least)s 个字符，可以是一句话。", least=SHORTEST)
    if len(password) > LONGEST:
        return say("密码最多 %(most)s 个字符。", most=LONGEST)
    folded = password.casefold()
    if _is_common(folded) or _is_pattern(folded):
        return say(COMMON)
    if _is_about(folded, [*LOCAL, *about]):
        return say(ABOUT_HERE)
    return None


def _is_common(folded: str) -> bool:
    """On the list, or on it but for some digits and signs before and after."""
    before = len(folded) - len(folded.lstrip(_ADORNING))
    after = len(folded) - len(folded.rstrip(_ADORNING))
    cores = (
        folded[start : len(folded) - end]
        for start in range(min(before, ADORNMENT) + 1)
        for end in range(min(after, ADORNMENT - start) + 1)
    )
    return any(core in _common() for core in cores)


def _is_pattern(folded: str) -> bool:
    """One key again and again, a run along the keys, a phone number, an ID number."""
    runs = (row + row for row in ROWS)
    along = any(folded in run or folded in run[::-1] for run in runs)
    return along or len(set(folded)) < FEWEST_SIGNS or bool(NUMBERS.fullmatch(folded))


def _is_about(folded: str, words: Iterable[str]) -> bool:
    known = sorted({word.casefold() for word in words if len(word) > 1}, key=len, reverse=True)
    rest = folded
    for word in known:
        rest = rest.replace(word, "")
    letters = re.sub(r"[\W\d_]", "", rest)
    return rest != folded and len(letters) < FEWEST_OWN_LETTERS and len(rest) <= ADORNMENT


@cache
def _common() -> frozenset[str]:
    text = files("app.policy").joinpath("passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("# "))
