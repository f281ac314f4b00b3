"""The same person twice in one roll: kept once where that is clear, given back where it is not."""

from collections.abc import Hashable, Iterable

from app.exchange.rows.line import Line
from app.lib.masking import mask_name
from app.lib.words import N_, Say, say

SAME_CALLER = N_("与%(row)s同名同电话，住址却不同；是同一人就只留一行，不是就写上身份证号。")


def find_twins(lines: Iterable[Line]) -> None:
    """Skip or refuse every line that is about a person of an earlier one."""
    by_number: dict[str, Line] = {}
    by_door: dict[Hashable, Line] = {}
    by_phone: dict[Hashable, Line] = {}
    for line in lines:
        first = by_number.get(line.id_number or "")
        if first:
            _same_number(line, first)
        elif first := by_door.get(_door(line)):
            _same_door(line, first)
        elif (first := by_phone.get(_phone(line))) and not (line.id_number and first.id_number):
            line.refuse(say(SAME_CALLER, row=first.said_at()))
        if line.is_judged:
            continue
        by_door.setdefault(_door(line), line)
        if line.who["phone"]:
            by_phone.setdefault(_phone(line), line)
        if line.id_number:
            by_number[line.id_number] = line


def _door(line: Line) -> Hashable:
    """Name and door; without any address the phone stands for it."""
    where = line.door.key if line.door else line.address or line.who["phone"] or ""
    return (line.who["name"], where)


def _phone(line: Line) -> Hashable:
    return (line.who["name"], line.who["phone"])


def _same_number(line: Line, first: Line) -> None:
    if line.who["name"] == first.who["name"]:
        line.skip(say("与%(row)s是同一个人（身份证号相同），不重复登记。", row=first.said_at()))
    else:
        known = {"row": first.said_at(), "name": mask_name(first.who["name"])}
        line.refuse(say("身份证号与%(row)s的%(name)s相同，姓名却不同，请核对。", **known))


def _same_door(line: Line, first: Line) -> None:
    row: Say = first.said_at()
    nowhere = not (line.door or line.address or line.who["phone"])
    if line.id_number:
        line.refuse(say("与%(row)s同户同名，身份证号不一样，请核对；是同一人就只留一行。", row=row))
    elif nowhere:
        line.refuse(say("与%(row)s同名，又都没有住址和电话，分不清是不是同一人。", row=row))
    else:
        line.skip(say("与%(row)s同户同名，不重复登记。", row=row))
