"""The shape of a plan: what is due, what is done, where the case stands and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.lib.words import N_, Say

TASKS = {
    "verify": N_("首次核实"),
    "arrival": N_("抵达登记"),
    "test": N_("核酸采样"),
    "result": N_("录入检测结果"),
    "monitor": N_("健康监测"),
    "visit": N_("探访"),
    "decode": N_("申报解码"),
    "release": N_("解除管控"),
}

STAGES = {
    "yellow": {
        "reported": N_("待核实"),
        "verified": N_("已核实"),
        "testing": N_("检测中"),
        "ready": N_("待申报解码"),
        "applied": N_("已申报解码"),
        "returned": N_("申报被退回"),
        "green": N_("已转绿"),
        "positive": N_("检测阳性"),
        "transferred": N_("不归本社区"),
        "closed": N_("已结档"),
    },
    "returnee": {
        "reported": N_("已报备"),
        "arrived": N_("已抵达"),
        "verified": N_("已核实"),
        "monitored": N_("管控中"),
        "releasable": N_("可以解除"),
        "released": N_("已解除"),
        "positive": N_("检测阳性"),
        "transferred": N_("不归本社区"),
    },
    "elder": {
        "on_roll": N_("在册"),
        "watched": N_("重点关注"),
        "closed": N_("已结档"),
    },
}


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do. `step` is unique within the case; `rule` names the rule it comes from."""

    step: str
    task: str
    opens_at: datetime
    due_at: datetime
    rule: str


@dataclass(frozen=True, slots=True)
class Done:
    """A step that a record has fulfilled; `late` means it happened after `due_at`."""

    step: str
    task: str
    record: str
    at: datetime
    late: bool
    opens_at: datetime
    due_at: datetime
    rule: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a case stands.

    `why` says why it may not be closed yet, or what allows it. `waits_for` names what
    the case waits for from elsewhere. `ends_on` is the day on which the measures may
    end (the day of release), for an elder the day of the next yearly review.
    """

    stage: str
    due: tuple[Due, ...] = ()
    done: tuple[Done, ...] = ()
    ends_on: date | None = None
    may_close: bool = False
    why: tuple[Say, ...] = ()
    waits_for: tuple[Say, ...] = ()


def fulfilled(due: Due, *, record: str, at: datetime) -> Done:
    """The due step, done by a record at a time."""
    late = at > due.due_at
    return Done(due.step, due.task, record, at, late, due.opens_at, due.due_at, due.rule)


def by_due(steps: Iterable[Due]) -> tuple[Due, ...]:
    """Steps by when they are due."""
    return tuple(sorted(steps, key=lambda step: (step.due_at, step.opens_at, step.step)))


def as_happened(steps: Iterable[Done]) -> tuple[Done, ...]:
    """Steps in the order they were done."""
    return tuple(sorted(steps, key=lambda step: (step.at, step.step)))
