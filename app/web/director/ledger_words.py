"""The words of a ledger's rows: what a stage, a task, a reason or a record kind is called."""

from datetime import date
from typing import Any

from app.domain.cases import Case
from app.domain.incidents import STAGES as INCIDENT_STAGES
from app.domain.incidents import Incident
from app.domain.tasks import KINDS as TASK_KINDS
from app.domain.tasks import Task
from app.lib import clock
from app.lib.words import N_
from app.policy.steps import STAGES
from app.reports.badges import badge, reason_words
from app.reports.incident_list import is_overdue
from app.reports.ledger import NO_GRID, Wanted
from app.reports.ledger_kinds import ENDED, EVERY, OPEN
from app.reports.needs import incident_kind
from app.web.director.ledger_address import address
from app.web.records.retelling import kind_words, outcome_words
from app.web.words import translated

STATES = {OPEN: N_("未结束"), ENDED: N_("已结束"), EVERY: N_("全部")}
NO_GRID_CHOICE = (NO_GRID, N_("未分网格"))
SORTS = {
    "since": N_("时间"),
    "due": N_("期限"),
    "end": N_("截止日期"),
    "place": N_("住址"),
    "grid": N_("网格"),
    "age": N_("年龄"),
    "grade": N_("级别"),
}

_WHO, _GRID, _DOOR = (N_("姓名"),), (N_("网格"), "grid"), (N_("住址"), "place")
_STAGE, _WHY, _NEXT = (N_("阶段"),), (N_("原因"),), (N_("下一步"), "due")
_SINCE, _CAME, _ENDS = (N_("建档"), "since"), (N_("抵达"),), (N_("截止"), "end")
_WHOM, _DUE, _HOW = (N_("居民"),), (N_("期限"), "due"), (N_("情况"),)
# The columns of each ledger: words, and the sort that a click on them asks for.
COLUMNS = {
    "yellow": (_WHO, _GRID, _DOOR, _WHY, _STAGE, _SINCE, _ENDS, _NEXT),
    "returnee": (_WHO, _GRID, _DOOR, _WHY, _STAGE, _CAME, _ENDS, _NEXT),
    "elder": (_WHO, _GRID, _DOOR, (N_("类别"),), _STAGE, (N_("最近联系"),), _NEXT),
    "task": ((N_("事项"),), _WHOM, _GRID, _DOOR, _DUE, _HOW, (N_("指定给"),)),
    "record": (
        (N_("登记"),),
        _WHOM,
        _GRID,
        (N_("发生"),),
        (N_("收到"), "since"),
        (N_("登记人"),),
    ),
    "resident": (
        _WHO,
        (N_("年龄"), "age"),
        _GRID,
        _DOOR,
        (N_("与户主关系"),),
        (N_("人员类别"),),
    ),
    "incident": (
        (N_("事件"),),
        _GRID,
        _STAGE,
        (N_("级别"), "grade"),
        (N_("上报时间"), "since"),
        (N_("期限"),),
        (N_("处理人"),),
    ),
}


def stage(case: Case) -> str:
    return STAGES[case.kind].get(case.stage, case.stage)


def task(row: Task) -> str:
    return TASK_KINDS.get(row.kind, row.kind)


def incident_stage(row: Incident) -> str:
    return INCIDENT_STAGES[row.stage]


def short_day(day: date | None) -> str:
    """10-06, with its year where that is another than this one's."""
    if day is None:
        return "—"
    return f"{day:%m-%d}" if day.year == clock.today().year else day.isoformat()


WORDS = {
    "day": short_day,
    "badge": badge,
    "reason": reason_words,
    "stage": stage,
    "task": task,
    "incident": incident_kind,
    "incident_stage": incident_stage,
    "overdue": is_overdue,
    "record": kind_words,
    "outcome": outcome_words,
}


def heads_of(wanted: Wanted) -> list[Any]:
    """The columns of a ledger, those that sort it as links."""
    return [_head(wanted, *column) for column in COLUMNS[wanted.ledger.key]]


def _head(wanted: Wanted, words: str, sort: str = "") -> Any:
    if not sort:
        return translated(words)
    now = wanted.sort or wanted.ledger.usual
    order = {sort: "ascending", f"-{sort}": "descending"}.get(now)
    turned = f"-{sort}" if now == sort else sort
    return {"words": translated(words), "sort": address(wanted, sort=turned), "sorted": order}
