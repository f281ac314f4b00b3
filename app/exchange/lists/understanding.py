"""What a row of a list says of somebody, checked: told as plain text, refused, or remarked on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.exchange.rows.line import Line
from app.exchange.rows.written import written_as
from app.exchange.values.moments import is_two_days, read_moment
from app.exchange.values.names import name_without_remark
from app.lib import clock
from app.lib.idcard import BadIdNumber, read_id_number
from app.lib.phones import BadPhone, read_phone
from app.lib.words import N_, Say, say

MOMENTS = ("arrived", "left_on", "ends", "coloured", "pushed", "sampled", "when")
# Of a kind's own words those that are kept as they are written.
WORDS = ("came_from", "transport", "trip", "companions", "measure", "label", "risk", "reason",
         "code", "source", "category", "lone", "high_risk", "result", "took_part", "round", "what",
         "where", "shop", "credit", "trade", "staff", "community", "street", "grid", "sheet_grid",
         "relation", "sex", "note")  # fmt: skip
LONGEST = 400  # characters of one thing
NOBODY = N_("这一行没有写是谁：姓名、身份证号、电话都没有。")
NO_SHOP = N_("这一行没有写店名。")
TWO_DAYS = N_("“%(told)s”在表格里是数字，分不清是哪一天，没有用；请写成 10月10日 这样。")
NO_DAY = N_("时间“%(told)s”认不出来，没有用。")


@dataclass
class Understood:
    """`told` by field; `errors` refuse the row, `remarks` do not.

    `said_above`: that a row above says the same of the same person.
    """

    told: dict[str, Any] = field(default_factory=dict)
    errors: list[Say] = field(default_factory=list)
    remarks: list[Say] = field(default_factory=list)
    said_above: Say | None = None


def understand(line: Line, kind: str, *, near: date) -> Understood:
    """Read a row; `near` is the day the list came, by which days without a year are found."""
    read = Understood()
    _read_number(line, read)
    _read_phones(line, read)
    _read_name(line, read)
    _read_moments(line, read, near)
    plain = {name: line.told[name][:LONGEST] for name in WORDS if line.told.get(name)}
    read.told |= plain
    if any(line.where.values()):
        read.told["address"] = written_as(line.where)[:LONGEST]
    if not read.errors:
        _refuse_nobody(read, kind)
    read.remarks += line.warnings
    return read


def _read_number(line: Line, read: Understood) -> None:
    told = line.raw.get("id_number") if line.told.get("id_number") else None
    written = line.told.get("id_number") or ""
    if not written:
        return
    lost = isinstance(told, float)
    try:
        number = read_id_number(told if lost else written, today=clock.today())
    except BadIdNumber as bad:
        read.errors.append(_named(N_("身份证号"), bad.why))
        return
    read.told["id_number"] = number.number
    if not number.area_known:
        code = number.number[:6]
        read.remarks.append(
            say("身份证号前六位 %(code)s 不在区划代码表里，请再核对一次。", code=code)
        )


def _read_phones(line: Line, read: Understood) -> None:
    """All that can be one; where none can, the row is known by something else or refused."""
    good, bad = _sorted_out(line.phones)
    if good:
        read.told["phone"] = good[0]
        read.told |= {"phones": good} if len(good) > 1 else {}
    elif bad:
        why = _named(N_("电话"), bad[0])
        known_otherwise = read.told.get("id_number") or any(line.where.values())
        (read.remarks if known_otherwise and not read.errors else read.errors).append(why)


def _sorted_out(written: Iterable[str]) -> tuple[list[str], list[Say]]:
    good, bad = [], []
    for one in written:
        try:
            good.append(read_phone(one))
        except BadPhone as broken:
            bad.append(broken.why)
    return list(dict.fromkeys(good)), bad


def _read_name(line: Line, read: Understood) -> None:
    written = line.told.get("name", "")
    name = name_without_remark(written)
    if written and not name:
        read.errors.append(
            say("姓名里只能有文字和间隔点，现在是“%(typed)s”。", typed=written[:LONGEST])
        )
    elif name:
        read.told["name"] = name


def _read_moments(line: Line, read: Understood, near: date) -> None:
    for name in MOMENTS:
        cell = line.raw.get(name)
        if not line.told.get(name):
            continue
        if moment := read_moment(cell, near=near):
            read.told[name] = str(moment)
        else:
            words = TWO_DAYS if is_two_days(cell) else NO_DAY
            read.remarks.append(say(words, told=line.told[name][:LONGEST]))


def _refuse_nobody(read: Understood, kind: str) -> None:
    if kind == "shop":
        if not read.told.get("shop"):
            read.errors.append(say(NO_SHOP))
    elif not any(read.told.get(name) for name in ("name", "id_number", "phone")):
        read.errors.append(say(NOBODY))


def _named(field: str, why: Say) -> Say:
    return (
        why if why.text.startswith(field) else say("%(field)s：%(why)s", field=say(field), why=why)
    )
