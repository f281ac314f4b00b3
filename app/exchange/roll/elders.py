"""Which class of elder a 人员类别 of a roll means, and whether she is to be looked after."""

from collections.abc import Mapping
from datetime import date

from app.domain.cases import Case
from app.domain.residents import Resident
from app.lib.words import N_, Say, say
from app.policy.rulebook import Reason

# What stands in a sheet → the class in the rules; the first that is found counts.
CLASSES = {
    "独居": "lone",
    "空巢": "empty_nest",
    "留守": "left_behind",
    "失能": "disabled",
    "重残": "severe",
    "重度残疾": "severe",
}
# 留守儿童, 留守妇女: others look after them.
NOT_ELDERS = ("儿童", "妇女")
OLD = 60
NO_CLASS = N_("现行规则里没有“%(word)s”这一类，没有列入关爱名册。")
OTHER_CLASS = N_("关爱名册里已按另一类在管，没有改；要改请在档案里更正。")
YOUNG = N_("类别写着“%(word)s”，本人不满 60 岁，没有列入关爱名册。")


def class_for(
    category: str,
    born: date | None,
    case: Case | None,
    reasons: Mapping[str, Reason],
    *,
    day: date,
) -> tuple[str, Say | None]:
    """The class to put her on the roll of elders with, or nothing and why not.

    `case` is her open case; `reasons` are the classes of the rules in force.
    """
    word = next((word for word in CLASSES if word in category), None)
    if word is None or any(other in category for other in NOT_ELDERS):
        return "", None
    if CLASSES[word] not in reasons:
        return "", say(NO_CLASS, word=word)
    if case:
        return "", say(OTHER_CLASS) if case.reason != CLASSES[word] else None
    if _is_young(category, born, day):
        return "", say(YOUNG, word=word)
    return CLASSES[word], None


def _is_young(category: str, born: date | None, day: date) -> bool:
    age = Resident(born=born).age_on(day)
    return age is not None and age < OLD and "老" not in category
