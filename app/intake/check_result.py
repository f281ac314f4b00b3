"""What a check found: it is over, or comes back; and what else of that person it answers.

The outcomes and what each implies are rule data (`app/policy/rules/checks.toml`). An answer
also verifies the person's open cases, and what must be done next becomes a task at once.
"""

from datetime import date
from typing import Any

from wtforms.validators import DataRequired

from app.domain.checks import Check, check_by_uid, rules_at
from app.domain.follow_ups import follow, take_back
from app.domain.recording import Deed, record
from app.domain.records import Record
from app.intake.fields import ChipsField, IntakeForm, NoteField, OneOfField
from app.intake.kind import Kind, Subject, Telling
from app.intake.reasons import ReasonField
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import OutOfRules, Refused
from app.lib.words import N_, Say, say
from app.policy.checks import DOOR, PHONE, answer, answers, next_try
from app.policy.rule import Rule

WAYS = [(PHONE, N_("打电话")), (DOOR, N_("上门"))]
FOUND = [("returnee", N_("刚从外地回来")), ("alone", N_("独自居住的老人"))]
NO_NOTE = N_("请写一句情况。")


class CheckForm(IntakeForm):
    outcome = ReasonField(N_("核查结果"))
    way = OneOfField(N_("怎么核的"), choices=WAYS)
    found = ChipsField(
        N_("还了解到"),
        choices=FOUND,
        description=N_("选了就接着排后面的事"),
        render_kw={"data-when": "outcome=real"},
    )
    note = NoteField(N_("说明"))


def prepare(form: CheckForm, subject: Subject, day: date) -> None:
    """The outcomes that the rules know on the day; some want a word."""
    offered = answers(rules_at(subject.community, clock.at(day)), clock.at(day))
    if not offered:
        raise OutOfRules(say("按现行规则，没有可选的核查结果。"))
    form.outcome.choices = [(rule.key, rule.words) for rule in offered]
    says = {rule.key for rule in offered if rule.params.says}
    if form.outcome.data in says:
        form.note.validators = [DataRequired(NO_NOTE), *form.note.validators]


def keep(form: CheckForm, telling: Telling) -> Record:
    check, rule = _check(telling), _rule(form.outcome.data, telling)
    is_open = check.state == "open"
    if not is_open and telling.via != "phone":
        raise Refused(say("这个人已经核过了，不用再登记；有错请先撤销原来的登记。"))
    way = form.way.data or check.next_way
    told = form.told() | {"way": way, "check": str(check.uid)}
    if is_open:  # else her words are kept, and what was found before stands
        found = form.found.data or ()
        told |= follow(check, rule, found, by=telling.by, at=telling.at)
    kept = record(_deed(check, rule.key, told, telling), by=telling.by, at=telling.received_at)
    session.flush()
    if is_open:
        _apply(check, rule, way, kept, telling)
    return kept


def notice(kept: Record, telling: Telling) -> Say | None:
    """When somebody whom nobody reached comes back, and what follows from an answer."""
    check, told = _check(telling), kept.fields
    if check.state == "open" and check.next_try_at:
        return _comes_back(check)
    if kept.id == check.record_id and not _rule(kept.outcome, telling).params.ends:
        return say("都试过了，记入没敲开的门，由社区负责人定。")
    if told.get("arrival"):
        return say("真实。接着做抵达登记，已排进今日。")
    if told.get("proposed"):
        return say("真实。独居老人，已建议社区负责人安排探访。")
    return None


def undo(wrong: Record, telling: Telling) -> None:
    """As if it had not been told: the check is open, and what followed from it is gone."""
    by, at = telling.by, telling.received_at
    check = check_by_uid(wrong.fields["check"])
    if check.state != "open" and check.record_id != wrong.id:
        return  # somebody else's word counted
    if check.state != "open":
        check.reopen(by=by, at=at)
    if not _rule(wrong.outcome, telling).params.ends:
        check.forget_try(by=by, at=at)
    take_back(wrong, by=by, at=at)


def _check(telling: Telling) -> Check:
    task = telling.subject.task
    if task.kind != "check":
        raise Refused(say("没有找到这项核查，请回到“今日”重新点开。"))
    return task.check


def _rule(key: str, telling: Telling) -> Rule:
    return answer(key, rules_at(telling.subject.community, telling.at), telling.at)


def _deed(check: Check, outcome: str, told: dict[str, Any], telling: Telling) -> Deed:
    where = {"resident": check.resident, "household": check.household, "grid_id": check.grid_id}
    return telling.deed("check_result", outcome, told, case=None, **where)


def _apply(check: Check, rule: Rule, way: str, kept: Record, telling: Telling) -> None:
    """End it, or say when to try again; where all was tried, it ends as not reached."""
    at, by = telling.at, telling.by
    if not rule.params.ends:
        place = rules_at(telling.subject.community, at)
        following = next_try([*check.tried, way], rule.params, at, place)
        if following and following.way == DOOR and check.household_id is None:
            following = None
        check.try_again(way, following, by=by, at=at)
        if following:
            return
    check.finish(rule.key, kept.id, by=by, at=at)


def _comes_back(check: Check) -> Say:
    local = clock.local(check.next_try_at)
    when = f"{local:%H:%M}" if local.date() == clock.today() else f"{local:%m-%d %H:%M}"
    if check.next_way == DOOR:
        return say("第 %(n)s 次没找到人，改为上门（%(time)s 起）。", n=check.tries, time=when)
    return say("第 %(n)s 次没人接，%(time)s 换个时段再打。", n=check.tries, time=when)


KIND = Kind(
    key="check_result",
    words=N_("信息核查"),
    icon="verify",
    form=CheckForm,
    keep=keep,
    about="task",
    prepare=prepare,
    one_tap={"outcome": "real"},
    one_tap_words=N_("真实"),
    offered=False,
    correctable=False,
    undo=undo,
    notice=notice,
    photos=False,
)
