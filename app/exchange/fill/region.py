"""Where the rows of a form go: below the header and its examples, above the sums and signatures."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from app.exchange.columns import fold
from app.exchange.fill.grid import Line, is_formula, is_numbered, words_of
from app.exchange.fill.header import Header

SUM = re.compile(r"合计|总计|小计|共计|累计|总数|合计人数|TOTAL|SUM")
FOOT = re.compile(
    r"(填表|填报|制表|审核|报送|经办|负责|统计|签字|主管|单位|联系)[^0-9]{0,6}[:：].*"
    r"|(备注|注|说明|填表说明|填写说明|注意事项)\d?\s*[:：、.].*|.*[（(]?(盖章|签字|签名)[）)]?\s*[:：]?.*"
    r"|注意.*|[*＊※]\s*\S.{8,}|[^:：\d]{2,12}[:：][\s_年月日]*"
)
EXAMPLE = re.compile(
    r".*(示例|样例|例子|范例|填写样式).*|[(（]?例[)）]?\d?|例如?[:：].*|EXAMPLE|SAMPLE"
)
INVENTED = re.compile(
    r"张三|李四|王五|赵六|王某|张某|李某|某某某?|小明|[Xx×✕*＊]{2,3}|[张李王赵][Xx×某]{1,2}"
)
KEEP = re.compile(r".*(勿|不要|不得|不可|请勿)(删除?|改|修改|动).*")
HINT = re.compile(
    r"(必填|选填|非必填|文本格?式?|下拉|下拉选择|日期格?式?|数字|格式.*|请?填写?.*|如.*|例如.*|\d+位.*|请选择.*)"
)
FEWEST_OF_AN_EXAMPLE = 2


@dataclass(frozen=True, slots=True)
class Region:
    """The rows `first` to `last` are for us; without `last` there is no end below.

    `example` is a row that shows how it is meant; `hints` are the texts that say it.
    """

    first: int
    last: int | None = None
    example: int | None = None
    keeps_example: bool = False
    hints: Mapping[int, str] | None = None


def find_region(
    lines: Mapping[int, Line], header: Header, seq: int | None, ruled: Container[int] = ()
) -> Region:
    """Look at the rows below the header one by one; what somebody has filled in already stays."""
    first, example, hints, kept = header.bottom + 1, None, {}, False
    wide = len(header.headings)
    for row, line in _below(lines, header.bottom):
        words = words_of({column: value for column, value in line.items() if column != seq})
        if row == first and _is_sum_above(lines, row, wide, ruled):
            first = row + 1
            continue
        if _ends(line):
            return Region(first, _last(first, row - 1, ruled), example, kept, hints)
        if not _is_marked(line) and (not words or is_numbered(line, wide)):
            continue
        if row > first:  # rows that are free already, then something of somebody's
            return Region(first, _last(first, row - 1, ruled), example, kept, hints)
        if _is_hint(words):
            hints = {column: str(value) for column, value in line.items()}
        elif example is None and _is_example(line, words):
            example, kept = row, any(KEEP.fullmatch(word) for word in words_of(line))
        first = row + 1
    return Region(first, None, example, kept, hints)


def _is_sum_above(lines: Mapping[int, Line], row: int, wide: int, ruled: Container[int]) -> bool:
    """Whether a sum stands above the rows that it counts: a free row is drawn right below it."""
    below = lines.get(row + 1)
    is_free = row + 1 in ruled and (below is None or is_numbered(below, wide))
    return is_free and bool(SUM.fullmatch(fold(next(iter(words_of(lines[row])), ""))))


def _last(first: int, last: int, ruled: Container[int]) -> int:
    """The last row for us: an empty line between the table and what stands below it is none."""
    while first in ruled and last > first and last not in ruled:
        last -= 1
    return max(last, first - 1)


def _below(lines: Mapping[int, Line], bottom: int) -> Iterator[tuple[int, Line]]:
    return ((row, line) for row, line in lines.items() if row > bottom)


def _ends(line: Line) -> bool:
    """Whether a row is a sum or a foot, by what stands first in it."""
    first = next(iter(words_of(line)), "")
    if EXAMPLE.fullmatch(first):
        return False
    return bool(SUM.fullmatch(fold(first)) or FOOT.fullmatch(first))


def _is_hint(words: list[str]) -> bool:
    fitting = [word for word in words if HINT.fullmatch(fold(word) or word)]
    return len(fitting) >= FEWEST_OF_AN_EXAMPLE and len(fitting) * 2 > len(words)


def _is_marked(line: Line) -> bool:
    return any(EXAMPLE.fullmatch(word) for word in words_of(line))


def _is_example(line: Line, words: list[str]) -> bool:
    invented = any(INVENTED.fullmatch(word) for word in words)
    return _is_marked(line) or (invented and len(words) >= FEWEST_OF_AN_EXAMPLE)


def holds_formula(line: Line, column: int) -> bool:
    return is_formula(line.get(column))
