"""What a task is, why it must be done and by when, in words for every page that lists tasks."""

from flask_babel import gettext as _

from app.domain.check import Check
from app.domain.pushed import KINDS as LISTS
from app.domain.pushed import PushedList
from app.domain.shares import STATES, Share
from app.domain.tasks import KINDS as TASKS
from app.domain.tasks import Task
from app.lib import clock
from app.lib.words import N_
from app.policy.rulebook import RULES, NoRule
from app.web.words import late, moment, translated, wall_clock

# So many characters of what somebody said stand on a card.
LONGEST = 90
PARTS_OF_DAY = {"am": N_("上午"), "pm": N_("下午")}


def who_of(task: Task) -> str:
    """Whom a task is about, masked; empty where it is about nobody."""
    if task.resident:
        return task.resident.masked_name
    return task.check.masked_name if task.check else ""


def what_of(task: Task) -> str:
    """核酸采样 第 2 次, 健康监测 上午: the task and which one of a row."""
    words = translated(TASKS[task.kind])
    number = task.step.rpartition(":")[2]
    if task.kind == "test" and number.isdecimal():
        return _("%(what)s 第 %(n)s 次", what=words, n=number)
    part = PARTS_OF_DAY.get(number)
    return f"{words} {translated(part)}" if part else words


def why_of(task: Task) -> str:
    """What asks for it: somebody's words or the rule, and what has happened to it since."""
    if task.kind == "check":
        return " · ".join(part for part in (asked_of(task.check), note_of(task)) if part)
    said = cut(task.words) if task.words_sealed else rule_words(task)
    return " · ".join(part for part in (said, note_of(task)) if part)


def asked_of(check: Check) -> str:
    """Which lists ask for somebody, and what."""
    rows = {row.list_id: row.list for row in check.rows if row.state != "undone"}
    return _("；").join(cut(list_words(one)) for one in rows.values())


def list_words(list_: PushedList) -> str:
    """Who sent a list and what it asks; where it asks nothing, of which kind it is."""
    asks = list_.question or translated(LISTS[list_.kind])
    return _("%(who)s：%(what)s", who=list_.sender, what=asks) if list_.sender else asks


def cut(words: str) -> str:
    """The beginning of long words, for a card."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def note_of(task: Task) -> str:
    """Another deadline, reminded, tried in vain, left over from another day."""
    notes = []
    if task.kind == "assignment" and task.share:
        notes.append(share_words(task.share))
    if task.moved_from:
        notes.append(_("期限改过，原定 %(when)s", when=moment(task.moved_from)))
    if task.reminded_at:
        notes.append(_("负责人 %(when)s 提醒", when=moment(task.reminded_at)))
    if task.attempts:
        notes.append(_("%(n)s 次未联系上", n=task.attempts))
    if task.carried_from:
        notes.append(_("%(day)s 结转", day=f"{task.carried_from:%m-%d}"))
    return " · ".join(notes)


def share_words(share: Share) -> str:
    """Where work given out stands; where it came back, with the director's words."""
    said = share.last("send_back") if share.state == "returned" else None
    words = translated(STATES[share.state])
    return _("%(state)s：%(words)s", state=words, words=cut(said.words or "")) if said else words


def rule_words(task: Task) -> str:
    try:
        rule = RULES.by_id(task.rule) if task.rule else None
    except NoRule:
        return ""
    if rule is None:
        return ""
    return translated(rule.meaning if rule.kind == "deadline" else rule.words)


def when_of(task: Task, *, is_late: bool) -> str:
    """迟 2 小时; 12:00 前; or, for something left to a day's end, 今天."""
    if is_late:
        return late(task.due_at)
    if task.next_try_at and task.next_try_at > clock.now():
        return _("%(when)s 再试", when=wall_clock(task.next_try_at))
    if task.opens_at > clock.now():
        return _("%(when)s 起", when=wall_clock(task.opens_at))
    if task.due_day > clock.today():
        return _("%(when)s 前", when=moment(task.due_at))
    if task.due_at >= clock.end_of(clock.today()):
        return _("今天")
    return _("%(when)s 前", when=moment(task.due_at).split(" ")[-1])
