"""Which reason of the closed list a row means, by the words that senders use for it.

Only keys that the rules in force have are given. What no word tells is the list's own
remainder (everywhere else outside the province; cause unknown) and is said to be so,
or it waits for a person.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from app.lib import gb2260
from app.policy.rulebook import Reason

# In the order in which they are tried; several keys for the editions that call it otherwise.
RETURNEE = (
    (("overseas",), r"境外|国外|入境|海外|出国"),
    (("red",), r"高风险|红标|红码|集中(?!居住)|转集中"),
    (("yellow", "red"), r"中风险|黄标|黄码|(7|七|5|五)天?居家(隔离)?|居家(医学)?(隔离|观察)"),
    (("blue1", "blue"), r"低风险|蓝标|(3|三)天?(3|三)检|(3|三)天?居家|居家(健康)?监测"),
    (("green",), r"绿标|自我(健康)?监测|常态化"),
    (("in_province",), r"省内|本省"),
)
YELLOW = (
    (("wrong",), r"误(赋|判|转)"),
    (("missed_arrival_test",), r"(返.|抵.|落地|来返).*(未|不及时|不够|漏|少)|落地检"),
    (
        ("missed_round",),
        r"未?按时|未按(规定|要求)|未参加|未做|未检|漏(检|采|做)|超时|未(按要求)?完成|逾期|应检未检|全员",
    ),
    (("space_time",), r"时空(伴随|交集|重叠)|时空"),
    (("close_contact", "space_time"), r"密接|密切接触"),
    (("drug_purchase",), r"(购|买).*药|退(热|烧)|止咳|药品"),
    (("post_isolation",), r"(集中)?隔离期满|解除(集中)?隔离|隔离.*居家"),
    (("from_red",), r"红(码)?转黄"),
    (("control_area",), r"管控区|封控|防范区|风险区(内)?(居民|住户)|中风险区域?居民"),
    (("high_zone",), r"高风险区(住户|居民)"),
    (("high_risk_post",), r"高风险岗位|闭环"),
    (("medium_travel",), r"中.?高?风险|中风险|风险(地)?区.*(旅居|到过|来)|旅居"),
    (("outbreak_unrated",), r"未定级|疫情(县|市|地区)|来自.*疫情"),
    (("other_province",), r"外省|省外|国家平台|协查|跨省|推送"),
)
ELDER = (
    (("special_family",), r"失独|计划生育|计生|特殊家庭|特扶"),
    (("severe",), r"重残|重度残疾|(一|二|1|2)级残疾"),
    (("disabled",), r"失能|半失能|失智|卧床|瘫痪"),
    (("lone",), r"独居|孤寡|一人居住|独自居住|鳏寡|五保|特困"),
    (("empty_nest",), r"空巢|双老|老两口|夫妻同住"),
    (("left_behind",), r"留守"),
    (("aged",), r"高龄|(8|八|9|九)(0|十)周?岁"),
)
REST = {"returnee": r"省外其他|省外", "yellow": r"原因不明|不明"}
# 北京, 天津, 上海, 重庆: everybody means their districts, too.
GREAT_CITIES = ("11", "12", "31", "50")
ABROAD = re.compile(
    "香港|澳门|台湾|美国|日本|韩国|朝鲜|英国|法国|德国|意大利|西班牙|俄罗斯|加拿大|澳大利亚|新西兰|新加坡|马来西亚|泰国|"
    "越南|缅甸|老挝|柬埔寨|菲律宾|印度|印尼|巴基斯坦|蒙古国|哈萨克斯坦|阿联酋|迪拜|沙特|土耳其|埃及|南非|尼日利亚|巴西|墨西哥"
)
NOBODY = re.compile("儿童|妇女|学生")


def meant(kind: str, words: Iterable[str], reasons: Mapping[str, Reason]) -> str:
    """The key of the reason that `words` name; nothing where they name none."""
    told = " ".join(filter(None, words))
    if not told or (kind == "elder" and NOBODY.search(told)):
        return ""
    exact = next((key for key, one in reasons.items() if str(one.words) in told), "")
    if exact:
        return exact
    table = {"returnee": RETURNEE, "yellow": YELLOW, "elder": ELDER}[kind]
    for keys, pattern in table:
        found = next((key for key in keys if key in reasons), None)
        if found and re.search(pattern, told):
            return found
    return ""


def only_one_meant(title: str, reasons: Mapping[str, Reason]) -> str:
    """The class of elder that a whole sheet is called after; nothing for 独居、空巢老人台账."""
    named = {
        next((key for key in keys if key in reasons), "")
        for keys, pattern in ELDER
        if re.search(pattern, title)
    }
    return next(iter(named)) if len(named) == 1 else ""


def remainder(kind: str, told: Mapping[str, Any], here: str, reasons: Mapping[str, Reason]) -> str:
    """The reason that is left for whom nothing else is said; `here` are the province's digits."""
    if kind == "returnee":
        if ABROAD.search(told.get("came_from", "")):
            return "overseas" if "overseas" in reasons else ""
        origin = origin_of(told.get("came_from", ""))
        if origin is None:
            return ""
        if origin[:2] == here:
            return "in_province" if "in_province" in reasons else ""
    pattern = REST.get(kind)
    if pattern is None:
        return ""
    return next((key for key, one in reasons.items() if re.search(pattern, str(one.words))), "")


@lru_cache(maxsize=2000)
def origin_of(written: str) -> str | None:
    """The code of the one area that is meant; of several in one province the province's."""
    plain = re.sub(r"\s|来|返|自|市区$", "", re.split(r"[-—,，、/;；(（→]", written.strip())[0])
    for length in range(len(plain), 1, -1):
        found = gb2260.meant(plain[:length])
        if len(found) == 1:
            return found[0][0]
        if found:
            return _larger([code for code, _name in found])
    return None


def _larger(codes: list[str]) -> str | None:
    """西安 is the city and not a district of another one; 朝阳 may be a district of 北京."""
    if len({code[:2] for code in codes}) == 1:
        return f"{codes[0][:2]}0000"
    cities = [code for code in codes if code.endswith("00")]
    in_a_great_one = any(code[:2] in GREAT_CITIES for code in codes)
    return cities[0] if len(cities) == 1 and not in_a_great_one else None
