"""From the cells of a sheet to its lines: text or number, two phones in one cell, merged
addresses, 同上, totals, page headers.

Nothing is repaired: a number that lost digits stays wrong, so that the check
refuses it and the person who keeps the sheet mends it there.
"""

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from app.exchange.columns import OF_KIND, Header
from app.exchange.rows.above import take_from_above
from app.exchange.rows.line import Line
from app.exchange.rows.titles import one_building, titles
from app.exchange.sheet import Row, Sheet, is_blank
from app.exchange.values.mixed import take_apart
from app.exchange.values.results import of_rounds, said
from app.exchange.values.text import first_phone, one_name, read_day, sex_code, text
from app.lib.rooms import read_room
from app.lib.words import N_, say

# What the columns of each field say.
Texts = dict[str, Sequence[str]]
WHERE = ("compound", "building", "unit", "room", "address")
TOTAL = re.compile(r"(合计|总计|小计|共计|总数|总人数|累计)|.{1,10}(合计|总计|小计|共计)[:：]?$")
FOOT = re.compile(
    r"(第\d+页)?[,，/]?共\d+[页人户].*|第\d+页|(填表|填报|制表|审核|报送|经办|负责|统计|联系)(人|单位|时间|日期|电话)?\s*[:：].*|(备注|注|说明|填表说明)\d?\s*[:：].*"
)
IS_HEADER = N_("表头重复，跳过。")
IS_TOTAL = N_("这是合计行，跳过。")
IS_REMARK = N_("这一行没有名册内容，跳过。")
UNIT_AND_ROOM = re.compile(r"\d{1,2}-\d{3,4}(室|号)?")
# Where somebody may have written everything together.
FEWEST_DIGITS = 5
FEWEST_TOLD = 2  # of what is asked for: less may be a remark below the table
MAY_BE_MIXED = ("mixed", "name", "address", "note")


def lines_of(sheet: Sheet, header: Header, kind: str = "resident") -> list[Line]:
    """The rows below the header; one that is not about a person is skipped with the reason."""
    lines: list[Line] = []
    above = titles(sheet, header)
    building = one_building(above)
    for row in sheet.rows:
        if row.number > header.last_row and (line := _line(sheet, header, row, kind)):
            if not line.is_judged:
                take_from_above(line, lines)
                line.titles = above
                _in_building(line, header, building)
            lines.append(line)
    return lines


def _in_building(line: Line, header: Header, building: str) -> None:
    """A row that names no building lives in the one that the sheet is called after."""
    where = line.where
    if not building or header.columns.keys() & {"building", "mixed"}:
        return
    if where["room"] and not where["address"]:
        where["building"] = building
    elif UNIT_AND_ROOM.fullmatch(where["address"]) and not where["room"]:
        number = re.sub(r"\D", "", building)
        if where["address"].split("-")[0] != number:
            where["address"] = f"{building}{where['address']}"


def _line(sheet: Sheet, header: Header, row: Row, kind: str) -> Line | None:
    """None for a row with nothing but its number."""
    line = Line(row.number, row.cells)
    known = [field for field in header.columns if field in OF_KIND[kind]]
    raw = {field: header.cells(row, field) for field in known}
    texts: Texts = dict.fromkeys(OF_KIND[kind], ())
    texts |= {field: [text(cell) for cell in cells] for field, cells in raw.items()}
    if why := _not_a_person(header, row, texts):
        line.skip(say(why))
        return line
    if not any(map(any, texts.values())):
        return None
    line.raw = {field: _first_told(cells, texts[field]) for field, cells in raw.items()}
    line.told = dict.fromkeys(OF_KIND[kind], "")
    line.told |= {field: _in_all(field, texts[field]) for field in known}
    _note_rounds(line, header, texts)
    line.told["address"] = _best_address(texts["address"])
    _note_ticks(line, header, texts)
    line.has_number = _has_number(header, row)
    line.where = {field: line.told.pop(field) for field in WHERE}
    _forget_dates(line, header, row)
    if "grid" not in header.columns:
        line.told["sheet_grid"] = sheet.title
    _take_apart(line, texts)
    _read_person(line, header, row, texts)
    return line


def _first_told(cells: Sequence[Any], texts: Sequence[str]) -> Any:
    """The first cell that says something."""
    return next((cell for cell, told in zip(cells, texts, strict=True) if told), None)


def _in_all(field: str, cells: Sequence[str]) -> str:
    """What the columns of a field say together: mostly what the first filled one says."""
    if field == "took_part":
        return of_rounds(cells)
    if field == "came_from":
        return "".join(dict.fromkeys(cells))
    return next(filter(None, cells), "")


def _note_rounds(line: Line, header: Header, texts: Texts) -> None:
    """Of several rounds those that somebody missed, by the names of their columns."""
    columns, cells = header.columns.get("took_part", ()), texts.get("took_part", [])
    if len(columns) > 1:
        told = zip(columns, cells, strict=True)
        missed = [header.names[column] for column, cell in told if said(cell) == "missed"]
        line.told["round"] = line.told.get("round") or "、".join(missed)


def _note_ticks(line: Line, header: Header, texts: Texts) -> None:
    """独居 | 空巢 | 失能 with a tick below one of them: the class is the name of its column."""
    told = zip(header.columns.get("ticked", ()), texts.get("ticked", ()), strict=False)
    ticked = [header.names[column] for column, cell in told if said(cell) == "sampled"]
    line.told.pop("ticked", None)
    texts["category"] = [*texts.get("category", ()), *ticked]
    line.told["category"] = line.told.get("category") or "、".join(ticked)


def _not_a_person(header: Header, row: Row, texts: Texts) -> str | None:
    if header.repeats_in(row):
        return IS_HEADER
    first = "".join(next(filter(None, map(text, row.cells)), "").split())
    if TOTAL.match(first):
        return IS_TOTAL
    told = [cell for cells in texts.values() for cell in cells if cell]
    if len(told) >= FEWEST_TOLD:
        return None
    names = texts.get("name") or texts.get("shop") or [""]
    is_foot = FOOT.fullmatch(first) or (told == names[:1] and _is_remark(first))
    only_words = not told and not _holds_numbers(row)
    return IS_REMARK if only_words or is_foot else None


def _holds_numbers(row: Row) -> bool:
    """Whether nothing else stands in it: the row of a form that nobody has filled in."""
    filled = (text(cell) for cell in row.cells if not is_blank(cell))
    return all(cell.replace(".", "").isdecimal() for cell in filled)


def _is_remark(told: str) -> bool:
    return bool(re.search("[:：]", told)) and not take_apart(told).get("phone")


def _best_address(cells: Sequence[str]) -> str:
    """The first that names a door, else the first."""
    filled = [cell for cell in cells if cell]
    return next((cell for cell in filled if read_room(cell)), filled[0] if filled else "")


def _has_number(header: Header, row: Row) -> bool | None:
    """Whether the row has its number in the list; None where the list numbers nothing."""
    for column, name in enumerate(header.names):
        if re.fullmatch(r"序\s*号?|编号|NO\.?|XH|#", name.upper()):
            return not is_blank(row.cell(column))
    return None


def _forget_dates(line: Line, header: Header, row: Row) -> None:
    """3-1 in a cell becomes the first of March: then nobody knows the door any more."""
    turned = [cell for field in WHERE for cell in header.cells(row, field)]
    if any(isinstance(cell, date | time) for cell in turned):
        line.where = dict.fromkeys(WHERE, "")
        line.warn(say("住址在表格里变成了日期，认不出来；请把这几列设为文本后重填。"))


def _take_apart(line: Line, texts: Texts) -> None:
    """What stands together in one cell goes where it belongs; what has a cell of its own stays."""
    for field in MAY_BE_MIXED:
        told = (line.where if field == "address" else line.told).get(field, "")
        holds_digits = sum(sign.isdigit() for sign in told) > FEWEST_DIGITS
        if not holds_digits or (field == "note" and line.told.get("name")):
            continue
        found = take_apart(told)
        if len(found) < 2 and field != "mixed":
            continue
        _put(line, texts, field, found)


def _put(line: Line, texts: Texts, source: str, found: dict[str, str]) -> None:
    for field, value in found.items():
        place: dict[str, Any] = line.where if field == "address" else line.told
        if not place.get(field) or field == source:
            place[field] = value
            if field == "phone":
                texts["phone"] = [value]
    if source == "name" and "name" not in found:
        line.told["name"] = ""
    if source == "address" and "address" not in found:
        line.where["address"] = ""


def _read_person(line: Line, header: Header, row: Row, texts: Texts) -> None:
    """Name, papers, phone, sex and birth, as the form takes them; the rest goes into the note."""
    told, notes = line.told, [cell for cell in texts["note"] if cell]
    told["name"] = one_name(told.get("name", ""))
    told["category"] = "、".join(dict.fromkeys(filter(None, texts.get("category", ()))))
    told["sex"] = sex_code(told.get("sex", ""))
    told["born"] = next((read_day(cell) for cell in header.cells(row, "born") if cell), "")
    told["phone"], others = first_phone(texts["phone"])
    line.phones = [told["phone"], *others] if told["phone"] else others
    notes += [f"电话：{other}" for other in others]
    paper = told.pop("paper", "")
    if paper and told.get("id_number") and not re.search("身份证|户口", paper):
        notes.append(f"{paper}：{told['id_number']}")
        told["id_number"] = ""
    told["note"] = "；".join(notes)
