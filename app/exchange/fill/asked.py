"""What only forms ask for: its key, its words, how it is written, which ledgers tell it, its names.

Where two names fit the first counts. What lists and forms have in common stands in
app/exchange/columns/names.py.
"""

from app.exchange.columns import ALL
from app.lib.words import N_

CASES = ("yellow", "returnee", "elder")
# A record tells of the case it belongs to, too.
OF_A_CASE, OF_A_RETURN = (*CASES, "record"), ("returnee", "record")
PERSONAL = (*CASES, "task", "record", "resident")
EVERY = (*PERSONAL, "incident")
# From which years a form asks whether somebody is old.
AGES = {
    60: N_("60 岁以上"),
    65: N_("65 岁以上"),
    70: N_("70 岁以上"),
    75: N_("75 岁以上"),
    80: N_("80 岁以上"),
    90: N_("90 岁以上"),
}
_CHECKED = r"(首次|最近|最后)?(核实|核查|排查|摸排|落位)"
_VISITED = r"(探访|联系|走访|巡访|入户|随访|探望|看望)"
_AREA = r"(所属|所在|居住|管辖|现住|属地)?"
_WHEN = r"(的)?(时间|日期)"
ASKED = (
    ("seq", N_("序号"), "count", EVERY, r"序号?|顺序号|行号|编号|NO|XH|SN|#|№"),
    (
        "grid_code",
        N_("网格编码"),
        "number",
        EVERY,
        r"(所属|所在)?网格(编号|编码|代码)|WGBM|GRIDCODE",
    ),
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
    (
        "worker_phone",
        N_("网格员电话"),
        "phone",
        EVERY,
        r"(包联|责任|所属|社区|管理|所在)?(网格员|网格长|网格管理员|包联人(员)?)(的)?(联系|手机)?(电话|手机|手机号码?|联系方式|电话号码)",
    ),
    ("age", N_("年龄"), "count", PERSONAL, r"(实足|实际|现)?年龄|周岁|(实|足)岁|NL|AGE"),
    ("man", N_("男"), "mark", PERSONAL, r"男|男性"),
    ("woman", N_("女"), "mark", PERSONAL, r"女|女性"),
    ("old", N_("是否老年人"), "yes", PERSONAL, r"是否(为|是)?(老人|老年人)"),
    *(
        (
            f"old{age}",
            words,
            "yes",
            PERSONAL,
            rf"(是否|是否为|是否满)?{age}周?岁及?以上(老人|老年人|人员)?",
        )
        for age, words in AGES.items()
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
        r"(现|目前|当前|已|拟|采取|落实)*(的)?(管控|隔离|防控|管理|服务|关爱|健康管理)?(措施|方式)"
        r"|(管控|隔离)(类型|类别|形式)",
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
        rf"(建档|赋码|转码|转黄|转黄码|变码|推送|下发|纳管|纳入|黄码|(管控|隔离|监测)(开始|起始)){_WHEN}",
    ),
    (
        "ends",
        N_("截止日期"),
        "day",
        OF_A_CASE,
        rf"{ALL['ends'][1]}|(预计|拟|计划|应|预期)(解除|解控|解码|期满|到期)(隔离|管控)?{_WHEN}",
    ),
    (
        "ended_at",
        N_("解除时间（实际）"),
        "moment",
        CASES,
        rf"(实际|已)(解除|解控|解码)(隔离|管控)?{_WHEN}|(解码|转绿|转绿码|结档){_WHEN}",
    ),
    (
        "code",
        N_("健康码颜色"),
        "text",
        ("yellow",),
        rf"{ALL['code'][1]}|(现|当前|目前|现在)?(健康)?码(的)?(色|颜色|状态)",
    ),
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
    (
        "checked",
        N_("是否核实"),
        "yes",
        CASES,
        r"是否(已|已经)?(核实|核查|排查|落位|摸排|走访|探访)",
    ),
    (
        "check_result",
        N_("核实结果"),
        "text",
        CASES,
        r"(核实|核查|排查|摸排|落位|走访|探访|入户)(结果|结论|情况)",
    ),
    ("check_at", N_("核实时间"), "moment", ("yellow", "returnee"), rf"{_CHECKED}{_WHEN}"),
    ("check_by", N_("核实人"), "text", CASES, rf"{_CHECKED}(人|人员|员)(姓名|名字)?"),
    (
        "health",
        N_("健康状况"),
        "text",
        CASES,
        r"(身体|健康|目前健康|当前健康)(状况|情况|状态)|有无(不适|异常)?症状",
    ),
    (
        "sampled",
        N_("采样时间"),
        "moment",
        ("yellow", "returnee"),
        r"(最近|最后|末次|近期)?(一次)?" + f"({ALL['sampled'][1]})",
    ),
    (
        "test_result",
        N_("检测结果"),
        "text",
        ("yellow", "returnee"),
        r"(最近|最后|末次|近期)?(一次)?(核酸)(检测|采样)?(结果|情况)|(检测|采样|化验)结果",
    ),
    ("source", N_("数据来源"), "text", OF_A_CASE, r"(数据|推送|信息|线索)来源|推送(单位|部门)"),
    ("label", N_("标签"), "text", OF_A_RETURN, ALL["label"][1]),
    (
        "arrived",
        N_("抵达时间"),
        "moment",
        OF_A_RETURN,
        rf"{ALL['arrived'][1]}|[来抵入]?[并晋]?[来返抵][返]?[并晋]{_WHEN}",
    ),
    (
        "came_from",
        N_("出发地"),
        "text",
        OF_A_RETURN,
        rf"{ALL['came_from'][1]}|(来自|来源|出发|旅居|始发|返回)(地区|城市|省市|地点|省份)",
    ),
    ("left_on", N_("离开日期"), "day", OF_A_RETURN, ALL["left_on"][1]),
    (
        "transport_trip",
        N_("交通方式和车次"),
        "text",
        OF_A_RETURN,
        r"(乘坐|返程|所乘|[返来抵到].)?(交通工具|交通方式)([/、,及和]|以及)?"
        r"(班次|车次|航班|航班号|车牌|车牌号|车次号)([/、或及]?(车次|航班号?|车牌号?|班次))*",
    ),
    ("transport", N_("交通方式"), "text", OF_A_RETURN, ALL["transport"][1]),
    ("trip", N_("车次或车牌"), "text", OF_A_RETURN, ALL["trip"][1]),
    ("companions", N_("同行人数"), "count", OF_A_RETURN, ALL["companions"][1]),
    ("lone", N_("是否独居"), "yes", ("elder",), r"(是否)?(为)?独居(老人)?"),
    ("empty_nest", N_("是否空巢"), "yes", ("elder",), r"(是否)?(为)?空巢(老人)?"),
    (
        "alone",
        N_("是否独居或空巢"),
        "yes",
        ("elder",),
        r"是否(为)?(独居(老人)?[/、或及和,]?空巢|空巢(老人)?[/、或及和,]?独居)(老人)?",
    ),
    (
        "elder_class",
        N_("独居或空巢"),
        "text",
        ("elder",),
        r"(独居[/、或,]?空巢|空巢[/、或,]?独居)(老人)?(情况|类型|类别)?|(居住|生活)(状况|情况|类型|方式|状态)",
    ),
    (
        "elder_kind",
        N_("老人类别"),
        "text",
        ("elder",),
        r"(关爱|重点)?(老人|老年人|关爱|对象|人员)?(类别|类型|分类|类)",
    ),
    (
        "contact",
        N_("最近联系"),
        "moment",
        ("elder",),
        rf"(最近|最后|上次|末次|近期)(一次)?{_VISITED}({_WHEN})?|{_VISITED}{_WHEN}",
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
        rf"(发生|登记|上报|报告|走访|探访|核查|核实|排查|摸排){_WHEN}",
    ),
    (
        "by",
        N_("登记人"),
        "text",
        ("record", "incident"),
        r"(登记|填报|核查|核实|排查|摸排|走访|探访|记录|上报|报告)人(员)?(姓名|名字)?",
    ),
    (
        "result",
        N_("核实结果"),
        "text",
        ("record",),
        r"(核实|核查|排查|摸排|走访|探访|登记|检查)?(结果|结论|情况)",
    ),
    ("incident", N_("事件"), "text", ("incident",), r"(突发)?事件(名称|类型|类别|种类)?"),
    ("grade", N_("级别"), "count", ("incident",), r"(事件)?(级别|等级)"),
)
