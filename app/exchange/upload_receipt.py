"""The platform's receipt for a batch, read back: which row it took, which it gave back, and why.

A row is found by the number we gave it, else by the ID number, else by name and phone.
Where there is no column of results, whatever has a reason was given back. What is not
understood is said with its line; nothing is guessed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.domain.uploads import UploadBatch, UploadItem, items_of
from app.exchange.columns import SEARCHED, fold
from app.exchange.columns import field_of as person_field
from app.exchange.sheet import UNSEEN, Row, Sheet, unusable
from app.exchange.tables import read_tables
from app.lib.words import N_, Say, say

NUMBER = re.compile(r"编号|上传编号|行编号|回执编号|序号?|NO")
RESULT = re.compile(
    r"(上传|导入|处理|校验|审核|接收|入库|比对|数据)?(结果|状态|情况)|是否(成功|通过|入库)"
)
WHY = re.compile(
    r"(上传|导入|处理|校验|审核|入库|结果)?(失败|错误|出错|退回|不通过|未通过|异常|驳回|结果)?(的)?"
    r"(原因|说明|信息|描述|提示|详情)|备注|(审核|校验|处理)意见"
)
FAILED = re.compile(r"失败|错误|出错|退回|通过|异常|驳回")
TAKEN = re.compile(
    r"(上传|导入|校验|审核|处理|接收|入库|新增|更新|保存|提交|已)?(成功|通过|正常|接收|入库|收下|完成)|是|√|OK|Y|SUCCESS|1"
)
GIVEN_BACK = re.compile(
    r"(上传|导入|校验|审核|处理|入库|新增|更新|保存|提交|数据)?(失败|错误|异常|重复|驳回|退回)|(未|不|没有?)(通过|成功|入库)"
    r"|否|×|✕|N|NG|FAIL(ED)?|ERROR|0"
)
# What a receipt must say: of whom, and what became of it.
WHOSE, SAID = {"number", "id_number", "name"}, {"result", "failed"}
# One cell that says both: 失败：证件号有误.
WITH_WHY = re.compile(r"(\S{2,6}?)\s*[:：,，(（]\s*(.+?)[)）]?")
NO_RESULT = N_("回执里没有“结果”“状态”或“失败原因”列，认不出哪些收了、哪些退了。")
NOBODY = N_("回执里的行一条也对不上这一批，请看看是不是拿错了文件。")
WITHOUT_WHY = N_("平台没有写原因")


@dataclass
class Receipt:
    """`answers` by the number of a row; `strange` are lines with what is wrong with them."""

    answers: dict[int, tuple[str, str]] = field(default_factory=dict)
    strange: list[tuple[int, Say]] = field(default_factory=list)


def read_receipt(name: str, content: bytes, batch: UploadBatch, *, rest_taken: bool) -> Receipt:
    """What the platform says; `rest_taken`: rows it does not name were taken (a list of failures).

    Refused for what is no receipt, and for one of another batch.
    """
    sheet, header, columns = _table(read_tables(name, content))
    items = items_of(batch)
    receipt, by_person = Receipt(), _by_person(items)
    numbers = {item.number: _name(item) for item in items}
    for row in sheet.rows:
        if row.number > header:
            _read(row, columns, numbers, by_person, receipt)
    if not receipt.answers:
        raise unusable(say(NOBODY))
    if rest_taken:
        for number in numbers.keys() - receipt.answers.keys():
            receipt.answers[number] = ("accepted", "")
    return receipt


def _table(sheets: list[Sheet]) -> tuple[Sheet, int, dict[str, int]]:
    """The sheet with a result in it, where its header ends, and which column holds what."""
    found = (
        (sheet, row.number, _columns(row)) for sheet in sheets for row in sheet.rows[:SEARCHED]
    )
    for sheet, number, columns in found:
        if columns.keys() & SAID and columns.keys() & WHOSE:
            return sheet, number, columns
    raise unusable(say(NO_RESULT))


def _columns(row: Row) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        if key := _meaning(fold(cell)):
            columns.setdefault(key, place)
            if key == "why" and FAILED.search(fold(cell)):
                columns.setdefault("failed", place)
    return columns


def _meaning(name: str) -> str | None:
    """What a column of the receipt holds; its own answers before what was in the file we sent."""
    if name in ("核实结果", "核查结果"):
        return None
    for key, pattern in (("number", NUMBER), ("result", RESULT), ("why", WHY)):
        if pattern.fullmatch(name):
            return key
    found = person_field(name)
    return found if found in ("name", "id_number", "phone") else None


def _read(
    row: Row,
    columns: Mapping[str, int],
    numbers: Mapping[int, str],
    by_person: Mapping[tuple[str, ...], list[int]],
    receipt: Receipt,
) -> None:
    said = {key: _plain(row.cell(place)) for key, place in columns.items()}
    found = _whose(said, numbers, by_person)
    state, why = _answer(said)
    if not found:
        receipt.strange.append((row.number, say("这一行对不上这一批里的任何一条。")))
    elif state is None:
        words = say("看不懂结果“%(result)s”，这一条没有动。", result=said.get("result", "")[:20])
        receipt.strange.append((row.number, words))
    else:
        for number in found:
            receipt.answers[number] = (
                state,
                (why or str(WITHOUT_WHY)) if state == "refused" else "",
            )


def _whose(
    said: Mapping[str, str],
    numbers: Mapping[int, str],
    by_person: Mapping[tuple[str, ...], list[int]],
) -> list[int]:
    """The rows meant: all of one person where the receipt speaks of the person."""
    by_id = by_person.get((said.get("id_number", "").upper(),), [])
    number = int(said["number"]) if re.fullmatch(r"\d{1,6}", said.get("number", "")) else 0
    if number in numbers and _is_his(said, number, by_id, numbers):
        return [number]
    phone = re.sub(r"[\s-]", "", said.get("phone", ""))
    return by_id or by_person.get((said.get("name", ""), phone), [])


def _is_his(
    said: Mapping[str, str], number: int, by_id: list[int], numbers: Mapping[int, str]
) -> bool:
    """Whether a number agrees with what else the row says: the platform may count by itself."""
    name = said.get("name", "")
    same_name = not name or "*" in name or name == numbers[number]
    return number in by_id if by_id else same_name


def _name(item: UploadItem) -> str:
    return item.record.resident.name if item.record.resident else ""


def _by_person(items: Iterable[UploadItem]) -> dict[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = {}
    for item in items:
        for key in _keys(item):
            found.setdefault(key, []).append(item.number)
    return found


def _keys(item: UploadItem) -> Iterator[tuple[str, ...]]:
    person = item.record.resident
    if person and person.id_number:
        yield (person.id_number.upper(),)
    if person and person.phone:
        yield (person.name, person.phone)


def _answer(said: Mapping[str, str]) -> tuple[str | None, str]:
    """What became of a row, and why; without a column of results a reason says it."""
    result, why = said.get("result"), said.get("why", "")
    if result is None:
        return ("refused" if said.get("failed") else None), said.get("failed", "")[:200]
    state, both = _state(result), WITH_WHY.fullmatch(result)
    if state is None and both and _state(both.group(1)):
        return _state(both.group(1)), (why or both.group(2))[:200]
    return state, why[:200]


def _state(said: str) -> str | None:
    folded = fold(said)
    if GIVEN_BACK.fullmatch(folded):
        return "refused"
    return "accepted" if TAKEN.fullmatch(folded) else None


def _plain(cell: object) -> str:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell or "")
    return text.strip(UNSEEN + "'")
