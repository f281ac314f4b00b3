"""What needs the director now: the gravest and oldest first, each line with its action."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.domain import regime
from app.domain.exports import under_way
from app.domain.incidents import OPEN_STAGES, Incident
from app.domain.incidents import STAGES as INCIDENT_STAGES
from app.domain.places import Area
from app.domain.tasks import Task
from app.lib import clock
from app.lib.db import session
from app.lib.words import N_, Say, say
from app.policy.rulebook import RULES
from app.reports.case_counts import UNVERIFIED_ALARMS
from app.reports.counters import Asked, Tally

# More lines of one sort than this are said in one.
MOST_INCIDENTS, MOST_GRIDS = 6, 4
BELOW_EVERY_GRADE = 99
GRAVITY = {"bad": 0, "warn": 1, None: 2}


@dataclass(frozen=True, slots=True)
class Need:
    """One line: a badge, a sentence with its number, how long it waits, and what to do.

    `action` is a key of the page's actions; `counter` names the rows meant, `grid`
    narrows them, `about` is an incident's id or a day.
    """

    badge: str
    tone: str
    words: Say
    action: str
    counter: str = ""
    number: int | None = None
    since: datetime | None = None
    grave: str | None = None
    grid: Area | None = None
    about: int | date | None = None
    grade: int = 0  # of an incident


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of need that a counter raises."""

    counter: str
    badge: str
    tone: str
    words: str
    action: str
    grave: str | None = None


YELLOW, RETURN, ELDER = (N_("黄码"), "yellow"), (N_("返回"), "brand"), (N_("老人"), "elder")
CHECK = N_("核查"), "brand"
RECORD, ROLL, LATE = (N_("登记"), "brand"), (N_("名册"), "grey"), (N_("超时"), "red")
UPLOAD, EXPORT = (N_("上传"), "brand"), (N_("导出"), "grey")
EXPORTS = {
    "asked": N_("%(who)s申请导出 %(n)s 人的完整信息，等第二个人批准"),
    "approved": N_("%(who)s申请的导出（%(n)s 人）已批准，可以取件"),
}
SORTS = (
    Sort("yellow_ready", *YELLOW, N_("%(n)s 人已满足条件，可申报解码"), "decode", "warn"),
    Sort("yellow_returned", *YELLOW, N_("%(n)s 人的解码申报被退回"), "decode", "warn"),
    Sort("yellow_applied_long", *YELLOW, N_("%(n)s 人申报后久未答复，可催问"), "export", "warn"),
    Sort("returnee_releasable", *RETURN, N_("%(n)s 人管控期满，可以解除"), "look"),
    Sort("elder_unseen_today", *ELDER, N_("%(n)s 位老人今天还没有人去"), "remind", "warn"),
    Sort("elder_needs_today", *ELDER, N_("%(n)s 位老人今天说需要帮助"), "look", "warn"),
    Sort("held", *RECORD, N_("%(n)s 条登记待您定夺"), "decide", "warn"),
    Sort("records_answered", *RECORD, N_("%(n)s 条退回的登记已答复"), "look"),
    Sort("upload_refused", *UPLOAD, N_("%(n)s 条被平台退回"), "upload", "warn"),
    Sort("no_grid", *ROLL, N_("%(n)s 位居民未分网格"), "look"),
    Sort("address_unknown", *ROLL, N_("%(n)s 位居民地址不详"), "look"),
)
ALARMS = tuple(f"yellow_unverified_{hours}h" for hours in UNVERIFIED_ALARMS)
NEED_COUNTERS = (*ALARMS, *(sort.counter for sort in SORTS), "tasks_late", "to_upload")


def needs(
    numbers: Tally, today: Asked, grids: Iterable[Area], *, day_open: date | None
) -> list[Need]:
    """All that waits for the director; `day_open` is a past day not closed yet."""
    found = [*_incidents(today), *_unverified(numbers, today.day)]
    raised = [sort for sort in SORTS if numbers.total(sort.counter, today.day)]
    found += [_need(sort, numbers, today.day) for sort in raised]
    found += _to_check(today)
    found += _late(numbers, today.day, grids)
    found += [*_to_upload(numbers, today), *_exports(today)]
    found += [_unclosed(day_open)] if day_open else []
    return sorted(found, key=lambda need: _rank(need, today))


def _rank(need: Need, today: Asked) -> tuple:
    """The gravest first, of these sudden events nobody looked into, of these the oldest."""
    sudden = need.action.startswith("incident")
    unseen = need.action == "incident_reported"
    return GRAVITY[need.grave], not sudden, need.grade, not unseen, need.since or today.at


def _need(sort: Sort, numbers: Tally, day: date) -> Need:
    n = numbers.total(sort.counter, day)
    return Need(
        sort.badge,
        sort.tone,
        say(sort.words, n=n),
        sort.action,
        sort.counter,
        number=n,
        since=numbers.since(sort.counter, day),
        grave=sort.grave,
    )


def _unverified(numbers: Tally, day: date) -> list[Need]:
    """A line for each alarm that more people have passed than the graver one after it."""
    lines, graver = [], 0
    for counter, hours in sorted(zip(ALARMS, UNVERIFIED_ALARMS, strict=True), key=lambda a: -a[1]):
        n = numbers.total(counter, day)
        if n > graver:
            told = say("%(n)s 人超过 %(hours)s 小时未核实", n=n, hours=hours)
            since = numbers.since(counter, day)
            lines.append(Need(*YELLOW, told, "remind", counter, n, since, "bad"))
        graver = n
    return lines


def _to_upload(numbers: Tally, today: Asked) -> list[Need]:
    """What was verified and not uploaded; past its hours it is grave, and rises with its age."""
    n, since = (find("to_upload", today.day) for find in (numbers.total, numbers.since))
    if not n:
        return []
    late = timedelta(hours=regime.numbers("upload", "verified", today.area, today.day).late_h)
    grave = "bad" if since and today.at - since > late else "warn"
    told = say("%(n)s 条已核实未上传", n=n)
    return [Need(*UPLOAD, told, "upload", "to_upload", n, since, grave)]


def _exports(today: Asked) -> list[Need]:
    """Who asks for whole names and waits for a second person, and what lies ready to fetch."""
    return [
        Need(
            *EXPORT,
            say(EXPORTS[one.state], who=one.by.name, n=one.people),
            f"export_{one.state}",
            since=one.decided_at or one.asked_at,
            grave="warn",
            about=one.id,
        )
        for one in under_way(today.area, at=today.at)
    ]


def _to_check(today: Asked) -> list[Need]:
    """A line for all who are to be checked; none where nobody is."""
    due = select(func.count(), func.min(Task.due_at), func.min(Task.opens_at))
    due = due.where(today.here(Task), Task.kind == "check", Task.state == "open")
    n, first, since = session.execute(due).one()
    if not n:
        return []
    grave = "warn" if first < today.at else None
    told = say("还有 %(n)s 人要核查", n=n)
    return [Need(*CHECK, told, "checks", since=since, grave=grave)]


def _late(numbers: Tally, day: date, grids: Iterable[Area]) -> list[Need]:
    """A line per grid with something late; one for all where they are many."""
    late = [grid for grid in grids if numbers.at(grid.id, "tasks_late", day)]
    if len(late) > MOST_GRIDS:
        n, since = numbers.total("tasks_late", day), numbers.since("tasks_late", day)
        told = say("%(grids)s 个网格共有 %(n)s 件超时", grids=len(late), n=n)
        return [Need(*LATE, told, "remind", "tasks_late", n, since, "warn")]
    return [_late_in(grid, numbers, day) for grid in late]


def _late_in(grid: Area, numbers: Tally, day: date) -> Need:
    n = numbers.at(grid.id, "tasks_late", day)
    told = say("%(grid)s 有 %(n)s 件超时", grid=grid.name, n=n)
    since = numbers.since("tasks_late", day, grid.id)
    return Need(*LATE, told, "remind", "tasks_late", n, since, "warn", grid)


def _unclosed(day: date) -> Need:
    told = say("%(month)s月%(day)s日还没有日结", month=day.month, day=day.day)
    ended = clock.end_of(day)
    return Need(N_("日结"), "grey", told, "close_day", since=ended, grave="warn", about=day)


def _incidents(today: Asked) -> list[Need]:
    """A line for each of the first open incidents, and one that counts the others."""
    wanted = select(Incident).where(today.here(Incident), Incident.stage.in_(OPEN_STAGES))
    found = session.scalars(wanted.options(joinedload(Incident.grid)))
    lines = sorted((_incident(row, today) for row in found), key=lambda need: _rank(need, today))
    return lines[:MOST_INCIDENTS] + _others(lines[MOST_INCIDENTS:])


def _others(unsaid: list[Need]) -> list[Need]:
    """The line below the incidents that are said one by one; none where all are."""
    if not unsaid:
        return []
    told, grave = say("另有 %(n)s 起突发事件", n=len(unsaid)), unsaid[0].grave
    return [Need(N_("突发"), "red", told, "incidents", grave=grave, grade=BELOW_EVERY_GRADE)]


def _incident(incident: Incident, today: Asked) -> Need:
    is_late = incident.stage == "assigned" and incident.due_at < today.at
    grave = "bad" if is_late or incident.stage == "reported" else "warn"
    action = "more_time" if incident.extension_until else incident.stage
    since, about = incident.reported_at, incident.id
    told = _told(incident)
    return Need(
        N_("突发"), "red", told, f"incident_{action}", since=since, grave=grave, about=about,
        grade=incident.grade,
    )  # fmt: skip


def _told(incident: Incident) -> Say:
    kind, step = incident_kind(incident), INCIDENT_STAGES[incident.stage]
    if incident.grid is None:
        return say("%(kind)s（%(step)s）", kind=kind, step=step)
    return say("%(grid)s %(kind)s（%(step)s）", grid=incident.grid.name, kind=kind, step=step)


def incident_kind(incident: Incident) -> str:
    """The words for the kind of an incident, from the rulebook's list."""
    day = clock.local_day(incident.reported_at)
    for rule in RULES.entries:
        if (rule.kind, rule.key) == ("incident", incident.kind) and rule.since <= day:
            return rule.words
    return incident.kind
