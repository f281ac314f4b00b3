"""Checking what a line of a roll says of its person, by the form of `app.intake`.

What contradicts an ID number is said, and the number counts.
"""

from collections.abc import Mapping
from typing import Any

from app.domain.residents import SEXES
from app.exchange.columns import FIELDS
from app.exchange.rows.line import Line
from app.exchange.values.text import is_only_month
from app.intake.roll_row import checked_row
from app.lib.idcard import IdNumber
from app.lib.refusal import Refused
from app.lib.words import Say, say


def check(line: Line) -> None:
    """Take the person from what the line says, or refuse it with every reason."""
    told = dict(line.told)
    claimed = {name: told.pop(name) for name in ("sex", "born")} if told["id_number"] else {}
    if is_only_month(told.get("born", "")):
        told["born"] = ""
        line.warn(say("出生日期不完整，没有登记。"))
    try:
        form = checked_row(told)
    except Refused as refused:
        line.refuse(*_sentences(refused.fields))
        return
    line.who = form.who()
    if form.id_card:
        _compare(line, form.id_card, claimed)


def _sentences(fields: Mapping[str, list[Any]]) -> list[Say]:
    """One sentence a field, with its name where the sentence does not say it."""
    return [_named(say(FIELDS[name][0]), errors[0]) for name, errors in fields.items()]


def _named(field: Say, error: Any) -> Say:
    why = error if isinstance(error, Say) else say(error)
    if why.text.startswith(field.text):
        return why
    return say("%(field)s：%(why)s", field=field, why=why)


def _compare(line: Line, card: IdNumber, claimed: Mapping[str, str]) -> None:
    if not card.area_known:
        code = card.number[:6]
        line.warn(say("身份证号前六位 %(code)s 不在区划代码表里，请再核对一次。", code=code))
    if claimed["sex"] in SEXES and claimed["sex"] not in ("0", card.sex):
        line.warn(say("性别与身份证号不一致，按身份证号登记。"))
    elif claimed["sex"] and claimed["sex"] not in SEXES:
        line.warn(say("性别写法认不出，按身份证号登记。"))
    if claimed["born"] and not card.birth.isoformat().startswith(_dashed(claimed["born"])):
        line.warn(say("出生日期与身份证号不一致，按身份证号登记。"))


def _dashed(born: str) -> str:
    """A month or a year written alone, as a date begins: ``1950年3月`` → ``1950-03``."""
    if not is_only_month(born):
        return born
    year, month = born[:4], "".join(filter(str.isdecimal, born[4:]))
    return f"{year}-{int(month):02}" if month else year
