"""The numbers about people under care or control: yellow codes, returnees, elders.

"Open" is always as of the moment asked for, so that yesterday's number stands
beside today's; a stage is the present one.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, or_, select, union_all

from app.domain.cases import Case
from app.domain.records import Record, standing
from app.domain.tasks import Task
from app.lib.words import N_, Say, say
from app.policy.labels import ARRIVAL_LABELS
from app.policy.rulebook import RULES
from app.reports.counter import Asked, Counter, Where

# After how many hours an unverified yellow code is an alarm, each graver than the one before.
UNVERIFIED_ALARMS = tuple(
    sorted(
        {
            hours
            for rule in RULES.entries
            if (rule.kind, rule.key) == ("deadline", "verify_yellow")
            for hours in rule.params.alarms_h
        }
    )
)

# The key of the closed list of reasons for a return from abroad.
OVERSEAS = "overseas"
# A visit that reached nobody is no contact.
NO_CONTACT = ("not_seen", "withdrawn")
NEED_HELP = ("needs", "unwell", "hospital")


def open_at(at: Any) -> tuple:
    """The condition that a case was open at an instant."""
    return Case.opened_at <= at, or_(Case.closed_at.is_(None), Case.closed_at > at)


def _open(kind: str, *more: Any) -> Where:
    return lambda asked: (Case.kind == kind, *open_at(asked.at), *more)


def _opened(kind: str) -> Where:
    return lambda asked: (Case.kind == kind, Case.opened_at.between(asked.begins, asked.ends))


def _closed(kind: str) -> Where:
    return lambda asked: (Case.kind == kind, Case.closed_at.between(asked.begins, asked.ends))


def _arrived(asked: Asked) -> tuple:
    arrived = Case.anchor_at.between(asked.begins, asked.at)
    return Case.kind == "returnee", Case.stage != "reported", arrived


def _from_other_province(asked: Asked) -> tuple:
    elsewhere = Case.came_from.not_in(("", asked.area.code[:2])), Case.reason != OVERSEAS
    return *_open("returnee")(asked), *elsewhere


def _unverified(hours: int) -> Where:
    def where(asked: Asked) -> tuple:
        begun = asked.at - timedelta(hours=hours)
        waiting = Case.opened_at <= begun, Case.anchor_at <= begun
        return *_open("yellow", Case.stage == "reported")(asked), *waiting

    return where


def _applied_long(asked: Asked) -> tuple:
    """No answer within the hours after which one may apply again."""
    rule = RULES.appeal(RULES.edition_on(asked.day), asked.area.code[:6], asked.day)
    fresh = _records_of(asked, "decode_application")
    fresh = fresh.where(Record.at > asked.at - timedelta(hours=rule.params.answer_h))
    return *_open("yellow", Case.stage == "applied")(asked), Case.id.not_in(fresh)


def _seen(asked: Asked) -> tuple:
    return *_open("elder")(asked), Case.id.in_(_contacts(asked))


def _unseen(asked: Asked) -> tuple:
    due = Case.id.in_(_visits_due(asked))
    return *_open("elder")(asked), due, Case.id.not_in(_contacts(asked))


def _to_see(asked: Asked) -> tuple:
    either = or_(Case.id.in_(_visits_due(asked)), Case.id.in_(_contacts(asked)))
    return *_open("elder")(asked), either


def _needs_help(asked: Asked) -> tuple:
    told = _visits(asked).where(Record.outcome.in_(NEED_HELP))
    return *_open("elder")(asked), Case.id.in_(told)


def _contacts(asked: Asked) -> Any:
    return _visits(asked).where(Record.outcome.not_in(NO_CONTACT))


def _visits(asked: Asked) -> Any:
    return _records_of(asked, "visit").where(Record.day == asked.day, Record.at <= asked.at)


def _visits_due(asked: Asked) -> Any:
    """Cases with a visit due on the day or before it that was not made before the day."""
    due = select(Task.case_id).where(asked.around(Task), Task.kind == "visit")
    due = due.where(Task.due_day <= asked.day, Task.case_id.is_not(None))
    not_before = due.where(Task.done_day >= asked.day, Task.state == "done")
    return union_all(due.where(Task.state == "open"), not_before)


def _records_of(asked: Asked, kind: str) -> Any:
    of_cases = select(Record.case_id).where(asked.around(Record), Record.case_id.is_not(None))
    return of_cases.where(Record.kind == kind, standing())


def _first(time: Any, kind: str) -> Any:
    """The earliest time of a case's open tasks of a kind."""
    found = select(func.min(time)).where(Task.case_id == Case.id, Task.kind == kind)
    return found.where(Task.state == "open").correlate(Case).scalar_subquery()


def _last(kind: str) -> Any:
    """When the latest record of a kind was made about a case."""
    found = select(func.max(Record.at)).where(Record.case_id == Case.id, Record.kind == kind)
    return found.correlate(Case).scalar_subquery()


def _yellow(
    name: str, words: str | Say, where: Where, since: Any = Case.opened_at, *, task: str = ""
) -> Counter:
    return Counter(name, words, "yellow", Case, since, where, task=task)


def _returnee(name: str, words: str, where: Where, since: Any = Case.anchor_at) -> Counter:
    return Counter(name, words, "returnee", Case, since, where)


def _elder(name: str, words: str, where: Where, since: Any = Case.opened_at) -> Counter:
    return Counter(name, words, "elder", Case, since, where, task="visit")


CASES = (
    _yellow("yellow_open", N_("黄码在管"), _open("yellow")),
    _yellow("yellow_new_today", N_("当日新增黄码"), _opened("yellow")),
    _yellow("yellow_closed_today", N_("当日黄码结档"), _closed("yellow")),
    _yellow(
        "yellow_unverified",
        N_("黄码待核实"),
        _open("yellow", Case.stage == "reported"),
        task="verify",
    ),
    *(
        _yellow(
            f"yellow_unverified_{hours}h",
            say("黄码超过 %(hours)s 小时未核实", hours=hours),
            _unverified(hours),
            task="verify",
        )
        for hours in UNVERIFIED_ALARMS
    ),
    _yellow(
        "yellow_ready",
        N_("可申报解码"),
        _open("yellow", Case.stage == "ready"),
        since=_first(Task.opens_at, "decode"),
    ),
    _yellow(
        "yellow_returned",
        N_("申报被退回"),
        _open("yellow", Case.stage == "returned"),
        since=_last("decode_result"),
    ),
    _yellow(
        "yellow_applied",
        N_("已申报待解码"),
        _open("yellow", Case.stage == "applied"),
        since=_last("decode_application"),
    ),
    _yellow(
        "yellow_applied_long",
        N_("申报后久未解码"),
        _applied_long,
        since=_last("decode_application"),
    ),
    _returnee("returnee_open", N_("返回人员在管"), _open("returnee")),
    _returnee("returnee_arrived_today", N_("当日抵达"), _arrived),
    _returnee("returnee_closed_today", N_("当日解除"), _closed("returnee")),
    _returnee(
        "returnee_releasable",
        N_("可以解除"),
        _open("returnee", Case.stage == "releasable"),
        since=_first(Task.opens_at, "release"),
    ),
    *(
        _returnee(f"returnee_{label}", words, _open("returnee", Case.label == label))
        for label, words in ARRIVAL_LABELS.items()
    ),
    _returnee("returnee_abroad", N_("境外返回"), _open("returnee", Case.reason == OVERSEAS)),
    _returnee(
        "returnee_other_province",
        N_("省外返回"),
        _from_other_province,
    ),
    _elder("elder_roll", N_("在册老人"), _open("elder")),
    _elder("elder_to_see_today", N_("应探访老人"), _to_see),
    _elder("elder_seen_today", N_("已探访老人"), _seen),
    _elder("elder_unseen_today", N_("还没探访的老人"), _unseen, since=_first(Task.due_at, "visit")),
    _elder("elder_needs_today", N_("需要帮助的老人"), _needs_help, since=_last("visit")),
)
