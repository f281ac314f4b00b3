"""Names of columns that resemble a known one: in pinyin, with something before, mistyped.

What is found here is less sure than a name that is known (names), and is said to be.
Whatever begins by naming somebody else is left alone.
"""

import re
from collections.abc import Mapping
from functools import cache

from rapidfuzz import fuzz

from app.exchange.columns.names import LONGEST, OF_KIND, OTHERS, fold
from app.lib import pinyin

# What a field is usually called; the shorter names last.
USUAL: Mapping[str, tuple[str, ...]] = {
    "name": ("人员姓名", "居民姓名", "姓名", "名字"),
    "id_number": ("身份证号码", "公民身份号码", "证件号码", "身份证号", "证件号", "身份证"),
    "paper": ("证件类型",),
    "phone": ("联系电话", "手机号码", "电话号码", "联系方式", "手机号", "手机", "电话"),
    "compound": ("小区名称", "所在小区", "小区", "院落"),
    "building": ("楼栋号", "楼号", "楼栋", "栋号"),
    "unit": ("单元号", "单元"),
    "room": ("房间号", "门牌号", "房号", "室号", "房间"),
    "address": (
        "现居住地址",
        "家庭住址",
        "详细地址",
        "居住地址",
        "现住址",
        "居住地",
        "住址",
        "地址",
    ),
    "grid": ("所属网格", "网格名称", "网格号", "网格"),
    "relation": ("与户主关系",),
    "category": ("人员类别", "人员类型", "独居/空巢", "独居空巢", "类别"),
    "sex": ("性别",),
    "born": ("出生日期", "出生年月"),
    "note": ("备注", "说明"),
    "arrived": ("返并时间", "抵并时间", "到达时间", "返回日期", "返乡时间", "抵达日期", "抵达时间"),
    "came_from": ("来源地", "返回地", "出发地", "何处返程", "旅居地", "来自"),
    "left_on": ("离开日期", "出发时间"),
    "transport": ("交通工具", "交通方式"),
    "trip": ("车次航班", "车次", "航班号", "车牌号"),
    "measure": ("管控措施", "管控方式", "隔离方式", "防控措施"),
    "risk": ("风险等级",),
    "reason": ("赋码原因", "转码原因", "原因"),
    "coloured": ("赋码时间", "转黄时间"),
    "pushed": ("推送时间", "导入时间", "同步时间"),
    "result": ("检测结果", "核酸结果", "结果"),
    "sampled": ("采样时间", "检测时间", "采样日期"),
    "took_part": ("是否采样", "是否检测"),
    "what": ("核查内容", "核查事项", "核查要求"),
    "shop": ("门店名称", "店铺名称", "商户名称", "单位名称", "店名"),
    "credit": ("统一社会信用代码", "信用代码"),
    "trade": ("经营类别", "行业类型", "业态"),
}
# Places that are not where somebody lives.
ELSEWHERE = re.compile("工作|办公|学习|学校|快递|来源|出发|目的|原|迁|寄|籍|出生|公司")
# 用药人电话 is somebody else's; whose own it may be where a person is named before it.
SOMEBODY = re.compile(
    "(?<!本)(?<!返乡)(?<!返.)(?<!来.)(?<!抵.)(?<!购药)(?<!被.)(?<!被..)(?<!被...)人$"
)
LIKE_ENOUGH = 80
ENDING, PINYIN, LIKE = 0.85, 0.9, 0.7
LONGEST_BEGINNING = 10


def resembling(name: str, kind: str) -> tuple[str, float] | None:
    """The field that a column of this name may hold, and how sure that is (0 to 1)."""
    folded = fold(name)
    if not 1 < len(folded) <= LONGEST:
        return None
    if folded.isascii():
        field = _in_pinyin(kind).get(re.sub("[^A-Z]", "", folded).lower())
        return (field, PINYIN) if field else None
    if OTHERS.search(folded):
        return None
    return _ending(folded, kind) or _like(folded, kind)


@cache
def _in_pinyin(kind: str) -> Mapping[str, str]:
    """Full pinyin and initials of the usual names; of two with the same, the first counts."""
    found: dict[str, str] = {}
    for say in (pinyin.full, pinyin.initials):
        for field in OF_KIND[kind]:
            for name in USUAL.get(field, ()):
                found.setdefault(say(name), field)
    return {said: field for said, field in found.items() if len(said) > 1}


def _ending(folded: str, kind: str) -> tuple[str, float] | None:
    found = [
        (len(name), field)
        for field in OF_KIND[kind]
        for name in USUAL.get(field, ())
        if folded.endswith(name) and len(folded) - len(name) <= LONGEST_BEGINNING
    ]
    if not found:
        return None
    length, field = max(found, key=lambda pair: pair[0])
    where = field in ("address", "phone", "room")
    whose = field in ("name", "phone", "id_number", "paper", "address")
    begins = folded[:-length]
    if (where and ELSEWHERE.search(begins)) or (whose and SOMEBODY.search(begins)):
        return None
    return field, ENDING


def _like(folded: str, kind: str) -> tuple[str, float] | None:
    pairs = (
        (fuzz.ratio(folded, name), field)
        for field in OF_KIND[kind]
        for name in USUAL.get(field, ())
        if len(name) > 2 and len(folded) > 2
    )
    score, field = max(pairs, default=(0, ""), key=lambda pair: pair[0])
    return (field, LIKE) if score >= LIKE_ENOUGH else None
