"""The fields that a community may write into its own wording of the daily report.

``{黄码在管}`` becomes the number. The names are Chinese on every screen, as the report
is. A name that is not here is refused when the wording is kept, not on the evening.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.days import CARRY_REASONS
from app.domain.tasks import Task
from app.lib import clock
from app.lib.refusal import Refused
from app.lib.words import N_, say
from app.policy.labels import ARRIVAL_LABELS

FIELD = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")
BRACE = re.compile(r"[{}｛｝]")
WEEKDAYS = "一二三四五六日"
# Field → the sum that it says.
NUMBERS = {
    "黄码在管": "yellow_open",
    "黄码新增": "yellow_new_today",
    "转绿": "yellow_green_today",
    "可解码": "yellow_ready",
    "已申报": "yellow_applied",
    "返回在管": "returnee_open",
    "今日抵达": "returnee_arrived_today",
    "解除管控": "returnee_closed_today",
    **{words: f"returnee_{label}" for label, words in ARRIVAL_LABELS.items()},
    "应访老人": "elder_to_see_today",
    "已访老人": "elder_seen_today",
    "老人需帮助": "elder_needs_today",
    "事件上报": "incidents_new_today",
    "事件办结": "incidents_closed_today",
    "事件在办": "incidents_open",
    "应办": "tasks_due_today",
    "已办": "tasks_done_today",
    "超时": "tasks_late",
    "未联系上": "not_reached",
    "登记条数": "records_today",
    "未上传": "to_upload",
}
OTHERS = (
    "社区", "网格", "日期", "星期", "时间", "网格员人数", "登记人数", "结转", "结转原因",
    "返回人员",
)  # fmt: skip
NOTE = "备注"
# A message to a group of hundreds holds numbers only: what somebody adds by hand stays out of it.
FIELDS = {"report": (*OTHERS, *NUMBERS, NOTE), "relay": (*OTHERS, *NUMBERS)}
UNKNOWN = N_("没有“%(names)s”这个字段。能用的字段列在旁边，照着写，例如 {黄码在管}。")
LONE_BRACE = N_("有一个花括号没有配对，字段要写成 {黄码在管} 这样。")
EMPTY = N_("请写一句话，里面放上要报的字段。")
STANDARD = {
    "report": (
        "【{社区}{网格}日报】{日期} 星期{星期}\n"
        "一、黄码人员：在管{黄码在管}人，今日新增{黄码新增}人，转绿{转绿}人；"
        "可申报解码{可解码}人，已申报待解码{已申报}人。\n"
        "二、{返回人员}：在管{返回在管}人，今日新到{今日抵达}人，解除管控{解除管控}人。\n"
        "三、独居、空巢等老人：今日应访{应访老人}人，已访{已访老人}人，需要帮助{老人需帮助}人。\n"
        "四、突发事件：今日上报{事件上报}件，办结{事件办结}件，在办{事件在办}件。\n"
        "五、今日清单：应办{应办}件，已办{已办}件，超时{超时}件，结转{结转}件。\n"
        "六、人手：网格员{网格员人数}人，今日有登记的{登记人数}人，共登记{登记条数}条。\n"
        "七、备注：{备注}\n"
        "以上数据截至{日期}{时间}。"
    ),
    "relay": (
        "【{社区}{网格}】{日期}{时间}：黄码在管{黄码在管}人（新增{黄码新增}、转绿{转绿}），"
        "{返回人员}在管{返回在管}人（新到{今日抵达}），老人已访{已访老人}/{应访老人}，"
        "突发事件在办{事件在办}件，今日清单{已办}/{应办}，超时{超时}件。"
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a report is told of: a place on a day."""

    community: str
    grid: str
    day: date
    at: datetime
    sums: Mapping[str, int]
    workers: int
    recorded: int
    carry: Iterable[tuple[Task, str]] = ()
    city: str = ""
    note: str = ""

    def values(self) -> dict[str, str]:
        """What each field says."""
        told = {
            "社区": self.community,
            "网格": self.grid,
            "日期": f"{self.day.year}年{self.day.month}月{self.day.day}日",
            "星期": WEEKDAYS[self.day.weekday()],
            "时间": f"{clock.local(self.at):%H:%M}",
            "网格员人数": str(self.workers),
            "登记人数": str(self.recorded),
            "返回人员": f"返{self.city}人员" if self.city else "返回人员",
            NOTE: self.note.strip() or "无",
        }
        sums = {name: str(self.sums.get(key, 0)) for name, key in NUMBERS.items()}
        return told | sums | self._carried()

    def _carried(self) -> dict[str, str]:
        why = Counter(why for _task, why in self.carry)
        named = [f"{CARRY_REASONS[one]}{n}件" for one, n in why.most_common()]
        return {"结转": str(why.total()), "结转原因": "、".join(named) or "无"}


def worded(words: str, told: Told) -> str:
    """A wording with its fields filled in."""
    values = told.values()
    return FIELD.sub(lambda found: values.get(found[1].strip(), found[0]), words)


def checked_wording(kind: str, words: str) -> str:
    """A wording as it may be kept; Refused for an unknown field, a lone brace or nothing at all."""
    plain = "\n".join(line.rstrip() for line in words.strip().splitlines())
    unknown = [name for name in _fields_in(plain) if name not in FIELDS[kind]]
    why = None
    if not plain:
        why = say(EMPTY)
    elif unknown:
        why = say(UNKNOWN, names="、".join(dict.fromkeys(unknown)))
    elif BRACE.search(FIELD.sub("", plain)):
        why = say(LONE_BRACE)
    if why:
        raise Refused(why, {"words": [why]})
    return plain


def _fields_in(words: str) -> list[str]:
    return [found.strip() for found in FIELD.findall(words)]
