"""What is no blank form is refused with one sentence, quickly and in little memory."""

import resource
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from app.exchange.fill import look_over
from app.exchange.tables import OLE
from app.lib.refusal import Refused
from tests.exchange.forms import form, saved

GOOD = form(["姓名", "电话"])


def refused(content: bytes, name: str = "表.xlsx") -> str:
    with pytest.raises(Refused) as why:
        look_over(name, content, "elder")
    return str(why.value.why)


def with_sheet(xml: str) -> bytes:
    """The good form with another sheet in its place."""
    written = BytesIO()
    with ZipFile(BytesIO(GOOD)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            body = old.read(part)
            new.writestr(part.filename, xml if "sheet1" in part.filename else body)
    return written.getvalue()


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
)


@pytest.mark.parametrize(
    "content, name, says",
    [
        (b"", "表.xlsx", "这个文件是空的"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "表.xlsx", "加了密码"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "表.xls", "旧版的 .xls"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "表.et", "丢样式、合并格"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "表.xlsx", "密码"),
        (form(["姓名", "无"], ["身份证号", "无"], ["电话", "无"]), "表.xlsx", "一人一张"),
        (b"\xef\xbb\xbf<html><table><tr><td>x</td></tr></table>", "表.xlsx", "其实是网页"),
        (GOOD, "表.docx", "要交 .xlsx 文件"),
        (GOOD, "表.xlsm", "要交 .xlsx 文件"),
        (GOOD[: len(GOOD) // 2], "表.xlsx", "打不开"),
        (b"PK\x03\x04 and nothing more", "表.xlsx", "打不开"),
        (GOOD + b"0" * 1_100_000, "表.xlsx", "太大"),
        (form(["今天天气很好"], ["明天也好"]), "表.xlsx", "没有认出表头"),
        (form(["项目", "数量", "单价"]), "表.xlsx", "没有认出表头"),
        (form(["姓名"]), "表.xlsx", "没有认出表头"),
        (form(), "表.xlsx", "没有认出表头"),
    ],
)
def test_one_sentence_each(app, content, name, says):
    assert says in refused(content, name)


def test_a_form_that_is_only_a_picture(app):
    picture, book = BytesIO(), Workbook()
    Picture.new("RGB", (40, 30)).save(picture, "png")
    book.active.add_image(Image(picture), "A1")
    assert "只有图片" in refused(saved(book))


def test_a_bomb_is_not_unpacked(app):
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as zipped:
        zipped.writestr("xl/worksheets/sheet1.xml", "<a/>" * 10_000_000)
    assert "太大" in refused(written.getvalue())


@pytest.mark.parametrize("name", ["xl/media/a.png", "xl/other.bin"])
def test_a_large_part_by_any_name(app, name):
    written = BytesIO(GOOD)
    with ZipFile(written, "a", ZIP_DEFLATED) as zipped:
        zipped.writestr(name, "<a>" + "<b/>" * 1_500_000 + "</a>")
    assert "太大" in refused(written.getvalue())


def test_a_merged_range_over_everything_is_refused_before_it_is_made(app):
    merged = '<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "太大" in refused(with_sheet(SHEET.format(merged)))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # KB


def test_a_cell_at_the_very_end_costs_nothing(app):
    rows = (
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>电话</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    )
    layout = look_over("表.xlsx", with_sheet(SHEET.format(rows)), "elder")
    assert [column.field for column in layout.columns] == ["name", "phone"]


def test_an_entity_is_not_read(app):
    evil = '<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'
    assert "打不开" in refused(with_sheet(evil))
