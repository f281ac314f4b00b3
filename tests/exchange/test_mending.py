"""The rows given back are only text: nothing that a spreadsheet would run."""

from io import BytesIO

from openpyxl import load_workbook

from app.exchange.roll.mending import blank_roll, rows_to_mend
from tests.exchange.sheets import HEADS, person, roll, take, workbook

POISON = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", '=HYPERLINK("http://x")', "\t=1", "\r=1"]


def test_no_cell_is_a_formula(app, cast):
    heads = [*HEADS, "=备注公式"]
    rows = [[*person(n, 身份证号="1", 网格=text), text] for n, text in enumerate(POISON)]
    report = take(roll(*rows, heads=heads), cast, dry=True).stored()
    for content in (rows_to_mend(report), rows_to_mend(report, warned=True), blank_roll()):
        cells = [cell for row in load_workbook(BytesIO(content)).active.iter_rows() for cell in row]
        filled = [cell for cell in cells if cell.value is not None]
        assert filled and {cell.data_type for cell in filled} <= {"s"}
        assert all(cell.quotePrefix for cell in filled)


def test_the_rows_come_back_by_sheet_with_their_reasons(app, cast):
    wrong = [person(n, 身份证号="12345") for n in (1, 2)]
    content = workbook([HEADS, wrong[0], person(3)], [HEADS, wrong[1]], titles=("甲", "乙"))
    book = load_workbook(BytesIO(rows_to_mend(take(content, cast, dry=True).stored())))
    assert book.sheetnames == ["甲", "乙"]
    rows = list(book["乙"].iter_rows(values_only=True))
    assert rows[0][-3:] == ("原行号", "结果", "原因")
    assert rows[1][-3:-1] == ("2", "有错误") and "18位" in rows[1][-1]
    assert len(rows) == 2


def test_rows_taken_with_a_remark_come_on_demand(app, cast):
    report = take(roll(person(1, 网格="第9网格"), person(2)), cast).stored()
    assert load_workbook(BytesIO(rows_to_mend(report))).active.max_row == 1
    assert load_workbook(BytesIO(rows_to_mend(report, warned=True))).active.max_row == 2
