"""Which column means what: its name first, then what stands in it, then what a person chose.

Looks decide only where they are hard to mistake: a column of ID numbers is one,
whatever is written above it. A second column that merely looks like the first is
left alone and said.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.exchange.columns.header import Header, find_header
from app.exchange.columns.looks import SAMPLED, shares
from app.exchange.columns.names import OF_KIND, OTHERS, fold, second_field
from app.exchange.sheet import Row, Sheet
from app.exchange.values.text import text

# From this share on a column is what it looks like, even against its name; or without one.
HARD, CERTAIN = ("id_number", "phone", "credit"), 0.8
SOFT = {"mixed": 0.7, "name": 0.75, "address": 0.6, "result": 0.9}
BY_LOOKS, AGAINST_NAME, SECOND, BY_HAND = 0.75, 0.7, 0.6, 1.0
# Fields of which a sheet has one column only.
SINGLE = ("name", "id_number", "mixed", "shop", "credit", "arrived", "came_from", "result",
          "sampled", "coloured", "grid", "sex", "born", "compound", "building",
          "unit", "room", "relation", "measure", "label", "risk", "reason", "pushed")  # fmt: skip
PART = re.compile("(省|省份|市|县|区)$")
Chosen = Mapping[str, str]  # a column's key → the field, or nothing


def match(sheet: Sheet, kind: str, chosen: Chosen | None = None) -> Header | None:
    """The header with the meaning of every column; None where there is no table.

    `chosen` is what a person (or she for this sender before) said of columns, by `key_of`.
    """
    header = find_header(sheet, kind) or _without_header(sheet, kind) or _all_in_one(sheet, kind)
    if header is None:
        return None
    looks = _looks(sheet, header)
    fields = {column: (field, header.sure[column]) for field, places in header.columns.items()
              for column in places}  # fmt: skip
    for column, shared in looks.items():
        _against_its_name(column, shared, fields)
    _second_best(header, fields, kind)
    for column, shared in looks.items():
        _by_looks(header, column, shared, fields, kind)
    _numbered_doors(header, looks, fields)
    _of_a_second_person(header, fields)
    _only_one(header, fields)
    for column, name in enumerate(header.names):
        if (field := (chosen or {}).get(key_of(column, name))) is not None:
            fields.pop(column, None)
            if field in OF_KIND[kind]:
                fields[column] = (field, BY_HAND)
    return _with(header, fields)


def key_of(column: int, name: str) -> str:
    """What a column is remembered by: its name, without one its place."""
    return fold(name) or f"#{column + 1}"


def samples(sheet: Sheet, header: Header, column: int, most: int = 3) -> list[str]:
    """The first things that stand in a column, for a person who looks the match over."""
    told = (text(row.cell(column)) for row in sheet.rows if row.number > header.last_row)
    return list(dict.fromkeys(filter(None, told)))[:most]


def _looks(sheet: Sheet, header: Header) -> dict[int, Mapping[str, float]]:
    rows = [
        row for row in sheet.rows if row.number > header.last_row and not header.repeats_in(row)
    ]
    rows = rows[:SAMPLED]
    width = max([len(header.names), *(len(row.cells) for row in rows)])
    return {column: shares(row.cell(column) for row in rows) for column in range(width)}


def _against_its_name(
    column: int, shared: Mapping[str, float], fields: dict[int, tuple[str, float]]
) -> None:
    """A column that is called 电话 and holds ID numbers is one of ID numbers."""
    if column not in fields:
        return
    field, _sure = fields[column]
    look = next((one for one in HARD if shared.get(one, 0) >= CERTAIN), None)
    if look and look != field and field in (*HARD, "sex", "born", "result", "address"):
        fields[column] = (look, AGAINST_NAME)
    elif field in ("phone", "id_number") and shared.get("name", 0) >= CERTAIN:
        fields[column] = ("name", AGAINST_NAME)


def _second_best(header: Header, fields: dict[int, tuple[str, float]], kind: str) -> None:
    """Without a column of the person's own, the head's or the keeper's is hers."""
    has = {field for field, _sure in fields.values()}
    found: dict[str, int] = {}
    for column, name in enumerate(header.names):
        field = second_field(name) if column not in fields else None
        if field in OF_KIND[kind] and field not in has:
            found.setdefault(field, column)
    for field, column in found.items():
        fields[column] = (field, SECOND)


def _by_looks(
    header: Header,
    column: int,
    shared: Mapping[str, float],
    fields: dict[int, tuple[str, float]],
    kind: str,
) -> None:
    """A column whose name says nothing is what it looks like, if there is no such column yet."""
    name = header.names[column] if column < len(header.names) else ""
    if column in fields or OTHERS.search(fold(name)):
        return
    has = {field for field, _sure in fields.values()}
    if "building" in has or "room" in has:
        has.add("address")
    least = dict.fromkeys(HARD, CERTAIN) | SOFT
    for field, share in least.items():
        if field in OF_KIND[kind] and field not in has and shared.get(field, 0) >= share:
            if field == "name" and fold(name):  # 民族, 籍贯, 职务 look like names, too
                continue
            fields[column] = (field, BY_LOOKS)
            return


def _numbered_doors(
    header: Header, looks: Mapping[int, Mapping[str, float]], fields: dict[int, tuple[str, float]]
) -> None:
    """户号 beside a building is its room where it looks like one, and else counts the families."""
    has = {field for field, _sure in fields.values()}
    if "building" not in has or "room" in has:
        return
    for column, name in enumerate(header.names):
        if fold(name) in ("户号", "户") and looks[column].get("room", 0) >= CERTAIN:
            fields[column] = ("room", BY_LOOKS)
            return


def _of_a_second_person(header: Header, fields: dict[int, tuple[str, float]]) -> None:
    """Behind a second 姓名 stand his 电话 and 住址: they are not the first one's."""
    names = [column for column, (field, _sure) in sorted(fields.items()) if field == "name"]
    before = {fold(header.names[column]) for column in fields if names[1:] and column < names[1]}
    if names[1:] and fold(header.names[names[1]]) in before - {""}:
        for column in [one for one in fields if one > names[1]]:
            if fold(header.names[column]) in before:
                del fields[column]


def _only_one(header: Header, fields: dict[int, tuple[str, float]]) -> None:
    """Of several columns for one thing the surest counts, of equals the first.

    来源省 and 来源市 are two parts of one thing.
    """
    for field in SINGLE:
        places = [column for column, (one, _sure) in fields.items() if one == field]
        if field == "came_from" and all(PART.search(fold(header.names[at])) for at in places):
            continue
        best = max(places, key=lambda column: (fields[column][1], -column), default=None)
        for column in places:
            if column != best:
                del fields[column]


def _with(header: Header, fields: Mapping[int, tuple[str, float]]) -> Header:
    columns: dict[str, tuple[int, ...]] = {}
    for column in sorted(fields):
        field = fields[column][0]
        columns[field] = (*columns.get(field, ()), column)
    width = max([len(header.names), *(column + 1 for column in fields)])
    names = header.names + ("",) * (width - len(header.names))
    sure = {column: how_sure for column, (_field, how_sure) in fields.items()}
    return replace(header, names=names, columns=columns, sure=sure)


def _without_header(sheet: Sheet, kind: str) -> Header | None:
    """A table that begins with its first person: only where the looks say who each row is."""
    rows: Sequence[Row] = sheet.rows
    width = max((len(row.cells) for row in rows[:SAMPLED]), default=0)
    looks = [shares(row.cell(column) for row in rows[:SAMPLED]) for column in range(width)]
    named = any(one.get("name", 0) >= CERTAIN for one in looks)
    numbered = any(
        one.get(field, 0) >= CERTAIN for one in looks for field in ("id_number", "phone")
    )
    if not (named and numbered) or kind == "shop":
        return None
    blank: tuple[Any, ...] = ("",) * width
    return Header(0, blank, {})


def _all_in_one(sheet: Sheet, kind: str) -> Header | None:
    """Lines as they were copied from a chat, all of a person in one cell; above them a title."""
    if "mixed" not in OF_KIND[kind]:
        return None
    width = max((len(row.cells) for row in sheet.rows[:SAMPLED]), default=0)
    for column in range(width):
        cells = {row.number: row.cell(column) for row in sheet.rows[:SAMPLED]}
        first = next((at for at in cells if shares([cells[at]]).get("mixed")), None)
        below = shares(cell for at, cell in cells.items() if first and at >= first)
        if first and below["mixed"] >= SOFT["mixed"]:
            return Header(first - 1, ("",) * width, {"mixed": (column,)}, {column: BY_LOOKS})
    return None
