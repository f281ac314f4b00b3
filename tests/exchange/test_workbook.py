"""Files that want to hurt the reader, and files that only look odd."""

import zipfile
from io import BytesIO

import openpyxl
import pytest

from app.exchange.sheet import MOST_ROWS
from app.exchange.tables import read_tables
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
    assert "空白行太多" in refusal(sheet_of(row))


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
    assert "请交 .xlsx 或 .csv" in refusal(b"%PDF-1.4", "名册.pdf")
    assert "请交 .xlsx 或 .csv" in refusal(roll(person(1)), "名册.csv")
    assert "打不开" in refusal(b"\x89PNG\r\n", "名册.xlsx")
    assert "旧版的 .xls" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "名册.xls")
    assert "旧版的 .xls" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "名册.xlsx")
    assert "认不出" in refusal(b"\x00\x01\x02\xff" * 9, "名册.csv")
    assert "打不开" in refusal(b"", "名册.xlsx")


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
