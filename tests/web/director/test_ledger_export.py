"""A ledger as a workbook: exactly the rows of the filters, masked, and on the record."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.domain.audit import AuditEntry
from app.domain.residents import Resident
from app.lib.db import session
from app.reports import ledger
from app.reports.ledger_kinds import LEDGERS
from tests.exports import in_full
from tests.web.pages import queries, soup


def sheet_of(answer):
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return load_workbook(BytesIO(answer.data)).active


def lines(answer) -> list[tuple]:
    return list(sheet_of(answer).iter_rows(min_row=3, values_only=True))


def kept() -> list[tuple[str, str, str]]:
    entries = session.query(AuditEntry).filter_by(action="exported")
    return [(entry.who, entry.target, entry.reason) for entry in entries]


@pytest.mark.parametrize("kind", LEDGERS)
def test_every_ledger_has_as_many_lines_as_its_page_has_rows(client_of, lived, kind):
    client = client_of(lived.director)
    shown = int(soup(client.get(f"/ledgers/{kind}")).select_one("#list")["data-rows"])
    with queries() as sent:
        sheet = sheet_of(client.post(f"/ledgers/{kind}/export"))
    assert sheet.max_row - 2 == shown > 0
    assert len(sent) <= 24
    people = session.query(Resident).all()
    told = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    for person in people:
        assert not {person.name, person.phone, person.id_number} & told


def test_it_follows_the_filters_of_the_page(client_of, lived):
    client = client_of(lived.director)
    page = soup(client.get("/ledgers/yellow?stage=ready&sort=-since"))
    form = page.find("form", action="/ledgers/yellow/export")
    fields = {field["name"]: field["value"] for field in form.find_all("input")}
    assert len(lines(client.post("/ledgers/yellow/export", data=fields))) == 1
    assert kept() == [("zhangmin", "ledger:yellow", "1 条 sort=-since&stage=ready")]


def test_a_name_looked_for_narrows_it_and_is_not_written_down(client_of, lived):
    client = client_of(lived.director)
    found = soup(client.post("/ledgers/yellow/search", data={"name": "王建国"}))
    form = found.find("form", action="/ledgers/yellow/export")
    assert form.find("input", {"name": "name"})["value"] == "王建国"
    (line,) = lines(client.post("/ledgers/yellow/export", data={"name": "王建国"}))
    assert line[:3] == ("1", "王**", "***")
    assert "*" in line[3]
    assert kept() == [("zhangmin", "ledger:yellow", "1 条")]


def test_only_so_many_rows_and_it_says_so(client_of, lived, monkeypatch):
    monkeypatch.setattr(ledger, "MOST_AT_ONCE", 2)
    sheet = sheet_of(client_of(lived.director).post("/ledgers/yellow/export"))
    assert "共 5 条，这里是前 2 条" in sheet["A1"].value
    assert sheet.max_row == 4


def test_what_begins_like_a_formula_is_text(client_of, lived):
    lived.yellow.household.address = "=HYPERLINK(1)"
    session.commit()
    sheet = sheet_of(client_of(lived.director).post("/ledgers/yellow/export"))
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert "=HYPERLINK(1)" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} == {"s"}


def test_nobody_else_s_rows(client_of, lived):
    assert client_of(lived.worker).post("/ledgers/yellow/export").status_code == 403
    assert lines(client_of(lived.next_director).post("/ledgers/yellow/export")) == []
    client = client_of(lived.director)
    assert client.get("/ledgers/yellow/export").status_code == 405
    assert client.post("/ledgers/nothing/export").status_code == 404


def test_in_full_in_the_usual_columns(client_of, lived):
    client = client_of(lived.director)
    book = in_full(client, "/ledgers/yellow/full", query="stage=ready")
    sheet = book.active
    heads = [cell.value for cell in sheet[2]]
    assert heads[:6] == ["序号", "姓名", "身份证号", "联系电话", "现住址", "所属网格"]
    person = session.query(Resident).filter_by(name="孙六").one()
    assert [cell.value for cell in sheet[3]][1:4] == [person.name, person.id_number, person.phone]
    assert kept() == [("zhangmin", "ledger:yellow", "报街道 1 人")]


def test_every_page_says_who_took_it_along(client_of, lived):
    sheet = sheet_of(client_of(lived.director).post("/ledgers/yellow/export"))
    number = session.query(AuditEntry).filter_by(action="exported").one().id
    assert sheet.oddFooter.center.text == f"张敏 2022-10-06 10:30 导出 编号{number}"
    assert sheet.oddFooter.center.text in sheet["A1"].value
