"""Days and times as people write them: 10.6, 10月6日, 2022/10/6 0:00, 44840, "6号晚10点".

A day without its year is the one nearest to the day the list came. What can be
read in two ways is not read: 10.1 in a number cell may have been 10.10.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from app.exchange.sheet import UNSEEN

SERIAL_BEGINS = date(1899, 12, 30)
SERIALS = range(20_000, 80_000)  # 1954 to 2119
DAYS_OF_WORDS = {
    word: days
    for days, words in {-3: "大前天", -2: "前天 前日", -1: "昨天 昨日 昨", 0: "今天 今日 今 当天",
                        1: "明天 明日 明", 2: "后天 后日"}.items()
    for word in words.split()
}  # fmt: skip
DIGITS = dict(zip("零〇一二三四五六七八九", "00123456789", strict=True))
YEAR, TWO = r"(?P<year>\d{4})", r"(?P<short>\d{2})"
MONTH, DAY = r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
DAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{YEAR}[-./年]{MONTH}[-./月]{DAY}[日号]?",
        rf"{YEAR}(?P<month>\d\d)(?P<day>\d\d)",
        rf"{MONTH}月{DAY}[日号]?",
        rf"{TWO}[-./年]{MONTH}[-./月]{DAY}[日号]?",
        rf"{MONTH}[-./]{DAY}[日号]?",
        rf"{DAY}[日号]",
        rf"(?P<word>{'|'.join(DAYS_OF_WORDS)})",
    )
)
WESTERN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
MORNING = ("凌晨", "清晨", "早上", "早晨", "早", "上午", "AM")
EVENING = ("下午", "午后", "傍晚", "晚上", "晚间", "夜里", "夜间", "深夜", "晚", "夜", "PM")
NOON = ("中午", "午间", "正午")
PARTS = "|".join((*MORNING, *EVENING, *NOON))
TIME = re.compile(
    rf"(?P<part>{PARTS})?(?P<hour>\d{{1,2}})[:点时](?P<minute>\d{{1,2}}|半|一刻|三刻)?"
    r"(?:[:分](?:\d{1,2})(?:\.\d+)?秒?)?分?(?:整|左右|许|多|前后)?(?P<after>AM|PM)?"
    rf"|(?P<only>{PARTS})"
)
WORDS_OF_MINUTES = {"半": 30, "一刻": 15, "三刻": 45}
YEAR_DIGITS, LARGEST = 4, 10**9
NEAR = 183  # days
PLAUSIBLE = 60  # days
# A point and one of these in a number cell may have lost the nought behind it.
LOST_NOUGHT = ("1", "2", "3")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the time on it if one was written."""

    day: date
    at: time | None = None

    def __str__(self) -> str:
        return f"{self.day}T{self.at:%H:%M}" if self.at else str(self.day)


def read_moment(cell: Any, *, near: date) -> Moment | None:
    """What a cell says; None for nothing, for what is no day, and for what may be two days."""
    if isinstance(cell, datetime):
        return _of(cell)
    if isinstance(cell, date):
        return Moment(cell)
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return _of_number(cell, near)
    return _of_words(_folded(str(cell)), near)


def is_two_days(cell: Any) -> bool:
    """Whether a number cell may mean the first or the tenth, the second or the twentieth …"""
    if not isinstance(cell, float) or not 1 <= cell < 13 or cell.is_integer():
        return False
    month, day = str(cell).split(".")
    return day in LOST_NOUGHT and month.isdecimal() and 1 <= int(month) <= 12


def _of(moment: datetime) -> Moment:
    at = moment.time().replace(second=0, microsecond=0)
    return Moment(moment.date(), at if at != time(0) else None)


def _of_number(number: float, near: date) -> Moment | None:
    if SERIALS.start <= number < SERIALS.stop:
        whole, rest = divmod(number, 1)
        day = SERIAL_BEGINS + timedelta(days=int(whole))
        return _of(datetime.combine(day, time(0)) + timedelta(minutes=round(rest * 1440)))
    if is_two_days(number) or not abs(number) < LARGEST:
        return None
    written = str(int(number)) if float(number).is_integer() else str(number)
    is_year = written.isdecimal() and len(written) == YEAR_DIGITS
    return None if is_year else _of_words(written, near)


def _of_words(told: str, near: date) -> Moment | None:
    if re.fullmatch(r"\d{5}(\.\d+)?", told) and int(float(told)) in SERIALS:
        return _of_number(float(told), near)
    if western := WESTERN.match(told):
        day, rest = _western(western, near), told[western.end() :]
        return _with_time(day, rest) if day else None
    for pattern in DAYS:
        found = pattern.match(told)
        day = _day(found.groupdict(), near) if found else None
        moment = _with_time(day, told[found.end() :]) if found and day else None
        if moment is not None:
            return moment
    return None


def _with_time(day: date, rest: str) -> Moment | None:
    """The day with what is written behind it; None where that is no time."""
    weekday = r"^(T|[(（]?(周|星期)[一二三四五六日天][)）]?)"
    rest = re.sub(weekday, "", rest.strip()).strip(" ,，、()（）前左右到")
    if not rest:
        return Moment(day)
    rest = re.sub(r"^(\d\d)(\d\d)(\d\d)?$", r"\1:\2", rest)
    found = TIME.fullmatch(rest)
    if found and found["only"]:
        return Moment(day)
    return found and _at(day, found)


def _at(day: date, found: re.Match[str]) -> Moment | None:
    hour, minute = int(found["hour"]), found["minute"] or "0"
    minutes = WORDS_OF_MINUTES.get(minute) or int(minute)
    part = found["part"] or found["after"] or ""
    if (part in EVENING and hour < 12) or (part in NOON and hour < 3):
        hour += 12
    if hour == 24 and minutes == 0:
        return Moment(day + timedelta(days=1), None)
    if hour > 23 or minutes > 59:
        return None
    return Moment(day, time(hour, minutes) if hour or minutes else None)


def _day(told: dict[str, str | None], near: date) -> date | None:
    if told.get("word"):
        return near + timedelta(days=DAYS_OF_WORDS[told["word"] or ""])
    year, short = told.get("year"), told.get("short")
    month, day = told.get("month"), int(told["day"] or 0)
    if year or short:
        return _valid(int(year or f"20{short}"), int(month or 0), day)
    candidates = _in_months(day, near) if month is None else _in_years(int(month), day, near)
    return min(candidates, key=lambda one: abs((one - near).days), default=None)


def _in_years(month: int, day: int, near: date) -> Iterator[date]:
    for year in (near.year - 1, near.year, near.year + 1):
        if (found := _valid(year, month, day)) and abs((found - near).days) <= NEAR:
            yield found


def _in_months(day: int, near: date) -> Iterator[date]:
    for month in (-1, 0, 1):
        year, number = divmod(near.year * 12 + near.month - 1 + month, 12)
        if found := _valid(year, number + 1, day):
            yield found


def _western(found: re.Match[str], near: date) -> date | None:
    """Month and day in either order, where only one of them lies near."""
    first, second, year = map(int, found.groups())
    ways = {_valid(year, first, second), _valid(year, second, first)} - {None}
    close = [day for day in ways if abs((day - near).days) <= PLAUSIBLE]
    fitting = list(ways) if len(ways) == 1 else close
    return fitting[0] if len(fitting) == 1 else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _folded(told: str) -> str:
    plain = unicodedata.normalize("NFKC", told).upper().strip(UNSEEN).replace("\u3002", ".")
    plain = re.sub(r"\s+(?!\d)|(?<!\d)\s+", "", plain)  # 10/6 0:00 is not 10/60:00
    return re.sub(
        "[零〇一二三四五六七八九十]+(?=[年月日号点时分])", lambda run: _as_digits(run[0]), plain
    )


def _as_digits(words: str) -> str:
    if "十" not in words:
        return "".join(DIGITS[word] for word in words)
    tens, _, ones = words.partition("十")
    return (DIGITS.get(tens, "") if tens else "1") + (DIGITS.get(ones, "") if ones else "0")
