"""What can be told of a row, and by which names other people's forms ask for it.

The person's own columns go by the names that the roll import knows; here stand
those that only forms have. `kind` says how a value may be written (formats.py).
"""

import re
from dataclasses import dataclass, replace

from app.exchange.columns import ALL
from app.exchange.columns import FIELDS as OF_THE_ROLL
from app.lib.words import N_

CASES = ("yellow", "returnee", "elder")
# A record tells of the case it belongs to, too.
OF_A_CASE, OF_A_RETURN = (*CASES, "record"), ("returnee", "record")
PERSONAL = (*CASES, "task", "record", "resident")
EVERY = (*PERSONAL, "incident")
# What stands for a value that is known and not shown.
HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is known: its words, its kind, the ledgers that tell it, its names."""

    words: str
    kind: str
    ledgers: tuple[str, ...]
    names: re.Pattern[str]


_KINDS_OF_THE_ROLL = {
    "id_number": "number",
    "phone": "phone",
    "sex": "sex",
    "born": "day",
    "address": "address",
    "building": "part",
    "unit": "part",
}
_AREA = r"(所属|所在|居住|管辖|现住|属地)?"
_WHEN = r"(的)?(时间|日期)"
_MORE = (
    ("seq", N_("序号"), "count", EVERY, r"序号?|顺序号|行号|NO|XH|SN|#|№"),
    ("today", N_("填表日期"), "day", EVERY, rf"(填表|填报|报送|制表){_WHEN}"),
    ("community", N_("社区"), "text", EVERY, ALL["community"][1]),
    ("street", N_("街道"), "text", EVERY, ALL["street"][1]),
    (
        "district",
        N_("区县"),
        "text",
        EVERY,
        rf"{_AREA}(县区|区县|县|区|区/县|县/区|县市区|市区县)(名称|名)?|DISTRICT",
    ),
    (
        "worker",
        N_("网格员"),
        "text",
        EVERY,
        r"(包联|责任|所属|社区|管理|所在)?(网格员|网格长|网格管理员)(姓名)?|包联人(员)?|WGY",
    ),
    ("age", N_("年龄"), "count", PERSONAL, r"年龄|周岁|NL|AGE"),
    ("man", N_("男"), "mark", PERSONAL, r"男|男性"),
    ("woman", N_("女"), "mark", PERSONAL, r"女|女性"),
    (
        "old",
        N_("是否老年人"),
        "yes",
        PERSONAL,
        r"是否(为|是)?(老人|老年人|6[05]周?岁及?以上(老人|老年人)?)",
    ),
    (
        "reason",
        N_("原因"),
        "text",
        OF_A_CASE,
        r"(赋码|管控|转码|转黄|变码|排查|纳管|管理|建档|黄码)?原因|(红|红?黄)码(类型|类别|原因)",
    ),
    (
        "measure",
        N_("管控措施"),
        "text",
        OF_A_CASE,
        r"(管控|隔离|防控|管理|服务|关爱)?(措施|方式)",
    ),
    (
        "stage",
        N_("阶段"),
        "text",
        (*CASES, "incident"),
        r"(当前|目前|现|疫情|管控|核查|办理|处置|处理)?(状态|阶段|进展|进度)|(办理|处置|处理)情况",
    ),
    (
        "opened",
        N_("建档时间"),
        "moment",
        OF_A_CASE,
        rf"(建档|赋码|转码|转黄|转黄码|变码|推送|下发|纳管|纳入|(管控|隔离)开始){_WHEN}",
    ),
    ("ends", N_("截止日期"), "day", OF_A_CASE, ALL["ends"][1]),
    (
        "ended",
        N_("是否解除"),
        "yes",
        CASES,
        r"是否(已|已经)?(解除|结档|解除管控|解除隔离|解码|转绿)",
    ),
    (
        "high_risk",
        N_("是否高风险"),
        "yes",
        CASES,
        r"是否(为|来自|到过)?(中?高风险|中高风险)(地?区|人员)?",
    ),
    ("source", N_("数据来源"), "text", OF_A_CASE, r"(数据|推送|信息|线索)来源|推送(单位|部门)"),
    ("label", N_("标签"), "text", OF_A_RETURN, r"标签|赋标(类型|颜色)?|(红黄蓝绿)标"),
    ("arrived", N_("抵达时间"), "moment", OF_A_RETURN, ALL["arrived"][1]),
    ("came_from", N_("出发地"), "text", OF_A_RETURN, ALL["came_from"][1]),
    ("left_on", N_("离开日期"), "day", OF_A_RETURN, ALL["left_on"][1]),
    ("transport", N_("交通方式"), "text", OF_A_RETURN, ALL["transport"][1]),
    ("trip", N_("车次或车牌"), "text", OF_A_RETURN, ALL["trip"][1]),
    ("companions", N_("同行人数"), "count", OF_A_RETURN, ALL["companions"][1]),
    ("lone", N_("是否独居"), "yes", ("elder",), r"(是否)?(为)?独居(老人)?"),
    (
        "contact",
        N_("最近联系"),
        "moment",
        ("elder",),
        rf"(最近|最后|上次|近期)(一次)?(探访|联系|走访|巡访|入户){_WHEN}?|(探访|走访|巡访|入户){_WHEN}",
    ),
    ("task", N_("事项"), "text", ("task",), r"(工作|办理)?(事项|任务)(名称|类型|类别)?"),
    (
        "due",
        N_("期限"),
        "moment",
        ("task", "incident"),
        r"(办理|完成|处置|办结)?(期限|时限)|应(完成|办结)时间",
    ),
    ("done", N_("完成时间"), "moment", ("task",), rf"(完成|办理|办结){_WHEN}"),
    (
        "assignee",
        N_("办理人"),
        "text",
        ("task", "incident"),
        r"(办理|经办|承办|处理|处置|责任|负责)人(员)?",
    ),
    ("record", N_("登记"), "text", ("record",), r"登记(事项|类型|类别|内容)?"),
    (
        "at",
        N_("发生时间"),
        "moment",
        ("record", "incident"),
        rf"(发生|登记|上报|报告|走访|核查){_WHEN}",
    ),
    (
        "by",
        N_("登记人"),
        "text",
        ("record", "incident"),
        r"(登记|填报|核查|走访|记录|上报|报告)人(员)?",
    ),
    (
        "result",
        N_("核实结果"),
        "text",
        ("record",),
        r"(核实|核查|排查|走访|登记|检查)?(结果|结论|情况)",
    ),
    ("incident", N_("事件"), "text", ("incident",), r"(突发)?事件(名称|类型|类别|种类)?"),
    ("grade", N_("级别"), "count", ("incident",), r"(事件)?(级别|等级)"),
)
_GRID_CODE = Known(
    N_("网格编码"), "number", EVERY, re.compile(r"(所属|所在)?网格(编号|编码|代码)|WGBM|GRIDCODE")
)
# The first whose name fits is meant. Free words about a person go into nobody else's form.
KNOWN = (
    {"grid_code": _GRID_CODE}
    | {
        key: Known(words, _KINDS_OF_THE_ROLL.get(key, "text"), PERSONAL, re.compile(names))
        for key, (words, names) in OF_THE_ROLL.items()
        if key != "note"
    }
    | {
        key: Known(words, kind, ledgers, re.compile(names))
        for key, words, kind, ledgers, names in _MORE
    }
)
# The grid stands on every row, whoever it is about.
KNOWN["grid"] = replace(KNOWN["grid"], ledgers=EVERY)


def told_by(ledger: str) -> dict[str, Known]:
    """What the rows of a ledger can tell."""
    return {key: known for key, known in KNOWN.items() if ledger in known.ledgers}
