"""From the cells of a sheet to the lines of a roll: text or number, two phones in one cell,
merged addresses, totals, page headers.

Nothing is repaired: a number that lost digits stays wrong, so that the check
refuses it and the person who keeps the sheet mends it there.
"""

import re
from datetime import date, time

from app.exchange.columns import FIELDS, Header
from app.exchange.roll.line import Line
from app.exchange.roll.values import first_phone, is_head, one_name, read_day, sex_code, text
from app.exchange.sheet import Row, Sheet, is_blank
from app.lib.words import N_, say

WHERE = ("compound", "building", "unit", "room", "address")
TOTAL = re.compile("(合计|总计|小计|共计|总数|总人数)")
IS_HEADER = N_("表头重复，跳过。")
IS_TOTAL = N_("这是合计行，跳过。")
IS_REMARK = N_("这一行没有名册内容，跳过。")


def lines_of(sheet: Sheet, header: Header) -> list[Line]:
    """The rows below the header; one that is not about a person is skipped with the reason."""
    lines: list[Line] = []
    for row in sheet.rows:
        if row.number > header.last_row and (line := _line(sheet, header, row)):
            _take_door_from_above(line, lines)
            lines.append(line)
    return lines


def _line(sheet: Sheet, header: Header, row: Row) -> Line | None:
    """None for a row with nothing but its number."""
    line = Line(row.number, row.cells)
    texts = {field: [text(cell) for cell in header.cells(row, field)] for field in FIELDS}
    if why := _not_a_person(header, row, texts):
        line.skip(say(why))
        return line
    if not any(map(any, texts.values())):
        return None
    line.told = {field: next(filter(None, cells), "") for field, cells in texts.items()}
    line.where = {field: line.told.pop(field) for field in WHERE}
    _forget_dates(line, header, row)
    if "grid" not in header.columns:
        line.told["sheet_grid"] = sheet.title
    _read_person(line, header, row, texts)
    return line


def _not_a_person(header: Header, row: Row, texts: dict[str, list[str]]) -> str | None:
    filled = [text(cell) for cell in row.cells if not is_blank(cell)]
    name, told = texts["name"][0], [cell for cells in texts.values() for cell in cells if cell]
    if header.repeats_in(row):
        return IS_HEADER
    if TOTAL.match(re.sub(r"\s", "", filled[0])):
        return IS_TOTAL
    only_words = not told and not all(cell.replace(".", "").isdecimal() for cell in filled)
    return IS_REMARK if only_words or (told == [name] and re.search("[:：]", name)) else None


def _forget_dates(line: Line, header: Header, row: Row) -> None:
    """3-1 in a cell becomes the first of March: then nobody knows the door any more."""
    turned = [cell for field in WHERE for cell in header.cells(row, field)]
    if any(isinstance(cell, date | time) for cell in turned):
        line.where = dict.fromkeys(WHERE, "")
        line.warn(say("住址在表格里变成了日期，认不出来；请把这几列设为文本后重填。"))


def _read_person(line: Line, header: Header, row: Row, texts: dict[str, list[str]]) -> None:
    """Name, papers, phone, sex and birth, as the form takes them; the rest goes into the note."""
    told, notes = line.told, [cell for cell in texts["note"] if cell]
    told["name"] = one_name(told["name"])
    told["category"] = "、".join(dict.fromkeys(filter(None, texts["category"])))
    told["sex"] = sex_code(told["sex"])
    told["born"] = next((read_day(cell) for cell in header.cells(row, "born") if cell), "")
    told["phone"], others = first_phone(texts["phone"])
    notes += [f"电话：{other}" for other in others]
    paper = told.pop("paper")
    if paper and told["id_number"] and not re.search("身份证|户口", paper):
        notes.append(f"{paper}：{told['id_number']}")
        told["id_number"] = ""
    told["note"] = "；".join(notes)


def _take_door_from_above(line: Line, lines: list[Line]) -> None:
    """A merged address stands in the first row of a family only."""
    relation = line.told.get("relation")
    if not relation or is_head(relation) or any(line.where.values()) or line.warnings:
        return
    above = next((one for one in reversed(lines) if one.state != "skipped"), None)
    if above and any(above.where.values()):
        line.where = dict(above.where)
        line.told["grid"] = line.told["grid"] or above.told["grid"]
        line.warn(say("住址空着，按上一行同户登记。"))
