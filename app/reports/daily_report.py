"""The daily report: the day's sums, and the text a deputy director pastes into the evening chat.

The text is a document in Chinese, whatever language the reader's screen has.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app.domain.days import CARRY_REASONS
from app.domain.people import staff_of
from app.domain.places import Area
from app.domain.records import Record, standing
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.lib.words import N_
from app.policy.labels import ARRIVAL_LABELS
from app.reports.counters import COUNTERS, asked, tally

# In the order of the report; of these some can change when a record comes late.
SUMS = (
    "yellow_open",
    "yellow_new_today",
    "yellow_green_today",
    "yellow_ready",
    "yellow_applied",
    "returnee_open",
    "returnee_arrived_today",
    "returnee_closed_today",
    *(f"returnee_{label}" for label in ARRIVAL_LABELS),
    "elder_to_see_today",
    "elder_seen_today",
    "elder_needs_today",
    "incidents_new_today",
    "incidents_closed_today",
    "incidents_open",
    "tasks_due_today",
    "tasks_done_today",
    "tasks_late",
    "not_reached",
    "records_today",
)
# Stages, delays and plans are of the moment: that evening's number cannot be counted again.
OF_THE_MOMENT = {"yellow_ready", "yellow_applied", "tasks_due_today", "tasks_late", "not_reached"}
WEEKDAYS = "一二三四五六日"
NUMERALS = "一二三四五六七"


@dataclass(frozen=True, slots=True)
class Hands:
    """Who worked: workers of the community, and how many of them recorded something."""

    workers: int
    recorded: int


@dataclass(frozen=True, slots=True)
class Change:
    """A sum that is no longer what it was when the day was closed."""

    words: str
    then: int
    now: int


def sums_of(community: Area, day: date) -> dict[str, int]:
    """The day's sums by counter name, as the records tell them now."""
    counted = tally([(asked(community, day), SUMS)])
    return {name: counted.total(name, day) for name in SUMS}


def hands_of(community: Area, day: date) -> Hands:
    """How many hands there were on a day."""
    workers = [user.id for user in staff_of(community) if user.role == "worker"]
    told = select(func.count(func.distinct(Record.by_id))).where(Record.by_id.in_(workers))
    told = told.where(Record.community_id == community.id, Record.day == day, standing())
    return Hands(len(workers), session.scalar(told) or 0)


def changes(then: dict[str, int], now: dict[str, int]) -> list[Change]:
    """Which sums differ from those at closing."""
    compared = [name for name in SUMS if name not in OF_THE_MOMENT and name in then]
    return [
        Change(COUNTERS[name].words, then[name], now[name])
        for name in compared
        if then[name] != now[name]
    ]


def report_text(
    community: Area,
    day: date,
    sums: dict[str, int],
    *,
    carry: Iterable[tuple[Task, str]],
    hands: Hands,
    city: str,
    note: str,
    at: datetime,
) -> str:
    """The report, one paragraph a subject; a subject that does not exist is left out.

    `city` is the short name in 返并人员, or empty; `note` what the director adds.
    """
    paragraphs = (
        _yellow(sums),
        _returnees(sums, city),
        _elders(sums),
        _incidents(sums),
        _tasks(sums, [why for _task, why in carry]),
        _people(sums, hands),
        N_("备注：%(note)s") % {"note": note.strip()} if note.strip() else "",
    )
    told = [text for text in paragraphs if text]
    numbered = [f"{NUMERALS[place]}、{text}" for place, text in enumerate(told)]
    return "\n".join([_title(community, day), *numbered, _as_of(at)])


def _title(community: Area, day: date) -> str:
    values = {"place": community.name, "day": _day(day), "weekday": WEEKDAYS[day.weekday()]}
    return N_("【%(place)s日报】%(day)s 星期%(weekday)s") % values


def _yellow(sums: dict[str, int]) -> str:
    if not any(sums[name] for name in sums if name.startswith("yellow")):
        return ""
    words = N_(
        "黄码人员：在管%(yellow_open)s人，今日新增%(yellow_new_today)s人，"
        "转绿%(yellow_green_today)s人；可申报解码%(yellow_ready)s人，"
        "已申报待解码%(yellow_applied)s人。"
    )
    return words % sums


def _returnees(sums: dict[str, int], city: str) -> str:
    if not any(sums[name] for name in sums if name.startswith("returnee")):
        return ""
    who = N_("返%(city)s人员") % {"city": city} if city else N_("返回人员")
    words = N_(
        "%(who)s：在管%(returnee_open)s人%(labels)s，今日新到%(returnee_arrived_today)s人，"
        "解除管控%(returnee_closed_today)s人。"
    )
    return words % (sums | {"who": who, "labels": _labels(sums)})


def _labels(sums: dict[str, int]) -> str:
    named = [
        f"{words}{sums[f'returnee_{label}']}人"
        for label, words in ARRIVAL_LABELS.items()
        if sums[f"returnee_{label}"]
    ]
    return f"（{'、'.join(named)}）" if named else ""


def _elders(sums: dict[str, int]) -> str:
    words = N_(
        "独居、空巢等老人：今日应访%(elder_to_see_today)s人，已访%(elder_seen_today)s人，"
        "需要帮助%(elder_needs_today)s人。"
    )
    return words % sums


def _incidents(sums: dict[str, int]) -> str:
    words = N_(
        "突发事件：今日上报%(incidents_new_today)s件，办结%(incidents_closed_today)s件，"
        "在办%(incidents_open)s件。"
    )
    return words % sums


def _tasks(sums: dict[str, int], reasons: list[str]) -> str:
    words = N_(
        "今日清单：应办%(tasks_due_today)s件，已办%(tasks_done_today)s件，"
        "超时%(tasks_late)s件，%(carried)s。"
    )
    return words % (sums | {"carried": _carried(reasons)})


def _carried(reasons: list[str]) -> str:
    if not reasons:
        return N_("没有结转")
    named = [f"{CARRY_REASONS[why]}{n}件" for why, n in Counter(reasons).most_common()]
    return N_("结转%(n)s件（%(why)s）") % {"n": len(reasons), "why": "、".join(named)}


def _people(sums: dict[str, int], hands: Hands) -> str:
    words = N_("人手：网格员%(workers)s人，今日有登记的%(recorded)s人，共登记%(records_today)s条。")
    return words % (sums | {"workers": hands.workers, "recorded": hands.recorded})


def _as_of(at: datetime) -> str:
    local = clock.local(at)
    values = {"day": _day(local.date()), "time": f"{local:%H:%M}"}
    return N_("以上数据截至%(day)s%(time)s。") % values


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
