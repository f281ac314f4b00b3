"""People's names: what looks like one, what is the same one, what may be a slip of it."""

import re
import unicodedata

from app.exchange.values.text import HAN, one_name
from app.lib import pinyin
from app.lib.script import simplified

# The dot inside a name, as keyboards and sheets write it.
DOTS = re.compile("[・•‧．.᛫●]")
LONGEST = 60
# 王*, 王某某: a name that the sender keeps to himself. 王建国* has a mark behind it.
MASKED = re.compile(rf"[{HAN}]([*＊×xX]+|某+)")

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛"
    "邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝"
    "路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂"
    "全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
    "阎郗楚戎冀郄呼仝逯栗郜乜蔺荆尉亢芦邸弓赫晁檀濮郁笪宿禹蔚逄綦蒯"
)
TWO_SIGNS = ("欧阳", "司马", "上官", "诸葛", "尉迟", "皇甫", "令狐", "慕容", "司徒", "夏侯", "宇文")


def looks_like_a_name(told: str) -> bool:
    name = simplified(one_name(told))
    if not re.fullmatch(rf"[{HAN}]{{2,4}}", name):
        return bool(re.fullmatch(rf"[{HAN}]{{2,}}·[{HAN}]{{2,}}", name))
    return name.startswith(TWO_SIGNS) or (len(name) < 4 and name[0] in SURNAMES)


def name_without_remark(written: str) -> str:
    """``王建国（儿子）`` → ``王建国``; nothing for what is no name at all."""
    plain = unicodedata.normalize("NFKC", written)
    plain = re.sub(r"\([^()]*\)|[*＊]+$", "", plain)
    plain = one_name(" ".join(DOTS.sub("·", plain).split()))
    inside = re.sub("[·' ’-]", "", plain)
    if MASKED.fullmatch(written.strip()):
        return ""
    is_name = inside and all(unicodedata.category(sign)[0] in "LM" for sign in inside)
    return plain if is_name and len(plain) <= LONGEST else ""


def same_name(one: str, other: str) -> bool:
    """The same name, whatever the script and the dots."""
    return _plain(one) == _plain(other)


def like_name(one: str, other: str) -> bool:
    """A name that may be a slip of the other: one sign off, or said the same."""
    one, other = _plain(one), _plain(other)
    if one == other:
        return True
    one_off = (
        len(one) == len(other) > 1 and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    )
    return one_off or (pinyin.full(one) == pinyin.full(other) and len(one) > 1)


def _plain(name: str) -> str:
    return re.sub(r"[·\s' ’-]", "", simplified(DOTS.sub("·", name))).upper()
