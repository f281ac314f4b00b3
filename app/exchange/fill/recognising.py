"""Recognising a blank form: the sheet whose header asks for most, or the card of one person."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.fill.beside import begins_again, is_card, others_beside, twin_of
from app.exchange.fill.by_grid import is_of_a_grid
from app.exchange.fill.card import card_of
from app.exchange.fill.choices import choices_at
from app.exchange.fill.column import Column
from app.exchange.fill.formats import learn
from app.exchange.fill.grid import is_formula, lines_of, ruled_rows
from app.exchange.fill.header import FEWEST, Header, find_header
from app.exchange.fill.headings import Heading, field_of
from app.exchange.fill.known import KNOWN, Known, told_by
from app.exchange.fill.layout import Layout
from app.exchange.fill.region import Region, find_region
from app.exchange.sheet import unusable
from app.lib.words import N_, say

NO_HEADER = N_("没有认出表头：要有一行列名，例如 姓名、身份证号、电话。请看看是不是空白表。")
PICTURE_ONLY = N_("这个表里只有图片，没有能填的格子。请向发表的人要 Excel 原表。")
EMPTY_CARD = N_(
    "这是一人一张的登记表，没有认出能填的格子：要有“姓名”“电话”这样的字，旁边或下面是空格。"
)
# Columns of which a form may well have two that say the same.
OFTEN_TWICE = ("seq",)


def recognise(book: Workbook, ledger: str) -> Layout:
    """The table that asks for most, or a card; Refused where there is neither."""
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    found = [(header, sheet) for sheet in shown if (header := find_header(sheet))]
    header, sheet = max(found, key=lambda pair: pair[0].fields, default=(None, None))
    if header is None or is_card(lines_of(sheet), header):
        return _card(shown, told_by(ledger))
    layout = table_on(sheet, header, told_by(ledger))
    same = [other.title for one, other in found if _names(one) == _names(header)]
    sheets = tuple(same) if len(same) > 1 and all(map(is_of_a_grid, same)) else ()
    others = [one for one in others_beside((header, sheet), found) if one[0] not in sheets]
    return replace(layout, others=tuple(others), sheets=sheets)


def table_on(sheet: Worksheet, header: Header, offered: Mapping[str, Known]) -> Layout:
    """One table, without the other one to its right; the same one once more is its twin."""
    layout = _layout(sheet, header, offered)
    again = begins_again(header.headings, offered)
    return layout.up_to(again, twin_of(header.headings, again)) if again else layout


def _names(header: Header) -> list[tuple[str, ...]]:
    return [heading.names for heading in header.headings]


def _card(shown: list[Worksheet], offered: Mapping[str, Known]) -> Layout:
    cards = [card_of(sheet, offered) for sheet in shown if is_card(lines_of(sheet), None)]
    best = max(cards, key=lambda card: len(card.filled), default=None)
    if best is None or len(best.filled) < FEWEST:
        raise unusable(say(EMPTY_CARD if best else _no_table(shown)))
    return best


def _no_table(shown: list[Worksheet]) -> str:
    """Why nothing can be filled."""
    bare = not any(lines_of(sheet) for sheet in shown)
    return PICTURE_ONLY if bare and any(sheet._images for sheet in shown) else NO_HEADER


def _layout(sheet: Worksheet, header: Header, offered: Mapping[str, Known]) -> Layout:
    lines = lines_of(sheet)
    asked, doubts = _matched(header.headings, offered)
    seq = next((place for place, field in asked.items() if field == "seq"), None)
    region = find_region(lines, header, seq, ruled_rows(sheet))
    offered = choices_at(sheet, _first(region))
    columns = (
        _column(sheet, region, one, asked[one.column], offered.get(one.column, ()))
        for one in header.headings
    )
    return Layout(
        sheet.title,
        header.top,
        header.bottom,
        _first(region),
        region.last,
        region.example,
        region.keeps_example,
        tuple(columns),
        tuple(doubts),
    )


def _first(region: Region) -> int:
    """Where our rows begin; an example that is not kept is the first of them."""
    is_last_before = region.example is not None and region.example == region.first - 1
    return region.first - 1 if is_last_before and not region.keeps_example else region.first


def _matched(
    headings: Iterable[Heading], offered: Mapping[str, Known]
) -> tuple[dict[int, str], list[tuple[str, str]]]:
    """What goes into each column; of two that ask for the same the first, and the pair named."""
    asked: dict[int, str] = {}
    taken: dict[str, Heading] = {}
    doubts = []
    for heading in headings:
        field = field_of(heading.names, offered) or ""
        if field in taken and field not in OFTEN_TWICE:
            if heading.names != taken[field].names:  # a merged cell spans several columns
                doubts.append((taken[field].words, heading.words))
            field = ""
        elif field:
            taken[field] = heading
        asked[heading.column] = field
    return asked, doubts


def _column(
    sheet: Worksheet, region: Region, heading: Heading, field: str, offered: tuple[str, ...]
) -> Column:
    place, first = heading.column, sheet._cells.get((_first(region), heading.column))
    calculated = first is not None and is_formula(first.value)
    if not field:
        return Column(place, heading.names, calculated=calculated, offered=offered)
    example = sheet._cells.get((region.example or 0, place))
    hints = [*heading.names[::-1], *filter(None, [(region.hints or {}).get(place)]), *offered]
    key = learn(
        KNOWN[field].kind,
        example=example.value if example is not None else None,
        hints=hints,
        number_format=first.number_format if first is not None else "General",
    )
    return Column(place, heading.names, field, key, calculated, offered)
