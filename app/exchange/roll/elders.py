"""Which class of elder a 人员类别 of a roll means, and whether she is to be looked after."""

from datetime import date

from app.domain.cases import Case
from app.domain.residents import Resident
from app.exchange.rows.line import Line
from app.lib.words import say
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


def class_for(line: Line, case: Case | None, reasons: dict[str, Reason], *, day: date) -> str:
    """The class to put her on the roll of elders with, or nothing and a warning why not.

    `case` is her open case; `reasons` are the classes of the rules in force.
    """
    category = line.who["category"]
    word = next((word for word in CLASSES if word in category), None)
    if word is None or any(other in category for other in NOT_ELDERS):
        return ""
    if CLASSES[word] not in reasons:
        line.warn(say("现行规则里没有“%(word)s”这一类，没有列入关爱名册。", word=word))
    elif case and case.reason != CLASSES[word]:
        line.warn(say("关爱名册里已按另一类在管，没有改；要改请在档案里更正。"))
    elif case is None and _is_young(line, day):
        line.warn(say("类别写着“%(word)s”，本人不满 60 岁，没有列入关爱名册。", word=word))
    elif case is None:
        return CLASSES[word]
    return ""


def _is_young(line: Line, day: date) -> bool:
    born = line.who["born"] or (line.resident.born if line.resident else None)
    age = Resident(born=born).age_on(day)
    return age is not None and age < OLD and "老" not in line.who["category"]
