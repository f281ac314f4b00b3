"""The rulebook as a page to read: docs/rules.md, one table for each kind of rule.

`python -m app.policy.manual > docs/rules.md` writes it again; a house test compares.
"""

from collections.abc import Callable, Iterable, Iterator

from app.lib.gb2260 import name_of
from app.policy import params
from app.policy.labels import ARRIVAL_LABELS, HEALTH_CODES, TRANSFERS
from app.policy.params import Params
from app.policy.rule import ANY, COUNTRY, Edition, Rule
from app.policy.rulebook import RULES, Rulebook

PREFACE = """# The rules 规则

This page is written from `app/policy/rules/*.toml`; change the data, never the page
(`python -m app.policy.manual > docs/rules.md`).

**Which entry holds.** Of the entries with the same kind and key, those of the case's
edition come first, otherwise those of edition "any"; then only those whose area covers
the place; then those in force on the day; of these the most specific area, and of these
the newest. A yellow code or a return keeps the rules of the day it was opened on; the
rhythm of visits to elders follows the day of each contact. A place may follow an edition
outside its own days (a city that lags, a drill): then that edition's rules hold as they
stood on the nearest of its days.

**How days are counted.** Days are local calendar days. With "day 1 = day of the anchor"
somebody who arrived on the 6th for 7 days is released on the 13th at the earliest.

**Confidence.** H: official text or several independent copies. M: one source. L: weak,
or our own choice. 各地口径不同，以当地最新通告为准；L 级数字请按本地要求改数据。
"""

SECTIONS = {
    "yellow": "Yellow codes: reasons and release 黄码原因与解码条件",
    "returnee": "Returnees: where from, label, measure 返回人员分类管控",
    "isolation": "Measures: daily life and records 管控措施",
    "deadline": "Deadlines 时限",
    "ladder": "Nobody reached 没联系上",
    "lead": "Lists to check: what each level takes off a deadline 层层提前",
    "comeback": "Lists to check: nobody answered 没人接怎么再找",
    "shield": "Lists to check: what was asked before 已问过",
    "answer": "Lists to check: what is found 核查结果",
    "elder": "Elders: classes 老人类别",
    "visit": "Elders: how often they are contacted 探访间隔",
    "review": "Elders: review 复核",
    "incident": "Sudden events 突发事件",
    "appeal": "Appeals 申诉",
    "telling": "Messages: the ways and their minutes 消息提醒",
    "quiet": "Messages: quiet hours 勿扰时段",
    "alarm": "Messages: alarms 到点提醒",
    "ahead": "Messages: before a deadline 到期前提醒",
    "pressing": "Messages: a list that presses 名单催得紧",
    "holidays": "Days off and moved working days 节假日",
    "export": "Whole names and numbers on their way out 导出完整信息",
    "reveal": "One covered value opened 查看完整信息",
    "upload": "What was verified goes to the city's platform 上传市平台",
}


def manual(rules: Rulebook) -> str:
    """The whole rulebook in Markdown."""
    return "\n".join([PREFACE, *_editions(rules.editions.values()), *_sections(rules)])


def _editions(editions: Iterable[Edition]) -> Iterator[str]:
    yield "## Editions 规则版本\n"
    yield _row("Edition", "Name 名称", "In force", "Meaning 要点", "Source 依据", "C")
    yield _row(*["---"] * 6)
    for one in editions:
        days = _days(one.since, one.until)
        yield _row(f"`{one.key}`", one.words, days, one.meaning, one.source, one.confidence)
    yield ""


def _sections(rules: Rulebook) -> Iterator[str]:
    for kind, title in SECTIONS.items():
        yield f"## {title}\n"
        yield _row("Key", "Name 名称", "Holds", "Numbers", "Text 内容", "Source 依据", "C")
        yield _row(*["---"] * 7)
        yield from (_entry(rule) for rule in rules.entries if rule.kind == kind)
        yield ""


def _entry(rule: Rule) -> str:
    text = "<br>".join(filter(None, (rule.meaning, rule.measure, rule.appeal)))
    edition = "" if rule.edition == ANY else f"{rule.edition}, "
    holds = f"{edition}{_place(rule.jurisdiction)}, {_days(rule.since, rule.until)}"
    numbers = NUMBERS[type(rule.params)](rule.params)
    return _row(f"`{rule.key}`", rule.words, holds, numbers, text, rule.source, rule.confidence)


def _place(jurisdiction: str) -> str:
    if jurisdiction == COUNTRY:
        return "China"
    return f"{name_of(jurisdiction) or ''} {jurisdiction}".strip()


def _days(since, until) -> str:
    return f"{since} to {until}" if until else f"from {since}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _control(p: params.Control) -> str:
    parts = [
        _colours(p),
        f"days: {p.days}, {'all of them' if p.whole_period else 'or as soon as tests are done'}",
        _tests(p),
        f"measure `{p.stay}`",
        TRANSFERS.get(p.transfer, ""),
        "day 1 = day after the anchor" if p.day1 == "next" else "",
        "hours from the opening of the case" if p.clock == "opened" else "",
    ]
    return "; ".join(filter(None, parts))


def _colours(p: params.Control) -> str:
    label, code = ARRIVAL_LABELS.get(p.label, ""), HEALTH_CODES.get(p.code, "")
    return ", ".join(filter(None, (label, code)))


def _tests(p: params.Control) -> str:
    if not p.tests:
        return "no tests"
    when = ", ".join(_window(test) for test in p.tests)
    gap = f", {p.min_gap_h} h apart at least" if len(p.tests) > 1 else ""
    return f"tests: {len(p.tests)} ({when}){gap}, {p.make_up_h} h to make one up"


def _window(test: params.Window) -> str:
    if test.day:
        return f"day {test.day}{' or the sample before' if test.shares else ''}"
    return f"{test.from_h}–{test.to_h} h" if test.from_h else f"within {test.to_h} h"


def _isolation(p: params.Isolation) -> str:
    records = f"records {_slots(p.slots)}" if p.slots else "no records"
    made_up = f"days to make one up: {p.keep_days}, to follow an abnormal one: {p.again_days}"
    return f"{records}; fever from {p.fever_c} °C; {made_up}"


def _slots(slots: Iterable) -> str:
    return " and ".join(f"{slot.from_hour}–{slot.to_hour} h" for slot in slots)


def _elder(p: params.ElderClass) -> str:
    older = f", `high` from {p.high_from_age} years" if p.high_from_age else ""
    return f"group `{p.group}`{older}"


def _visits(p: params.Visits) -> str:
    often = f"days between: {p.interval_days}" if p.interval_days else f"daily {_slots(p.slots)}"
    after = f"; days the situation lasts on: {p.after_days}" if p.after_days else ""
    ways = f"; only by {', '.join(p.ways)}" if p.ways else ""
    outcomes = f"needs {p.needs_days}, unwell {p.unwell_days}, hospital {p.hospital_days}"
    return f"{often}; to the first: {p.first_days}; at most after {outcomes}{after}{ways}"


def _deadline(p: params.Deadline) -> str:
    alarms = f"; alarms after {', '.join(map(str, p.alarms_h))} h" if p.alarms_h else ""
    return f"opens after {p.opens_h} h, due after {p.due_h} h{alarms}"


def _ladder(p: params.Ladder) -> str:
    return "; ".join(f"{t.words} after {t.after_min} min" for t in p.tries)


def _comeback(p: params.Comeback) -> str:
    tries = f"{p.calls} calls in other parts of the day ({_slots(p.slots)}), then {p.visits} visits"
    fresh = f"an answer counts for {p.fresh_h} h"
    return f"{tries}; {fresh}; alone from {p.alone_age} years"


def _answer(p: params.Answer) -> str:
    parts = [
        f"counts as {p.counts}",
        "it is over" if p.ends else "it goes on",
        f"next by `{p.way}`" if p.way else "",
        f"verifies as `{p.feeds}`" if p.feeds else "",
        "something must be written" if p.says else "",
    ]
    return "; ".join(filter(None, parts))


def _telling(p: params.Telling) -> str:
    ways = [f"{p.in_app_min} min in the app", f"push {p.push_min}", f"robot {p.robot_min}"]
    ways += [f"SMS {p.sms_min}"] if p.sms else []
    held = "waits in quiet hours" if p.quiet else "also in quiet hours"
    return f"unread for {', '.join(ways)}; gathered over {p.gather_min} min; {held}"


def _export(p: params.Export) -> str:
    return f"alone: {p.alone_people} people a day; asked: {p.asked_h} h, a file: {p.file_h} h"


def _incident(p: params.Incident) -> str:
    return f"grade {p.grade}; verified in {p.verify_min} min, handled in {p.handle_min} min"


def _holidays(p: params.Holidays) -> str:
    off = "; ".join(f"{span.name} {_span(span)}" for span in p.off)
    return f"off: {off}; worked: {', '.join(f'{day:%m-%d}' for day in p.worked)}"


def _span(span: params.Span) -> str:
    first, last = f"{span.first:%m-%d}", f"{span.last:%m-%d}"
    return first if first == last else f"{first} to {last}"


NUMBERS: dict[type[Params], Callable[..., str]] = {
    params.Control: _control,
    params.Isolation: _isolation,
    params.ElderClass: _elder,
    params.Visits: _visits,
    params.Deadline: _deadline,
    params.Ladder: _ladder,
    params.Incident: _incident,
    params.Appeal: lambda p: f"apply again after {p.answer_h} h without an answer",
    params.Review: lambda p: f"every {p.months} months",
    params.Telling: _telling,
    params.Quiet: lambda p: f"from {p.from_h}:00 to {p.to_h}:00",
    params.Alarm: lambda p: f"at {p.at_h}:00",
    params.Ahead: lambda p: f"{p.minutes} min before",
    params.Pressing: lambda p: f"urgent from {p.urgent_h} h before, high from {p.high_h} h",
    params.Lead: lambda p: (
        f"{p.hours} h; {p.least_h} h from the receipt stay; known by {', '.join(p.signs)}"
    ),
    params.Comeback: _comeback,
    params.Shield: lambda p: f"{p.days} days back, {p.lines} lines",
    params.Answer: _answer,
    params.Holidays: _holidays,
    params.Export: _export,
    params.Reveal: lambda p: (
        f"open for {p.open_min} min; alarm: more than {p.most_day} a day, or more than "
        f"{p.least_day} and {p.times_usual} times the median of {p.usual_days} days"
    ),
    params.Upload: lambda p: f"late after {p.late_h} h",
}

if __name__ == "__main__":
    print(manual(RULES), end="")
