"""Files that want to hurt the reader, and files that only look odd."""

import zipfile
from io import BytesIO

import openpyxl
import pytest

from app.exchange.sheet import MOST_ROWS
from app.exchange.tables import OLE, read_tables
from app.lib.refusal import Refused
from tests.exchange.sheets import HEADS, person, roll, workbook

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def changed(content: bytes, part: str, body: bytes) -> bytes:
    """The workbook with one part replaced."""
    written = BytesIO()
    old = zipfile.ZipFile(BytesIO(content))
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, body if name == part else old.read(name))
    return written.getvalue()


def sheet_of(rows: str, before: str = "") -> bytes:
    xml = f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return changed(roll(person(1)), SHEET, xml.encode())


def refusal(content: bytes, name: str = "名册.xlsx") -> str:
    with pytest.raises(Refused) as refused:
        read_tables(name, content)
    assert list(refused.value.fields) == ["file"]
    return str(refused.value)


def test_a_zip_bomb_is_refused_unopened():
    bomb = changed(roll(person(1)), SHEET, b" " * 200_000_000)
    assert len(bomb) < 300_000
    assert "解开后太大" in refusal(bomb)


def test_a_thousand_parts_are_too_many():
    written = BytesIO(roll(person(1)))
    with zipfile.ZipFile(written, "a") as book:
        for n in range(1000):
            book.writestr(f"xl/media/{n}.png", b"")
    assert "解开后太大" in refusal(written.getvalue())


def test_laughing_entities_are_refused():
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">{lol}]>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    assert "打不开" in refusal(sheet_of(row, bomb))


def test_an_entity_from_outside_is_refused(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    before = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    assert "打不开" in refusal(sheet_of(row, before))


def test_a_row_with_an_impossible_number_does_not_keep_us_busy():
    row = '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'
    assert "空白行" in refusal(sheet_of(row))


def test_a_size_that_is_a_lie_is_not_believed():
    lie = f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'
    content = changed(roll(person(1)), SHEET, f"{lie}{row}</sheetData></worksheet>".encode())
    assert [len(row.cells) for row in read_tables("x.xlsx", content)[0].rows] == [1]


@pytest.mark.parametrize(
    "body", [b"", b"<worksheet>", b"\xff\xfe\x00", b"<worksheet xmlns='x'><sheetData><row r='a'/>"]
)
def test_a_broken_part_is_a_broken_file(body):
    assert "打不开" in refusal(changed(roll(person(1)), SHEET, body))


@pytest.mark.parametrize("cut", [10, 200, 1000])
def test_a_cut_file_is_a_broken_file(cut):
    assert "打不开" in refusal(roll(person(1))[:-cut])


def test_what_is_no_table_is_refused():
    assert "请交 .xlsx、.xls" in refusal(b"%PDF-1.4", "名册.pdf")
    assert "请交 .xlsx、.xls" in refusal(b"\x89PNG\r\n", "名册.xlsx")
    assert "打不开" in refusal(OLE + b"nothing behind it", "名册.xls")
    assert "加了密码" in refusal(OLE + "EncryptedPackage".encode("utf-16-le"), "名册.xlsx")
    assert "认不出" in refusal(b"\x00\x01\x02\xff" * 9, "名册.csv")
    assert "是空的" in refusal(b"", "名册.xlsx")
    assert "网页" in refusal(b"<html><p>1</p></html>", "名册.xls")
    assert "不是表格" in refusal(changed(roll(person(1)), "x", b"").replace(b"xl/w", b"wo/w"))


def test_the_name_of_a_file_is_not_believed():
    assert read_tables("名册.csv", roll(person(1)))[0].rows[0].cells[1] == "姓名"
    exported = "姓名\t电话\n张一\t1".encode("gbk")
    assert read_tables("导出.xls", exported)[0].rows[1].cells[0] == "张一"


PAGE = """<html><head><title>x</title><style>td{{}}</style></head><body><!-- <td> --><table>
<tr><th rowspan=2>姓名<th colspan="2">住址</tr><tr><td>楼<td>室</td></tr>
<tr><td rowspan=2>张&nbsp;一</td><td>2<br>号</td><td/></tr><tr><td>3<td>{}</table>"""
SPREAD = """<?xml version="1.0"?><Workbook xmlns:ss="x"><Worksheet ss:Name="1号楼"><Table>
<Row><Cell ss:Index="2"><Data ss:Type="String">姓名</Data></Cell></Row></Table></Worksheet>
</Workbook>"""


def test_a_page_that_is_called_a_workbook_is_read():
    [sheet] = read_tables("导出.xls", PAGE.format(4).encode("gbk"))
    told = [("姓名", "住址"), ("姓名", "楼", "室"), ("张\xa0一", "2\n号"), ("张\xa0一", "3", "4")]
    assert [row.cells for row in sheet.rows] == told
    assert sheet.groups == ((1, 1, 2),) and "网页" in str(sheet.remarks[0])
    [sheet] = read_tables("导出.xls", SPREAD.encode())
    assert (sheet.title, sheet.rows[0].cells) == ("1号楼", (None, "姓名"))


def test_a_page_cannot_keep_us_busy():
    for part in ("<", "<a ", "<td a", "<!--", "<td " + "a" * 200_000):
        assert "网页" in refusal(f"<p>{part * (200_000 // len(part))}".encode(), "x.xls")
    endless = b"<row Index=99999><td colspan=9999999 rowspan=9999999>"
    assert "空白" in refusal(b"<table>" + endless, "x.xls")


def test_a_file_from_a_traditional_machine_is_read():
    rows = read_tables("x.csv", "姓名,電話\r\n劉福,13800000000".encode("big5"))[0].rows
    assert rows[1].cells[0] == "劉福"


def test_a_cell_at_the_end_of_the_world_does_not_fill_the_memory():
    row = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "空白行" in refusal(sheet_of(row))


def test_a_merged_address_counts_for_the_whole_family():
    content = workbook([["姓名", "住址"], ["张一", "2-1-601"], ["张二"]])
    book = openpyxl.load_workbook(BytesIO(content))
    book.active.merge_cells("B2:B3")
    written = BytesIO()
    book.save(written)
    assert read_tables("x.xlsx", written.getvalue())[0].rows[2].cells == ("张二", "2-1-601")


def test_formulas_without_results_are_said():
    sheet = read_tables("x.xlsx", workbook([["姓名", "住址"], ["张一", '="2-1-"&601']]))[0]
    assert "公式" in str(sheet.remarks[0])


def test_an_image_alone_is_no_table():
    assert "没有文字" in refusal(workbook([]))


def test_too_many_rows_are_refused():
    rows = b"\n".join(b"%d,x" % n for n in range(MOST_ROWS + 1))
    assert f"超过 {MOST_ROWS} 行" in refusal(rows, "名册.csv")


def test_hidden_sheets_are_left_alone():
    book = openpyxl.load_workbook(BytesIO(workbook([HEADS], [HEADS], titles=("看得见", "去年"))))
    book["去年"].sheet_state = "hidden"
    written = BytesIO()
    book.save(written)
    assert [sheet.title for sheet in read_tables("x.xlsx", written.getvalue())] == ["看得见"]


def test_a_comma_file_with_line_ends_inside_a_cell():
    rows = read_tables("x.csv", '姓名,住址\r\n"张\n一","2号楼,1单元"\r\n'.encode())[0].rows
    assert [row.cells for row in rows] == [("姓名", "住址"), ("张\n一", "2号楼,1单元")]
