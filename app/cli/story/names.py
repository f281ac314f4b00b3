"""Invented names: common surnames, given names as each generation was named."""

from random import Random

SURNAMES = (
    "王" * 12 + "李" * 11 + "张" * 11 + "刘" * 7 + "赵" * 5 + "陈" * 4 + "杨" * 4 + "郭" * 4
    + "武" * 3 + "任" * 3 + "马" * 3 + "高" * 3 + "梁" * 3 + "韩" * 3 + "宋" * 2 + "冯" * 2
    + "乔" * 2 + "孟" * 2 + "贾" * 2 + "白" * 2 + "温" * 2 + "薛" * 2 + "阎" * 2 + "牛" * 2
    + "段侯郝常申范崔田曹岳樊卫霍师成石史姚耿车孔庞米吕周吴徐孙胡朱林何罗郑谢唐许邓萧"
)  # fmt: skip
OLD = ("福贵生茂全锁拴根旺银财寿富明德文俊海金玉", "兰英花秀莲桂梅香珍翠芝娥凤巧爱仙云玉淑琴")
MIDDLE = ("建国军强伟明志勇刚平生民利忠义斌杰峰涛", "红霞丽梅芳萍娟燕玲敏静艳琴萍香翠俊爱改变")
YOUNG = ("浩宇轩晨鹏磊超凯阳帆哲博航睿泽旭晓飞", "婷欣怡雪佳琪璐瑶晨悦颖倩雅梦洁思敏晓")
CHILD = ("子轩梓豪沐辰宇泽一诺浩然铭俊熙睿博皓", "子涵梓萱雨欣诗语一诺可馨若曦沐瑶依语桐")
UNUSUAL = ("阿依古丽·买买提", "欧阳晓敏", "司马玉兰", "㛃兰", "诸葛明")


def surname(dice: Random) -> str:
    return dice.choice(SURNAMES)


def full_name(dice: Random, age: int, sex: str, family: str | None = None) -> str:
    """A name for somebody of this age and sex ("1" man, "2" woman)."""
    if family is None and dice.random() < 0.001:
        return dice.choice(UNUSUAL)
    characters = _generation(age)[int(sex) - 1]
    given = "".join(dice.choice(characters) for _ in range(1 if dice.random() < 0.18 else 2))
    return (family or surname(dice)) + given


def _generation(age: int) -> tuple[str, str]:
    if age >= 62:
        return OLD
    if age >= 38:
        return MIDDLE
    return YOUNG if age >= 14 else CHILD
