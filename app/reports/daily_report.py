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
    "to_upload",
)
# Stages, delays and plans are of the moment: that evening's number cannot be counted again.
OF_THE_MOMENT = {
    "yellow_ready",
    "yellow_applied",
    "tasks_due_today",
    "tasks_late",
    "not_reached",
    "to_upload",
}
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
        f"备注：{note.strip()}" if note.strip() else "",
    )
    told = [text for text in paragraphs if text]
    numbered = [f"{NUMERALS[place]}、{text}" for place, text in enumerate(told)]
    return "\n".join([_title(community, day), *numbered, _as_of(at)])


def _title(community: Area, day: date) -> str:
    return f"【{community.name}日报】{_day(day)} 星期{WEEKDAYS[day.weekday()]}"


def _yellow(n: dict[str, int]) -> str:
    if not any(n[name] for name in n if name.startswith("yellow")):
        return ""
    return (
        f"黄码人员：在管{n['yellow_open']}人，今日新增{n['yellow_new_today']}人，"
        f"转绿{n['yellow_green_today']}人；可申报解码{n['yellow_ready']}人，"
        f"已申报待解码{n['yellow_applied']}人。"
    )


def _returnees(n: dict[str, int], city: str) -> str:
    if not any(n[name] for name in n if name.startswith("returnee")):
        return ""
    who = f"返{city}人员" if city else "返回人员"
    return (
        f"{who}：在管{n['returnee_open']}人{_labels(n)}，今日新到{n['returnee_arrived_today']}人，"
        f"解除管控{n['returnee_closed_today']}人。"
    )


def _labels(n: dict[str, int]) -> str:
    held = {words: n[f"returnee_{label}"] for label, words in ARRIVAL_LABELS.items()}
    named = [f"{words}{people}人" for words, people in held.items() if people]
    return f"（{'、'.join(named)}）" if named else ""


def _elders(n: dict[str, int]) -> str:
    return (
        f"独居、空巢等老人：今日应访{n['elder_to_see_today']}人，已访{n['elder_seen_today']}人，"
        f"需要帮助{n['elder_needs_today']}人。"
    )


def _incidents(n: dict[str, int]) -> str:
    return (
        f"突发事件：今日上报{n['incidents_new_today']}件，办结{n['incidents_closed_today']}件，"
        f"在办{n['incidents_open']}件。"
    )


def _tasks(n: dict[str, int], reasons: list[str]) -> str:
    return (
        f"今日清单：应办{n['tasks_due_today']}件，已办{n['tasks_done_today']}件，"
        f"超时{n['tasks_late']}件，{_carried(reasons)}。"
    )


def _carried(reasons: list[str]) -> str:
    if not reasons:
        return "没有结转"
    named = [f"{CARRY_REASONS[why]}{n}件" for why, n in Counter(reasons).most_common()]
    return f"结转{len(reasons)}件（{'、'.join(named)}）"


def _people(n: dict[str, int], hands: Hands) -> str:
    return (
        f"人手：网格员{hands.workers}人，今日有登记的{hands.recorded}人，"
        f"共登记{n['records_today']}条。"
    )


def _as_of(at: datetime) -> str:
    local = clock.local(at)
    return f"以上数据截至{_day(local.date())}{local:%H:%M}。"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
