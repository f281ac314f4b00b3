"""Samples for the showcase at /_parts: invented people and numbers, in words of real screens."""

from typing import Any

BADGES = [
    ("黄码", "yellow"),
    ("红码", "red"),
    ("绿码", "green"),
    ("独居老人", "elder"),
    ("返并", "brand"),
    ("已解除", "grey"),
]
LABELS = [("红标", "red"), ("黄标", "yellow"), ("蓝标", "blue"), ("绿标", "green")]
BUTTONS = [
    ("已核实", "main", "check"),
    ("记录详情", "plain", None),
    ("批量申报", "plain", "export"),
    ("删除草稿", "danger", None),
    ("撤销", "quiet", "undo"),
]
CONFIRM = {"label": "日结", "ask": "还有 3 件没有做完，将带到明天并写明原因。现在日结吗？"}

MESSAGES = [
    {"text": "3 条还没有上传，有信号时会自动上传。", "tone": "warn", "undo": None},
    {"text": "没有保存：返回日期晚于今天。填好的内容都在。", "tone": "bad", "undo": None},
    {
        "text": "已记：一切平安",
        "tone": "ok",
        "seconds": 8,
        "undo": {"action": "/_parts", "label": "撤销", "hidden": {"id": "1"}},
    },
]

TASKS: list[dict[str, Any]] = [
    {
        "who": "王**",
        "place": "5-3",
        "room": "502",
        "where": "二轻小区",
        "when": "迟 2 小时",
        "tone": "late",
        "why": "首次核实：赋码后 2 小时内完成（依据：本市黄码人员管理细则）",
        "badges": [("黄码", "yellow")],
        "do": "已核实",
        "else": "未联系上",
    },
    {
        "who": "赵**",
        "place": "6-1",
        "room": "203",
        "where": "二轻小区",
        "when": "还有 25 分钟",
        "tone": "soon",
        "why": "上午健康监测",
        "badges": [("黄码", "yellow")],
        "do": "正常",
        "else": "有异常",
    },
    {
        "who": "刘大爷",
        "place": "2-1",
        "room": "101",
        "where": "二轻小区 · 83 岁",
        "when": "今日探访",
        "tone": None,
        "why": "女儿昨日求助：降压药、蔬菜",
        "badges": [("独居老人", "elder")],
        "do": "一切平安",
        "else": "记录详情",
    },
]
STOP = {
    "place": "7-2",
    "room": "301",
    "note": "二轻小区 · 2 人待办",
    "tasks": [
        ("张**", "三天三检 · 第 2 次", "已采样", "未采"),
        ("张**之母", "今日探访", "一切平安", "记录详情"),
    ],
}
DAY = {"title": "还有 14 件", "sub": "黄码 5 · 返并 4 · 老人 3 · 交办 2"}

CELLS = [
    ("待改正的登记", "report", "被退回，改好再交", 2),
    ("语言", "settings", None, 0),
    ("登录的设备", "device", "2 台", 0),
]
TILES = [
    ("黄码核实", "verify", "推送到本网格的", False),
    ("核酸采样", "test", "采样或看结果", False),
    ("返并登记", "arrival", "从外地回来", False),
    ("健康监测", "monitor", "体温、症状", False),
    ("探访老人", "visit", "上门、电话、视频", False),
    ("突发事件", "incident", "马上报给社区", True),
]
FACTS = [
    ("原因", "未按时参加全员核酸"),
    ("到期", "10月9日 星期日"),
    ("依据", "本市黄码人员管理细则"),
    ("申诉", "社区收齐材料后报街道，或拨 12345"),
]
TIMELINE = [
    {"words": "平台推送黄码", "at": "10-05 16:20", "iso": "2022-10-05T16:20", "by": "市平台"},
    {
        "words": "未联系上",
        "at": "10-05 17:05",
        "iso": "2022-10-05T17:05",
        "by": "李敏",
        "tone": "warn",
        "note": "电话无人接听，建议 30 分钟后再打",
    },
    {
        "words": "首次核实：在家",
        "at": "10-05 18:10",
        "iso": "2022-10-05T18:10",
        "by": "李敏",
        "tone": "ok",
    },
    {"words": "第二次核酸", "at": "最迟 10-07 12:00", "iso": "2022-10-07T12:00", "tone": "next"},
]
PICKS = [
    ("全部", 37, True),
    ("待核实", 6, False),
    ("待采样", 14, False),
    ("可申报解码", 6, False),
    ("已申报", 11, False),
]
NEEDS = [
    ("突发", "red", "3 网格 居民突然转黄码，独居，无人送饭", "12 分钟", "bad", "处理"),
    ("黄码", "yellow", "6 人两次阴性，可申报解码", None, None, "批量申报"),
    ("老人", "elder", "5 位老人今日还没有人去", "最早 08:30", "warn", "提醒"),
]
TOWER = [
    (
        "6层",
        [
            ("601", None),
            ("602", None),
            ("603", "yellow"),
            ("604", None),
            ("605", "elder"),
            ("606", None),
        ],
    ),
    (
        "5层",
        [
            ("501", None),
            ("502", "elder"),
            ("503", None),
            ("504", "returnee"),
            ("505", None),
            ("506", None),
        ],
    ),
    (
        "4层",
        [
            ("401", "red"),
            ("402", None),
            ("403", "void"),
            ("404", None),
            ("405", "elder"),
            ("406", None),
        ],
    ),
]

KPIS = [
    ("黄码在管", 37, None, "今日 +9 · 待解码 6", "bad"),
    ("返并在管", 112, None, "省外 98 · 境外 14", None),
    ("独居、空巢老人", 86, 91, "今日已探访", None),
    ("待上传核查", 126, None, "最早 4 小时前", "warn"),
]
METERS = [(44, 0, 44), (18, 2, 32), (0, 5, 9)]
TREND = [
    (f"10-{day:02}", n)
    for day, n in enumerate((9, 11, 10, 14, 13, 17, 16, 19, 22, 21, 25, 29, 33, 37), start=1)
]
GRIDS = [
    ("1 · 二轻小区", 4, 12, "9/9", 41, 0, 44),
    ("2 · 水利厅宿舍", 2, 7, "6/6", 30, 0, 30),
    ("3 · 南内环街 8 号院", 9, 15, "5/8", 18, 2, 32),
    ("5 · 教师公寓", 6, 9, "7/8", 29, 1, 36),
]
GRID_HEADS = [
    "网格",
    *({"words": words, "num": True} for words in ("黄码", "返并", "老人", "完成")),
    "进度",
    {"words": "超时", "num": True, "sort": "?sort=late", "sorted": "descending"},
]
REFUSED_PHONE = "电话应为 11 位手机号，或带区号的座机号。"
EMPTY = ("今天都做完了", "32 件全部完成。有新的会出现在这里。", "登记一件别的")
