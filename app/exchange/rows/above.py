"""What a row takes over from the one above: 同上, and blanks of those who belong together.

同上 is said by the sender. A blank only counts as the same where the row says itself
that it goes on: it has a relation to the head above, or the list numbers its rows
and has no number for it.
"""

from app.exchange.rows.line import Line
from app.exchange.values.text import is_head
from app.lib.words import say

SAME = ("同上", "同前", "同", "如上", "〃", "″", '"', "''", "＂", "同左上", "同上址", "同上地址")
# Never the same for two people.
OWN = ("name", "id_number", "phone", "sex", "born", "relation", "note", "mixed", "result")


def take_from_above(line: Line, lines: list[Line]) -> None:
    """Fill in what the row leaves to the row above it."""
    above = next((one for one in reversed(lines) if one.state != "skipped"), None)
    if above is None:
        _refuse_same(line)
        return
    _take_said(line, above)
    if _goes_on(line) and not line.warnings:
        _take_blanks(line, above)


def _take_said(line: Line, above: Line) -> None:
    if line.told.get("phone") in SAME:
        line.phones = list(above.phones)
    for mine, others in ((line.told, above.told), (line.where, above.where)):
        for field, value in mine.items():
            if value in SAME:
                mine[field] = others.get(field, "")
                line.raw[field] = above.raw.get(field)
    if any(value in SAME for value in (line.raw.get("address"),)):
        line.where = dict(above.where)


def _goes_on(line: Line) -> bool:
    relation = line.told.get("relation")
    return bool(relation and not is_head(relation)) or line.has_number is False


def _take_blanks(line: Line, above: Line) -> None:
    if not any(line.where.values()) and any(above.where.values()):
        line.where = dict(above.where)
        line.told["grid"] = line.told.get("grid") or above.told.get("grid", "")
        line.warn(say("住址空着，按上一行同户登记。"))
    if line.has_number is False:
        for field, value in above.told.items():
            if field not in OWN and value and not line.told.get(field):
                line.told[field], line.raw[field] = value, above.raw.get(field)


def _refuse_same(line: Line) -> None:
    """The first row has nothing above it."""
    for told in (line.told, line.where):
        for field in [field for field, value in told.items() if value in SAME]:
            told[field] = ""
    line.phones = [phone for phone in line.phones if phone not in SAME]
