"""A ledger in its usual columns, as communities keep it: names that offices know, in their order.

What a ledger may tell, and how it is masked, is that of somebody's own form
(app/exchange/fill): the same facts, written into a plain sheet.
"""

from collections.abc import Iterable, Sequence

from app.domain.places import Area
from app.exchange.canary import in_order
from app.exchange.fill.facts import Facts, facts_of, name_in, numbered
from app.exchange.fill.formats import shown
from app.exchange.fill.known import KNOWN, told_by
from app.exchange.ledger_sheet import ledger_sheet
from app.exchange.marking import Mark
from app.lib import clock
from app.reports.ledger import LedgerPage
from app.reports.ledger_kinds import LEDGERS

Columns = Sequence[tuple[str, str]]  # (heading, key of known.py)
_WHO = (("序号", "seq"), ("姓名", "name"), ("身份证号", "id_number"), ("联系电话", "phone"))
_WHERE = (("现住址", "address"), ("所属网格", "grid"), ("网格员", "worker"))
_STANDS = (("管控措施", "measure"), ("状态", "stage"), ("解除时间", "ends"))
_DOOR = (("小区", "compound"), ("楼号", "building"), ("单元", "unit"), ("房号", "room"))
USUAL: dict[str, Columns] = {
    "yellow": (
        *_WHO,
        *_WHERE,
        ("赋码原因", "reason"),
        ("数据来源", "source"),
        ("推送时间", "opened"),
        *_STANDS,
    ),
    "returnee": (
        *_WHO,
        ("返回时间", "arrived"),
        ("来源地", "came_from"),
        ("离开日期", "left_on"),
        ("交通工具", "transport"),
        ("车次/航班/车牌", "trip"),
        ("同行人数", "companions"),
        *_WHERE,
        ("标签", "label"),
        *_STANDS,
    ),
    "elder": (
        *_WHO,
        ("性别", "sex"),
        ("年龄", "age"),
        ("类别", "reason"),
        ("是否独居", "lone"),
        ("是否高风险", "high_risk"),
        *_WHERE,
        ("纳入时间", "opened"),
        ("最近探访时间", "contact"),
    ),
    "resident": (
        *_WHO,
        ("性别", "sex"),
        ("年龄", "age"),
        ("与户主关系", "relation"),
        ("人员类别", "category"),
        *_DOOR,
        *_WHERE,
    ),
    "record": (
        *_WHO,
        *_WHERE,
        ("登记", "record"),
        ("核实结果", "result"),
        ("核实时间", "at"),
        ("核实人", "by"),
    ),
    "task": (
        ("序号", "seq"),
        ("事项", "task"),
        *_WHO[1:],
        *_WHERE,
        ("期限", "due"),
        ("完成时间", "done"),
        ("办理人", "assignee"),
    ),
    "incident": (
        ("序号", "seq"),
        ("事件", "incident"),
        ("级别", "grade"),
        ("所属网格", "grid"),
        ("上报时间", "at"),
        ("处置情况", "stage"),
        ("期限", "due"),
        ("处理人", "assignee"),
    ),
}
TIMES = {"moment": "iso_time", "day": "iso"}


def usual_ledger(found: LedgerPage, grids: Iterable[Area], mark: Mark, *, full: bool) -> bytes:
    """The workbook's bytes."""
    facts = facts_of(found, grids, full=full)
    facts = numbered(in_order(facts, name_in, mark.number)) if full else facts
    return usual_sheet(title_of(found, mark), columns_of(found.wanted.ledger.key), facts, mark)


def usual_sheet(title: str, columns: Columns, facts: Iterable[Facts], mark: Mark) -> bytes:
    """Facts under headings; what is not known stays empty."""
    rows = ([_said(key, told.get(key)) for _head, key in columns] for told in facts)
    return ledger_sheet(title, [head for head, _key in columns], rows, mark)


def columns_of(ledger: str) -> Columns:
    """The usual columns; of a ledger that has none of its own, all that is known of its rows."""
    usual = USUAL.get(ledger)
    return usual or [(known.words, key) for key, known in told_by(ledger).items()]


def title_of(found: LedgerPage, mark: Mark) -> str:
    """What it lists, of which moment, and whether anything was left off."""
    wanted, n = found.wanted, len(found.rows)
    words = f"{wanted.community.name}{LEDGERS[wanted.ledger.key].words}台账"
    left = f"，这里是前 {n} 条" if n < found.total else ""
    return f"{words} {clock.local(mark.at):%Y-%m-%d %H:%M} 共 {found.total} 条{left}"


def _said(key: str, value: object) -> str:
    kind = KNOWN[key].kind
    form = TIMES.get(kind, {"yes": "words", "mark": "tick", "sex": "words"}.get(kind, "plain"))
    return shown(kind, form, value)
