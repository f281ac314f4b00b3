"""The list of a batch as a workbook: masked for everybody, in full only with a reason."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.domain.audit import AuditEntry
from app.domain.residents import Resident
from app.lib.db import session
from tests.exports import in_full, words_of

BATCH = "/decode/20221004010000"
LIST, FULL = f"{BATCH}/list.xlsx", f"{BATCH}/full"


def exported() -> list[tuple[str, str, str]]:
    entries = session.query(AuditEntry).filter_by(action="exported")
    return [(entry.who, entry.target, entry.reason) for entry in entries]


def test_masked_it_names_nobody(client_of, lived):
    answer = client_of(lived.director).post(LIST)
    person = session.query(Resident).filter_by(name="孙七").one()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    shown = words_of(load_workbook(BytesIO(answer.data)))
    assert "孙**" in shown
    assert not {person.name, person.id_number, person.phone} & shown
    assert exported() == [("zhangmin", "decode:20221004010000", "1 条")]


def test_in_full_with_a_reason_that_is_kept(client_of, lived):
    book = in_full(client_of(lived.director), FULL, reason="报街道解码")
    person = session.query(Resident).filter_by(name="孙七").one()
    assert {person.name, person.id_number, person.phone} <= words_of(book)
    assert exported() == [("zhangmin", "decode:20221004010000", "报街道解码 1 人")]


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_there_is_no_list(client_of, lived, reason):
    answer = client_of(lived.director).post(FULL, data={"reason": reason})
    assert (answer.status_code, answer.location) == (303, BATCH)
    assert exported() == []


def test_a_name_like_a_formula_stays_a_name(client_of, lived):
    person = session.query(Resident).filter_by(name="孙七").one()
    person.set_name("=HYPERLINK(1)")
    session.commit()
    sheet = in_full(client_of(lived.director), FULL).active
    found = next(cell for row in sheet.iter_rows() for cell in row if cell.value == person.name)
    assert found.data_type == "s"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("who", ["next_director", "worker"])
def test_nobody_elses_list(client_of, lived, who):
    client = client_of(getattr(lived, who))
    assert client.post(LIST).status_code in (403, 404)
    assert client.post(FULL, data={"reason": "看看"}).status_code in (403, 404)
    assert exported() == []
